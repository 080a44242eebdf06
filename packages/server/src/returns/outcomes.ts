import type { AchFile, EntryOutcome, Id } from '@fistworks/contract'
import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { corrections } from '../corrections/table.ts'
import type { Reader } from '../storage/transaction.ts'
import { returns } from './table.ts'

const ofCorrections = (organizationId: Id<'org'>, achFileId: Id<'ach'>) =>
  and(
    eq(corrections.organizationId, organizationId),
    eq(corrections.achFileId, achFileId),
    isNotNull(corrections.entryId),
  )

/** An entry came back once: what repeats it changes nothing. */
const ofReturns = (organizationId: Id<'org'>, achFileId: Id<'ach'>) =>
  and(
    eq(returns.organizationId, organizationId),
    eq(returns.achFileId, achFileId),
    eq(returns.kind, 'return'),
    isNull(returns.repeats),
  )

/**
 * What the bank said about the entries of a file, by entry. That an entry came back outweighs that it is to be corrected.
 * @param only these entries; few enough for one statement
 */
export async function outcomesOf(
  db: Reader,
  organizationId: Id<'org'>,
  achFileId: Id<'ach'>,
  only?: readonly Id<'ent'>[],
): Promise<ReadonlyMap<string, EntryOutcome>> {
  const outcomes = new Map<string, EntryOutcome>()
  const corrected = await db
    .select({ entryId: corrections.entryId, id: corrections.id, code: corrections.code })
    .from(corrections)
    .where(
      and(
        ofCorrections(organizationId, achFileId),
        only === undefined ? undefined : inArray(corrections.entryId, [...only]),
      ),
    )
  for (const { entryId, id, code } of corrected) outcomes.set(entryId ?? '', { type: 'correction', id, code })
  const returned = await db
    .select({ entryId: returns.entryId, id: returns.id, code: returns.code })
    .from(returns)
    .where(
      and(ofReturns(organizationId, achFileId), only === undefined ? undefined : inArray(returns.entryId, [...only])),
    )
  for (const { entryId, id, code } of returned) outcomes.set(entryId ?? '', { type: 'return', id, code })
  return outcomes
}

/** How many entries of a file came back, and about how many there are corrections. */
export async function outcomeCounts(
  db: Reader,
  organizationId: Id<'org'>,
  achFileId: Id<'ach'>,
): Promise<AchFile['outcome']> {
  const [returned] = await db
    .select({ count: sql<number>`count(*)` })
    .from(returns)
    .where(ofReturns(organizationId, achFileId))
  const [corrected] = await db
    .select({ count: sql<number>`count(DISTINCT ${corrections.entryId})` })
    .from(corrections)
    .where(ofCorrections(organizationId, achFileId))
  return { returned: returned?.count ?? 0, corrected: corrected?.count ?? 0 }
}
