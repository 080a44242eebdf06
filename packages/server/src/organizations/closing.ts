import type { Id } from '@fistworks/contract'
import { and, eq, isNull } from 'drizzle-orm'
import { accessStore } from '../access/access-store.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import type { KeyOffice } from '../keys/office.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import { jobStore } from '../jobs/store.ts'
import { enqueueMailToAdministrators, oneLine, userMail } from '../mail/mail-job.ts'
import type { Databases } from '../storage/directory.ts'
import { ownedBy } from '../storage/owned-by.ts'
import { organizations } from '../storage/table.ts'
import type { DeliveredFiles } from '../submissions/ports.ts'
import { tenantKeyReader } from '../vault/store.ts'
import { CLOSED, endWork } from './end-work.ts'

export const CLOSING_JOB = 'organization.close'
const WAIT_MS = 60_000

export interface ClosingDependencies extends Pick<DeliveredFiles, 'onFileProgress'> {
  databases: Databases
  keys: Pick<KeyOffice, 'destroy'>
  /** Signs the log in which the end stands. */
  checkpoint(): Promise<unknown>
  now(): Date
}

/** What owners and administrators get when all is done: their receipt. */
export const CLOSED_MAIL = userMail<{ name: string; keys: number; closedAt: string }>(
  'organizationClosed',
  ({ name, keys, closedAt }) => ({
    subject: oneLine(`${name} is closed`),
    text: `${name} was closed on ${closedAt}. ${keys} keys were destroyed: bank accounts, recipients' accounts, bank logins and files that they sealed cannot be read any more, by nobody. Backups of the key database keep older copies until they expire. The audit log stays, and a signed checkpoint covers its last event, organization.closed.`,
  }),
)

/**
 * Carries on what an owner began, in steps that may each be done again: a process that dies in the middle leaves the job
 * to the next one.
 */
export function createClosingHandlers(deps: ClosingDependencies) {
  const { databases, now } = deps
  return {
    async [CLOSING_JOB](job: Job, lease: Pick<Lease, 'assertHeld'>): Promise<JobOutcome> {
      const { organizationId } = job
      const control = ownedBy(organizationId, databases.control)
      const organization = await accessStore(control.read).organization(organizationId)
      if (organization === undefined || organization.closingAt === null) return { done: true }
      await lease.assertHeld()
      const tenant = await databases.tenantOf(organizationId)
      const canceled = await tenant.write((tx) => endWork(deps, tx, organizationId as Id<'org'>, now()))
      // A request that was under way when closing began may have sent a file: that is carried to its end first.
      if (canceled === null) {
        return { retryAt: new Date(now().getTime() + WAIT_MS), error: 'A file is on its way to the bank.' }
      }
      await control.write((tx) => jobStore(tx).stopAll(organizationId, CLOSING_JOB, now(), CLOSED))
      await deps.keys.destroy(organizationId, organization.name)
      await recordEnd(deps, organizationId, organization.name)
      await deps.checkpoint()
      return { done: true }
    },
  }
}

async function recordEnd(deps: ClosingDependencies, organizationId: string, name: string): Promise<void> {
  const control = ownedBy(organizationId, deps.databases.control)
  const at = deps.now()
  await control.write(async (tx) => {
    const where = and(eq(organizations.id, organizationId), isNull(organizations.closedAt))
    const closedAt = at.toISOString()
    const closed = await tx.update(organizations).set({ closedAt }).where(where).returning({ id: organizations.id })
    if (closed.length === 0) return
    const rows = await tenantKeyReader(tx).ofOrganization(organizationId)
    const keys = rows.filter(({ state }) => state === 'destroyed').length
    await appendControlAuditEvent(tx, organizationId, at, {
      action: 'organization.closed',
      actor: { type: 'system', id: 'closing' },
      via: { type: 'worker', id: null },
      targetType: 'organization',
      targetId: organizationId,
      outcome: 'succeeded',
      requestId: null,
      data: { name, keysDestroyed: keys },
    })
    const order = { owner: organizationId, data: { name, keys, closedAt }, dedupeKey: 'closed', now: at }
    await enqueueMailToAdministrators(tx, CLOSED_MAIL, order)
  })
}
