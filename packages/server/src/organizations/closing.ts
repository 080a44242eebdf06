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
import type { OnItsWay } from '../submissions/store.ts'
import { shownText } from '../telemetry/scrub.ts'
import { CLOSED, endWork } from './end-work.ts'
import { goesOnAt, tellHeld } from './held-closing.ts'

export const CLOSING_JOB = 'organization.close'
const WAIT_MS = 60_000

export interface ClosingDependencies extends Pick<DeliveredFiles, 'onFileProgress'> {
  databases: Databases
  keys: Pick<KeyOffice, 'destroy'>
  /** Signs the log in which the end stands. */
  checkpoint(): Promise<unknown>
  /** Hears once of each closing that waits for somebody. */
  onHeld(organizationId: string, held: readonly OnItsWay[]): void
  now(): Date
}

/** What owners and administrators get when all is done: their receipt. */
export const CLOSED_MAIL = userMail<{ name: string; keys: number; closedAt: string; unsettled?: string }>(
  'organizationClosed',
  ({ name, keys, closedAt, unsettled = '' }) => ({
    subject: oneLine(`${name} is closed`),
    text: `${name} was closed on ${closedAt}. ${keys} keys were destroyed: bank accounts, recipients' accounts, bank logins and files that they sealed cannot be read any more, by nobody. Backups of the key database keep older copies until they expire. The audit log stays, and a signed checkpoint covers its last event, organization.closed.${unsettled === '' ? '' : ` Nobody said whether the bank has: ${unsettled}. Ask the bank.`}`,
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
      const closing = { ...organization, closingAt: organization.closingAt }
      const isPatient = now() < goesOnAt(closing)
      const held = await tenant.write((tx) => endWork(deps, tx, organizationId as Id<'org'>, now(), isPatient))
      // A request that was under way when closing began may have sent a file: that is carried to its end first.
      if (isPatient && held.length > 0) {
        if (await control.write((tx) => tellHeld(tx, closing, held, now()))) deps.onHeld(organizationId, held)
        return { retryAt: new Date(now().getTime() + WAIT_MS), error: `Closing waits for ${idsOf(held)}.` }
      }
      await control.write((tx) => jobStore(tx).stopAll(organizationId, CLOSING_JOB, now(), CLOSED))
      await deps.keys.destroy(organizationId, organization.name)
      await recordEnd(deps, organizationId, organization.name, held)
      await deps.checkpoint()
      return { done: true }
    },
  }
}

const idsOf = (held: readonly OnItsWay[]): string => held.map(({ id }) => id).join(', ')

async function recordEnd(
  deps: ClosingDependencies,
  organizationId: string,
  name: string,
  held: readonly OnItsWay[],
): Promise<void> {
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
      data: { name, keysDestroyed: keys, ...(held.length === 0 ? {} : { unsettled: held.map(({ id }) => id) }) },
    })
    const data = { name, keys, closedAt, unsettled: held.map(({ fileName }) => shownText(fileName)).join(', ') }
    const order = { owner: organizationId, data, dedupeKey: 'closed', now: at }
    await enqueueMailToAdministrators(tx, CLOSED_MAIL, order)
  })
}
