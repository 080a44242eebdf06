import { and, eq, gte, sql } from 'drizzle-orm'
import { embedSessions } from '../access/table.ts'
import { memberStore } from '../members/store.ts'
import type { Reader } from '../storage/transaction.ts'
import type { Workforce } from './eligible.ts'

/** Whom an accounting product let approve within so many days counts among those who may. */
const END_USER_DAYS = 90

/** Reads from the control plane who may decide in an organization. */
export async function workforceOf(control: Reader, organizationId: string, now: Date): Promise<Workforce> {
  const since = new Date(now.getTime() - END_USER_DAYS * 86_400_000).toISOString()
  const members = await memberStore(control, organizationId).list()
  const [counted] = await control
    .select({ count: sql<number>`count(DISTINCT ${embedSessions.endUserId})` })
    .from(embedSessions)
    .where(
      and(
        eq(embedSessions.organizationId, organizationId),
        gte(embedSessions.createdAt, since),
        sql`instr(${embedSessions.scopes}, '"ach-files:approve"') > 0`,
      ),
    )
  return {
    members: members.map(({ id, name, role }) => ({ id, name, role })),
    endUserApprovers: counted?.count ?? 0,
  }
}
