import type { AuditEventFilter } from '@fistworks/contract'
import { and, asc, desc, eq, exists, gte, like, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import { members } from '../access/table.ts'
import { acrossTenants, onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Reader } from '../storage/transaction.ts'
import { type AuditEventRow, type AuditTable, auditEvents, controlAuditEvents } from './table.ts'

/** The two databases that tell of an organization: what it did, and who got in. */
export interface TrailSources {
  tenant: Reader
  control: Reader
}

/** An event and the database it stands in. */
export interface TrailEvent {
  plane: 'tenant' | 'control'
  row: AuditEventRow
}

/** Where a list goes on: newest first, and of the same instant by database and place. */
export interface TrailPosition {
  at: string
  plane: TrailEvent['plane']
  seq: number
}

/** Of the same instant, what the organization did comes before who got in. */
const PLANES = ['tenant', 'control'] as const

/** What happened in an organization: its own events, those of its keys and sessions, and its members' sign-ins. */
export function trailOf(sources: TrailSources, organizationId: string) {
  const tables = { tenant: auditEvents, control: controlAuditEvents } as const
  /** A member's sign-ins stand in that person's own chain, so the control plane is read over several owners. */
  const allowed = {
    tenant: <T>(read: () => PromiseLike<T>) => onBehalfOf(organizationId, read),
    control: <T>(read: () => PromiseLike<T>) => acrossTenants('show-audit-trail', read),
  }
  const mine = (plane: TrailEvent['plane']): SQL | undefined => {
    const { ownerId } = tables[plane]
    if (plane === 'tenant') return eq(ownerId, organizationId)
    return or(eq(ownerId, organizationId), ofMembers(sources.control, organizationId))
  }

  return {
    /** Newest first. */
    async list(filter: AuditEventFilter, before: TrailPosition | null, limit: number): Promise<TrailEvent[]> {
      const found: TrailEvent[] = []
      for (const plane of PLANES) {
        const table = tables[plane]
        const place = before === null ? undefined : after(table, plane, before)
        const rows: AuditEventRow[] = await allowed[plane](() =>
          sources[plane]
            .select()
            .from(table)
            .where(and(mine(plane), matching(table, filter), place))
            .orderBy(desc(table.at), desc(table.seq))
            .limit(limit),
        )
        found.push(...rows.map((row) => ({ plane, row })))
      }
      // Each database gave its own newest first, and sorting keeps the order of what is of the same instant.
      return found.sort((a, b) => Date.parse(b.row.at) - Date.parse(a.row.at)).slice(0, limit)
    },

    /** How many there are up to these places. */
    async count(filter: AuditEventFilter, upTo: Record<TrailEvent['plane'], number>): Promise<number> {
      let count = 0
      for (const plane of PLANES) {
        const table = tables[plane]
        const where = and(mine(plane), matching(table, filter), lte(table.seq, upTo[plane]))
        count += await allowed[plane](() => sources[plane].$count(table, where))
      }
      return count
    },

    /** All of them up to these places, chain by chain in their order. */
    async *all(filter: AuditEventFilter, upTo: Record<TrailEvent['plane'], number>): AsyncGenerator<TrailEvent> {
      for (const plane of PLANES) {
        const where = (on: SQL | undefined) =>
          and(mine(plane), matching(tables[plane], filter), lte(tables[plane].seq, upTo[plane]), on)
        const read = (on: SQL | undefined) => allowed[plane](() => inOrder(sources[plane], tables[plane], where(on)))
        for await (const row of allOf((end) => placeAfter(tables[plane], end), read)) yield { plane, row }
      }
    },
  }
}

/**
 * What members did with their own sign-in since they belong to the organization. A refusal in a person's own chain tells of
 * another organization that they named, and before they came they were nobody's member here.
 */
function ofMembers(control: Reader, organizationId: string): SQL {
  const { ownerId, at, action } = controlAuditEvents
  const since = control
    .select({ one: sql`1` })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, ownerId), lte(members.createdAt, at)))
  return sql`(${like(action, 'user.%')} AND ${exists(since)})`
}

const READ_AT_ONCE = 500

function inOrder(db: Reader, table: AuditTable, where: SQL | undefined): PromiseLike<AuditEventRow[]> {
  return db.select().from(table).where(where).orderBy(asc(table.ownerId), asc(table.ownerSeq)).limit(READ_AT_ONCE)
}

/** In the tenant's database there is one chain, in the control plane one for each person. */
function placeAfter({ ownerId, ownerSeq }: AuditTable, end: AuditEventRow): SQL {
  return sql`(${ownerId}, ${ownerSeq}) > (${end.ownerId}, ${end.ownerSeq})`
}

async function* allOf(
  goOnAfter: (end: AuditEventRow) => SQL,
  read: (on: SQL | undefined) => Promise<AuditEventRow[]>,
): AsyncGenerator<AuditEventRow> {
  let end: AuditEventRow | undefined
  do {
    const rows = await read(end && goOnAfter(end))
    yield* rows
    end = rows.at(-1)
  } while (end)
}

function matching(table: AuditTable, filter: AuditEventFilter): SQL | undefined {
  const { from, to, actor, action, targetId, outcome } = filter
  return and(
    from === undefined ? undefined : gte(table.at, instant(from)),
    to === undefined ? undefined : lt(table.at, instant(to)),
    actor === undefined ? undefined : or(eq(table.actorId, actor), containing(table, actor)),
    action === undefined ? undefined : or(eq(table.action, action), like(table.action, `${action}.%`)),
    targetId === undefined ? undefined : eq(table.targetId, targetId),
    outcome === undefined ? undefined : eq(table.outcome, outcome),
  )
}

/** As text that is found anywhere in the name, whatever signs are in it. */
function containing(table: AuditTable, text: string): SQL {
  const pattern = `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql`${table.actorName} LIKE ${pattern} ESCAPE '\\'`
}

/** As instants are written in the table, so that they compare as text. */
function instant(text: string): string {
  return new Date(text).toISOString()
}

function after(table: AuditTable, plane: TrailEvent['plane'], { at, plane: of, seq }: TrailPosition): SQL | undefined {
  if (plane === of) return or(lt(table.at, at), and(eq(table.at, at), lt(table.seq, seq)))
  return plane === 'control' ? lte(table.at, at) : lt(table.at, at)
}
