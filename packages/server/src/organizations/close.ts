import { Organization, OrganizationClosing } from '@fistworks/contract'
import { and, eq, isNull } from 'drizzle-orm'
import { apiKeys, embedSessions } from '../access/table.ts'
import type { ControlContext } from '../context.ts'
import { type Operation, operation } from '../http/operation.ts'
import { invitationWriter } from '../invitations/store.ts'
import { enqueueJob } from '../jobs/job.ts'
import { LIMITS } from '../limits.ts'
import { actingMember, organizationOf } from '../members/rules.ts'
import { invalid, notFound, ProblemError } from '../problem-error.ts'
import { organizations } from '../storage/table.ts'
import { CLOSING_JOB } from './closing.ts'
import { organizationStore } from './store.ts'

export interface ClosingChecks {
  /** Whether a file of the organization is on its way to a bank, or not known to have arrived. */
  isSubmitting(organizationId: string): Promise<boolean>
}

/** Ending an organization for good. */
export function closingOperations(checks: ClosingChecks): Operation[] {
  return [
    operation({
      id: 'organizations.close',
      method: 'post',
      path: '/v1/organizations/{id}/close',
      summary: 'Close the organization for good: what it sealed becomes unreadable, its audit log stays',
      effect: 'control',
      scope: 'organizations:close',
      stepUp: 'person',
      idempotency: 'accepted',
      audit: 'organization.closing',
      rate: 'write',
      body: OrganizationClosing,
      response: { status: 202, schema: Organization },
      handle: (ctx, { id, body }) => beginClosing(checks, ctx, id, body),
    }),
  ]
}

/**
 * From the commit on nobody works in the organization: its keys, embed sessions and invitations end in the same
 * transaction. The job does the rest once no request from before can still be running.
 */
async function beginClosing(
  checks: ClosingChecks,
  ctx: ControlContext,
  id: string,
  { name, reason }: OrganizationClosing,
): Promise<Organization> {
  const organizationId = organizationOf(ctx)
  const organization = await organizationStore(ctx.db).find({ organizationId }, id)
  if (organization === undefined) throw notFound('organization')
  if ((await actingMember(ctx)).role !== 'owner') throw new ProblemError('forbidden', 'Only an owner closes it.')
  if (organization.status !== 'open') throw new ProblemError('state-conflict', 'It is being closed, or closed already.')
  if (organization.name !== name) {
    throw invalid([
      { pointer: '/name', code: 'custom', message: 'must be the name of the organization, letter by letter' },
    ])
  }
  if (await checks.isSubmitting(organizationId)) {
    const detail = 'A file is on its way to the bank, or it is not known whether it arrived. Wait for it, or settle it.'
    throw new ProblemError('state-conflict', detail)
  }
  const at = ctx.now.toISOString()
  const where = and(eq(organizations.id, organizationId), isNull(organizations.closingAt))
  await ctx.db.update(organizations).set({ closingAt: at }).where(where)
  const ended = await endAccess(ctx, organizationId, at)
  await enqueueJob(ctx.db, {
    id: ctx.newId('job'),
    organizationId,
    kind: CLOSING_JOB,
    payload: {},
    dedupeKey: CLOSING_JOB,
    runAt: new Date(ctx.now.getTime() + LIMITS.requestSeconds * 1000),
    maxAttempts: ATTEMPTS,
  })
  const data = { name, ...(reason === undefined ? {} : { reason }), ...ended }
  await ctx.audit({ action: 'organization.closing', targetType: 'organization', targetId: organizationId, data })
  return { ...organization, status: 'closing' }
}

/** It takes as many attempts as it takes. */
const ATTEMPTS = 1_000_000

async function endAccess({ db }: ControlContext, organizationId: string, at: string) {
  const keys = await db
    .update(apiKeys)
    .set({ revokedAt: at })
    .where(and(eq(apiKeys.ownerId, organizationId), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id })
  const sessions = await db
    .update(embedSessions)
    .set({ revokedAt: at })
    .where(and(eq(embedSessions.organizationId, organizationId), isNull(embedSessions.revokedAt)))
    .returning({ id: embedSessions.id })
  const invitations = await invitationWriter(db, organizationId).cancelAll(at)
  return {
    apiKeysRevoked: keys.length,
    embedSessionsEnded: sessions.length,
    invitationsCancelled: invitations.rowsAffected,
  }
}
