import type { AccountType, HolderType, Id } from '@fistworks/contract'
import { and, desc, eq, gte, isNotNull, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { createPauses } from '../pauses.ts'
import { likePattern } from '../storage/like-pattern.ts'
import { lookThrough } from '../storage/look-through.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type RecipientRow, recipients } from './table.ts'

/** Ids asked for in one statement: few enough that nobody waits for it. */
const IDS_PER_QUERY = 500
/** Recipients that a list looks at in one statement. */
const ROWS_PER_WINDOW = 2_000

/** What a payment is checked and bound to an approval by. */
export type Payee = Pick<RecipientRow, 'id' | 'name' | 'holderType' | 'accountType' | 'archivedAt'> & {
  /** Hexadecimal. */
  accountIndex: string
}

/** The same with what a payment is shown with. */
export type PayableRecipient = Payee & Pick<RecipientRow, 'routingNumberLast4' | 'accountNumberLast4'>

/** What reads take that only show: nothing sealed leaves the database for them. */
const masked = {
  id: recipients.id,
  name: recipients.name,
  holderType: recipients.holderType,
  accountType: recipients.accountType,
  routingNumberLast4: recipients.routingNumberLast4,
  accountNumberLast4: recipients.accountNumberLast4,
  hasIdentification: isNotNull(recipients.identification).mapWith(Boolean),
  externalId: recipients.externalId,
  version: recipients.version,
  createdAt: recipients.createdAt,
  updatedAt: recipients.updatedAt,
  archivedAt: recipients.archivedAt,
}

export interface RecipientFilter {
  search?: string | undefined
  externalId?: string | undefined
  isArchived: boolean
}

/** The one door to a tenant's recipients. */
export function recipientStore(db: Reader, organizationId: Id<'org'>) {
  const mine = eq(recipients.organizationId, organizationId)
  const first = async (...conditions: (SQL | undefined)[]): Promise<RecipientRow | undefined> => {
    const rows = await db
      .select()
      .from(recipients)
      .where(and(mine, ...conditions))
      .limit(1)
    return rows[0]
  }

  /** Rows as one text: for the driver a row costs more than all that is in it. */
  async function slice<T>(query: SQL): Promise<T[]> {
    const [row] = await db.all<{ found: string }>(query)
    return row === undefined ? [] : JSON.parse(row.found)
  }

  async function endOfWindow(before: Id<'rcp'> | null): Promise<Id<'rcp'> | null> {
    const [row] = await db
      .select({ id: recipients.id })
      .from(recipients)
      .where(and(mine, between(before, null)))
      .orderBy(desc(recipients.id))
      .limit(1)
      .offset(ROWS_PER_WINDOW - 1)
    return row?.id ?? null
  }

  return {
    find: (id: string) => first(eq(recipients.id, id as Id<'rcp'>)),

    /** As `find`, for showing only. */
    findMasked: async (id: string) =>
      (
        await db
          .select(masked)
          .from(recipients)
          .where(and(mine, eq(recipients.id, id as Id<'rcp'>)))
          .limit(1)
      )[0],

    /** Somebody else, not archived, with this very account. */
    findByAccount: (accountIndex: Uint8Array, except: string) =>
      first(
        eq(recipients.accountIndex, accountIndex),
        ne(recipients.id, except as Id<'rcp'>),
        isNull(recipients.archivedAt),
      ),

    /** Somebody else, not archived, with this external id. */
    findByExternalId: (externalId: string, except: string) =>
      first(
        eq(recipients.externalId, externalId),
        ne(recipients.id, except as Id<'rcp'>),
        isNull(recipients.archivedAt),
      ),

    /** All of these that exist, by id, without anything sealed. */
    async findPayable(ids: Iterable<string>): Promise<Map<string, PayableRecipient>> {
      const found = new Map<string, PayableRecipient>()
      const pause = createPauses()
      for (const some of idsByQuery(ids)) {
        const rows = await slice<
          [Id<'rcp'>, string, HolderType, AccountType, string, string, string, string | null]
        >(sql`
          SELECT json_group_array(json_array(r.id, r.name, r.holder_type, r.account_type, lower(hex(r.account_index)),
            r.routing_number_last4, r.account_number_last4, r.archived_at)) AS found
          FROM recipients AS r WHERE r.organization_id = ${organizationId} AND r.id IN (SELECT value FROM json_each(${some}))`)
        for (const [id, name, holderType, accountType, accountIndex, routingLast4, accountLast4, archivedAt] of rows) {
          const last4 = { routingNumberLast4: routingLast4, accountNumberLast4: accountLast4 }
          found.set(id, { id, name, holderType, accountType, accountIndex, ...last4, archivedAt })
        }
        await pause()
      }
      return found
    },

    async count(): Promise<number> {
      const rows = await db.select({ count: sql<number>`count(*)` }).from(recipients).where(mine)
      return rows[0]?.count ?? 0
    },

    /** Some whose name or last four digits are these, archived or not. */
    named(search: string, limit: number): Promise<{ id: Id<'rcp'> }[]> {
      return lookThrough<{ id: Id<'rcp'> }, Id<'rcp'>>({
        after: null,
        limit,
        endOf: endOfWindow,
        rowsIn: (newest, oldest, most) =>
          db
            .select({ id: recipients.id })
            .from(recipients)
            .where(and(mine, isCalled(search), between(newest, oldest)))
            .limit(most),
      })
    },

    /** Newest first: ids begin with the time they were made, so rows added meanwhile come before every page. */
    list(filter: RecipientFilter, before: Id<'rcp'> | null, limit: number) {
      const conditions = and(mine, ...conditionsOf(filter))
      const rowsIn = (newest: Id<'rcp'> | null, oldest: Id<'rcp'> | null, most: number) =>
        db
          .select(masked)
          .from(recipients)
          .where(and(conditions, between(newest, oldest)))
          .orderBy(desc(recipients.id))
          .limit(most)
      // Their index finds external ids.
      if (filter.externalId !== undefined) return rowsIn(before, null, limit)
      return lookThrough({ after: before, limit, endOf: endOfWindow, rowsIn })
    },
  }
}

/** Changes of a tenant's recipients, inside the unit of work it is handed. */
export function recipientWriter(tx: Tx, organizationId: Id<'org'>) {
  return {
    add: (row: Omit<RecipientRow, 'organizationId'>) => tx.insert(recipients).values({ ...row, organizationId }),
    change: (id: Id<'rcp'>, values: Partial<Omit<RecipientRow, 'organizationId' | 'id'>>) =>
      tx
        .update(recipients)
        .set(values)
        .where(and(eq(recipients.organizationId, organizationId), eq(recipients.id, id))),
  }
}

function conditionsOf({ search, externalId, isArchived }: RecipientFilter): (SQL | undefined)[] {
  const text = search?.trim() ?? ''
  return [
    isArchived ? isNotNull(recipients.archivedAt) : isNull(recipients.archivedAt),
    externalId === undefined ? undefined : eq(recipients.externalId, externalId),
    text === '' ? undefined : isCalled(text),
  ]
}

const between = (newest: Id<'rcp'> | null, oldest: Id<'rcp'> | null): SQL | undefined =>
  and(newest === null ? undefined : lt(recipients.id, newest), oldest === null ? undefined : gte(recipients.id, oldest))

const isCalled = (text: string) => or(nameHolds(text), eq(recipients.accountNumberLast4, text))

const nameHolds = (text: string): SQL => sql`${recipients.name} LIKE ${likePattern(text)} ESCAPE '\\'`

function* idsByQuery(ids: Iterable<string>): Generator<string> {
  const wanted = [...new Set(ids)]
  for (let from = 0; from < wanted.length; from += IDS_PER_QUERY) {
    yield JSON.stringify(wanted.slice(from, from + IDS_PER_QUERY))
  }
}
