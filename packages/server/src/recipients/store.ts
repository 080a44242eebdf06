import type { Id } from '@fistworks/contract'
import { and, desc, eq, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type RecipientRow, recipients } from './table.ts'

/** Ids asked for in one statement: far below the parameters SQLite takes, few enough to stay one quick look-up. */
const IDS_PER_QUERY = 500

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

    /** All of these that exist, by id. */
    async findAll(ids: Iterable<string>): Promise<Map<string, RecipientRow>> {
      const wanted = [...new Set(ids)] as Id<'rcp'>[]
      const found = new Map<string, RecipientRow>()
      for (let from = 0; from < wanted.length; from += IDS_PER_QUERY) {
        const some = wanted.slice(from, from + IDS_PER_QUERY)
        const rows = await db
          .select()
          .from(recipients)
          .where(and(mine, inArray(recipients.id, some)))
        for (const row of rows) found.set(row.id, row)
      }
      return found
    },

    async count(): Promise<number> {
      const rows = await db.select({ count: sql<number>`count(*)` }).from(recipients).where(mine)
      return rows[0]?.count ?? 0
    },

    /** Newest first: ids begin with the time they were made, so rows added meanwhile come before every page. */
    list: (filter: RecipientFilter, before: string | null, limit: number) =>
      db
        .select(masked)
        .from(recipients)
        .where(and(mine, ...conditionsOf(filter), before === null ? undefined : lt(recipients.id, before as Id<'rcp'>)))
        .orderBy(desc(recipients.id))
        .limit(limit),
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
    text === '' ? undefined : or(nameHolds(text), eq(recipients.accountNumberLast4, text)),
  ]
}

/** The characters that LIKE gives a meaning are looked for as themselves. */
function nameHolds(text: string): SQL {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`${recipients.name} LIKE ${pattern} ESCAPE '\\'`
}
