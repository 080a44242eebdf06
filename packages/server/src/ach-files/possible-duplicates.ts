import { type FieldProblem, formatCents, type Id, type PossibleDuplicate } from '@fistworks/contract'
import { addBankingDays } from '@fistworks/nacha'
import { type SQL, sql } from 'drizzle-orm'
import type { ReadContext, WriteContext } from '../context.ts'
import { createPauses } from '../pauses.ts'
import { ProblemError } from '../problem-error.ts'
import { statusWords } from './life-cycle.ts'
import { type DraftOutline, readOutline } from './read-draft.ts'
import { achFileStore } from './store.ts'
import type { AchBatchRow, AchFileRow } from './table.ts'

const DAYS_BACK = 30
const BANKING_DAYS_APART = 3
const FILES_MAX = 10
const ENTRIES_AT_ONCE = 500

type Outline = Pick<DraftOutline, 'batchRows' | 'counts'>

/**
 * Files that wait or were submitted within 30 days and make some of the same payments: to the same recipient, also when
 * that has another account since, or into the same account, of the same amount, in the same direction, taking effect at most three banking days apart. What came back does not count.
 * Entries are looked at a part at a time, so that nobody waits for a large file.
 */
async function possibleDuplicates(
  ctx: Asked,
  file: Pick<AchFileRow, 'id' | 'kind'>,
  { batchRows, counts }: Outline,
): Promise<PossibleDuplicate[]> {
  if (file.kind === 'reversal' || !(await hasOthersNear(ctx, file.id, batchRows))) return []
  const found = new Map<string, PossibleDuplicate>()
  const pause = createPauses()
  for (const [index, batch] of batchRows.entries()) {
    const count = counts[index] ?? 0
    for (let from = 0; from < count; from += ENTRIES_AT_ONCE) {
      for (const some of await ctx.db.all<PossibleDuplicate>(duplicatesQuery(ctx, file.id, batch, from))) {
        const known = found.get(some.achFileId)
        if (known === undefined) found.set(some.achFileId, some)
        else {
          known.entryCount += some.entryCount
          known.amountCents += some.amountCents
        }
      }
      await pause()
    }
  }
  const most = (one: PossibleDuplicate, other: PossibleDuplicate) =>
    other.entryCount - one.entryCount || (one.achFileId < other.achFileId ? 1 : -1)
  return [...found.values()].sort(most).slice(0, FILES_MAX)
}

/** Most files are alone on their days: then no entry needs to be looked at. */
async function hasOthersNear(
  { db, organizationId, now }: Asked,
  achFileId: Id<'ach'>,
  batches: Outline['batchRows'],
): Promise<boolean> {
  const days = batches.map(({ effectiveDate }) => effectiveDate).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return false
  const others = await db.all(sql`
    SELECT 1 FROM ach_files AS f
    JOIN ach_batches AS b ON b.organization_id = f.organization_id AND b.ach_file_id = f.id
    WHERE f.organization_id = ${organizationId} AND f.id <> ${achFileId} AND ${mayDouble(now)}
      AND b.effective_date BETWEEN ${addBankingDays(first, -BANKING_DAYS_APART)} AND ${addBankingDays(last, BANKING_DAYS_APART)}
    LIMIT 1`)
  return others.length > 0
}

/** Of a file `f`: it pays, and waits or was submitted lately. */
function mayDouble(now: Date): SQL {
  const since = new Date(now.getTime() - DAYS_BACK * 86_400_000).toISOString()
  return sql`f.kind = 'payments' AND f.status <> 'canceled'
    AND (f.status IN ('pendingApproval', 'approved') OR f.submitted_at >= ${since})`
}

/** The payer's bank dishonored the return `n`, and the receiving bank did not contest that: so the payment stands. */
const DISHONORED = sql`(
  EXISTS (SELECT 1 FROM returns AS d WHERE d.organization_id = n.organization_id AND d.entry_id = n.entry_id
    AND d.kind = 'dishonored' AND (d.answers = n.id OR d.answers IS NULL))
  AND NOT EXISTS (SELECT 1 FROM returns AS c WHERE c.organization_id = n.organization_id AND c.entry_id = n.entry_id
    AND c.kind = 'contested' AND (c.answers = n.id OR c.answers IS NULL)))`

type Asked = Pick<ReadContext, 'db' | 'organizationId' | 'now'>

/**
 * From each entry by its account to the recipients that have it, and by them and the amount to what they were paid. The
 * planner has no statistics: CROSS JOIN keeps it to this order, and it takes the index only where that holds all it needs,
 * so the rest of an entry (`x`) is read by its key.
 */
export function duplicatesQuery(
  { organizationId, now }: Pick<Asked, 'organizationId' | 'now'>,
  achFileId: Id<'ach'>,
  { position, effectiveDate }: Pick<AchBatchRow, 'position' | 'effectiveDate'>,
  from: number,
): SQL {
  const first = addBankingDays(effectiveDate, -BANKING_DAYS_APART)
  const last = addBankingDays(effectiveDate, BANKING_DAYS_APART)
  return sql`
    WITH same AS (
      SELECT DISTINCT f.id AS file, f.name AS name, f.status AS status, e.id AS entry, e.amount_cents AS amount
      FROM ach_entries AS e
      CROSS JOIN recipients AS r ON r.organization_id = e.organization_id AND r.id = e.recipient_id
      CROSS JOIN recipients AS s ON s.organization_id = r.organization_id AND s.account_index = r.account_index
      CROSS JOIN ach_entries AS o ON o.organization_id = s.organization_id AND o.recipient_id = s.id
        AND o.amount_cents = e.amount_cents AND o.direction = e.direction
      CROSS JOIN ach_entries AS x ON x.organization_id = o.organization_id AND x.ach_file_id = o.ach_file_id
        AND x.batch_position = o.batch_position AND x.position = o.position
      CROSS JOIN ach_batches AS b ON b.organization_id = o.organization_id AND b.ach_file_id = o.ach_file_id
        AND b.position = o.batch_position
      CROSS JOIN ach_files AS f ON f.organization_id = o.organization_id AND f.id = o.ach_file_id
      WHERE e.organization_id = ${organizationId} AND e.ach_file_id = ${achFileId} AND o.ach_file_id <> e.ach_file_id
        AND e.batch_position = ${position} AND e.position >= ${from} AND e.position < ${from + ENTRIES_AT_ONCE}
        AND b.effective_date BETWEEN ${first} AND ${last}
        AND (o.recipient_id = e.recipient_id OR x.paid_account_index IS NULL OR x.paid_account_index = r.account_index)
        AND ${mayDouble(now)}
        AND NOT EXISTS (SELECT 1 FROM returns AS n WHERE n.organization_id = o.organization_id AND n.entry_id = x.id
          AND n.kind = 'return' AND n.repeats IS NULL AND NOT ${DISHONORED})
    )
    SELECT file AS "achFileId", name, status, count(*) AS "entryCount", sum(amount) AS "amountCents"
    FROM same GROUP BY file`
}

/**
 * What the person who decides has said they know of; what they did not is asked for.
 * @throws ProblemError `possible-duplicate` naming each file that was not acknowledged
 */
export async function acknowledgedDuplicates(
  ctx: WriteContext,
  file: AchFileRow,
  outline: Outline,
  acknowledged: readonly Id<'ach'>[] = [],
): Promise<{ possibleDuplicates: PossibleDuplicate[] }> {
  const found = await possibleDuplicates(ctx, file, outline)
  const unknown = found.filter(({ achFileId }) => !acknowledged.includes(achFileId))
  if (unknown.length === 0) return { possibleDuplicates: found }
  throw new ProblemError(
    'possible-duplicate',
    `It may pay twice: ${unknown.map(words).join('; ')}. If that is meant, send it again with the ids of these files in acknowledgedDuplicates.`,
    { errors: unknown.map(problemOf) },
  )
}

/** The same of a file that was submitted and is to be sent again. @throws ProblemError `possible-duplicate` */
export async function doublesOf(
  ctx: WriteContext,
  achFileId: string,
  acknowledged: readonly Id<'ach'>[] = [],
): Promise<PossibleDuplicate[]> {
  const file = await achFileStore(ctx.db, ctx.organizationId).find(achFileId)
  if (file === undefined) throw new Error(`There is no ACH file ${achFileId} in this organization.`)
  return (await acknowledgedDuplicates(ctx, file, await readOutline(ctx, file), acknowledged)).possibleDuplicates
}

function words({ achFileId, name, status, entryCount, amountCents }: PossibleDuplicate): string {
  const payments = entryCount === 1 ? '1 of its payments' : `${entryCount} of its payments`
  return `${payments}, ${formatCents(amountCents)}, also stand in “${name}” (${achFileId}), which ${statusWords(status)}`
}

function problemOf(duplicate: PossibleDuplicate): FieldProblem {
  const message = words(duplicate)
  return { pointer: `/acknowledgedDuplicates/${duplicate.achFileId}`, code: 'possible-duplicate', message }
}
