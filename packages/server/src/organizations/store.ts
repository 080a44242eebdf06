import type { Organization } from '@fistworks/contract'
import { and, desc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { members } from '../access/table.ts'
import { memberWriter } from '../members/store.ts'
import { acrossTenants } from '../storage/on-behalf-of.ts'
import { organizations } from '../storage/table.ts'
import type { ReadDb, Tx } from '../storage/transaction.ts'

/** Whose organizations a caller can see. */
export type Reach =
  | { userId: string }
  | { organizationId: string }
  | { platformId: string; onlyOrganizations: readonly string[] | null }

/** The directory of organizations, in the control plane. Every read says whose. */
export function organizationStore(db: Tx | ReadDb) {
  const within = (reach: Reach): SQL => {
    if ('organizationId' in reach) return eq(organizations.id, reach.organizationId)
    if ('platformId' in reach) {
      const isTheirs = eq(organizations.platformId, reach.platformId)
      const { onlyOrganizations: only } = reach
      return only === null ? isTheirs : (and(isTheirs, inArray(organizations.id, [...only])) ?? isTheirs)
    }
    const mine = db.select({ id: members.organizationId }).from(members).where(eq(members.userId, reach.userId))
    return inArray(organizations.id, mine)
  }
  return {
    async findByExternalId(platformId: string, externalId: string) {
      const where = and(eq(organizations.platformId, platformId), eq(organizations.externalId, externalId))
      return (await db.select({ id: organizations.id }).from(organizations).where(where).limit(1))[0]
    },
    async list(reach: Reach, limit: number, after: string | undefined): Promise<Organization[]> {
      const where = after === undefined ? within(reach) : and(within(reach), lt(organizations.id, after))
      const rows = await acrossTenants('list-memberships', () =>
        db.select().from(organizations).where(where).orderBy(desc(organizations.id)).limit(limit),
      )
      return rows.map(toOrganization)
    },
    /** How many open ones this person has founded. */
    async countFoundedBy(userId: string): Promise<number> {
      const where = and(eq(organizations.createdBy, userId), isNull(organizations.closingAt))
      const [row] = await db.select({ count: sql<number>`count(*)` }).from(organizations).where(where)
      return row?.count ?? 0
    },
    async find(reach: Reach, id: string): Promise<Organization | undefined> {
      const where = and(within(reach), eq(organizations.id, id))
      const [row] = await acrossTenants('list-memberships', () => db.select().from(organizations).where(where).limit(1))
      return row === undefined ? undefined : toOrganization(row)
    },
  }
}

export type NewOrganization = typeof organizations.$inferInsert

/** With the person who founded it as its owner. */
export async function addOwnOrganization(tx: Tx, row: NewOrganization & { createdBy: string }): Promise<Organization> {
  const added = await addOrganization(tx, row)
  const owner = { userId: row.createdBy, role: 'owner', createdAt: row.createdAt } as const
  await acrossTenants('found-organization', () => memberWriter(tx, row.id).add(owner))
  return added
}

export async function addOrganization(tx: Tx, row: NewOrganization): Promise<Organization> {
  const [added] = await tx.insert(organizations).values(row).returning()
  if (added === undefined) throw new Error('the organization was not written')
  return toOrganization(added)
}

export function statusOf(row: { closingAt: string | null; closedAt: string | null }): Organization['status'] {
  if (row.closedAt !== null) return 'closed'
  return row.closingAt === null ? 'open' : 'closing'
}

function toOrganization(row: typeof organizations.$inferSelect): Organization {
  return {
    type: 'organization',
    id: row.id as Organization['id'],
    name: row.name,
    externalId: row.externalId,
    status: statusOf(row),
    createdAt: row.createdAt,
  }
}
