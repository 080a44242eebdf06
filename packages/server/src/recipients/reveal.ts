import type { RecipientReveal, RevealedRecipient } from '@fistworks/contract'
import { auditEventStore } from '../audit/audit.ts'
import type { WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { enqueueMailToAdministrators } from '../mail/mail-job.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { MANY_REVEALED_MAIL } from './reveal-alert.ts'
import { recipientStore } from './store.ts'

const REVEALED = 'recipient.revealed'
const MANY_REVEALED = 'security.manyRevealed'
const DAY_MS = 24 * 3_600_000

/**
 * The full numbers of one recipient, for the screen of one person. Beside generation this is the one place that opens
 * them; the audit event is committed before the answer leaves.
 * @throws ProblemError `not-found`, `limit-exceeded` past the number of a day
 */
export async function revealRecipient(
  ctx: WriteContext,
  id: string,
  { purpose }: RecipientReveal,
): Promise<RevealedRecipient> {
  const row = await recipientStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('recipient')
  const since = new Date(ctx.now.getTime() - DAY_MS)
  const before = await auditEventStore(ctx.db, ctx.organizationId).countOf(REVEALED, ctx.actor.id, since)
  if (before >= LIMITS.revealsPerDay) {
    const detail = `One person sees at most ${LIMITS.revealsPerDay} full numbers in 24 hours. Ask a colleague, or wait.`
    throw new ProblemError('limit-exceeded', detail)
  }
  await ctx.audit({
    action: REVEALED,
    targetType: 'recipient',
    targetId: row.id,
    data: { purpose: scrubText(purpose) },
  })
  if (before + 1 === LIMITS.revealsBeforeAlert) await tellOfMany(ctx, before + 1)
  const open = (column: string, sealed: Uint8Array) =>
    ctx.vault.openText({ table: 'recipients', column, row: row.id }, sealed).reveal()
  return {
    type: 'revealedRecipient',
    id: row.id,
    routingNumber: open('routing_number', row.routingNumber),
    accountNumber: open('account_number', row.accountNumber),
    identification: row.identification === null ? null : open('identification', row.identification),
  }
}

/** The event shows in the audit log, and a mail goes to the administrators. */
async function tellOfMany(ctx: WriteContext, count: number): Promise<void> {
  const { actor, organizationId, now } = ctx
  await ctx.audit({ action: MANY_REVEALED, targetType: actor.type, targetId: actor.id, data: { count, hours: 24 } })
  await enqueueMailToAdministrators(ctx.db, MANY_REVEALED_MAIL, {
    owner: organizationId,
    data: { name: actor.name ?? actor.id, count },
    dedupeKey: `${actor.id}:${now.toISOString()}`,
    now,
  })
}
