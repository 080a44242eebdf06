import { and, eq, isNull } from 'drizzle-orm'
import { appendControlAuditEvent } from '../audit/audit.ts'
import { enqueueMailToAdministrators, oneLine, userMail } from '../mail/mail-job.ts'
import { organizations } from '../storage/table.ts'
import type { Tx } from '../storage/transaction.ts'
import type { OnItsWay } from '../submissions/store.ts'
import { shownText } from '../telemetry/scrub.ts'

const DAY_MS = 24 * 60 * 60_000
/** After this long nobody looks for a bank's answer any more either. */
const WAIT_DAYS = 30
/** What settles itself does so sooner: past this somebody is told of anything that closing waits for. */
const QUIET_MS = 60 * 60_000

interface Closing {
  id: string
  name: string
  closingAt: string
}

/** When closing goes on even so: its owner wanted it, and what nobody said in so long nobody will say. */
export const goesOnAt = ({ closingAt }: Closing): Date => new Date(Date.parse(closingAt) + WAIT_DAYS * DAY_MS)

/** What owners and administrators are told once, while somebody can still settle it. */
export const CLOSING_HELD_MAIL = userMail<{ name: string; files: string; goesOnOn: string }>(
  'organizationClosingHeld',
  ({ name, files, goesOnOn }) => ({
    subject: oneLine(`Closing ${name} waits for a delivery`),
    text: `${name} is being closed, and it is not known whether the bank has: ${files}. Ask the bank. Then one person says under Payments what it answered, and another who did not write the file confirms it. Nothing is sent any more. Closing goes on when it is settled, and on ${goesOnOn} even if it is not.`,
  }),
)

/** Tells, once, that a closing waits for somebody. @returns whether it did */
export async function tellHeld(tx: Tx, closing: Closing, held: readonly OnItsWay[], now: Date): Promise<boolean> {
  const asks = held.some(({ state }) => state === 'unknown')
  if (!asks && now.getTime() - Date.parse(closing.closingAt) < QUIET_MS) return false
  const told = await tx
    .update(organizations)
    .set({ closingHeldAt: now.toISOString() })
    .where(and(eq(organizations.id, closing.id), isNull(organizations.closingHeldAt)))
    .returning({ id: organizations.id })
  if (told.length === 0) return false
  const deliveries = held.map(({ id, fileName, state }) => ({ submissionId: id, fileName: shownText(fileName), state }))
  const goesOnOn = goesOnAt(closing).toISOString().slice(0, 10)
  await appendControlAuditEvent(tx, closing.id, now, {
    action: 'organization.closingHeld',
    actor: { type: 'system', id: 'closing' },
    via: { type: 'worker', id: null },
    targetType: 'organization',
    targetId: closing.id,
    outcome: 'failed',
    requestId: null,
    data: { deliveries, goesOnOn },
  })
  const files = deliveries.map(({ fileName }) => fileName).join(', ')
  const data = { name: closing.name, files, goesOnOn }
  await enqueueMailToAdministrators(tx, CLOSING_HELD_MAIL, { owner: closing.id, data, dedupeKey: 'held', now })
  return true
}
