import { type Occurrence, upcomingOccurrences } from '@fistworks/contract'
import { NETWORK_TIME_ZONE, zoneClock } from '@fistworks/nacha'
import { cutoffScheduleOf } from '../bank-connections/cutoffs.ts'
import { bankAccountStore } from '../bank-accounts/store.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { ReadContext } from '../context.ts'
import type { TemplateRow } from '../templates/table.ts'
import { lastStart, reachOf } from '../transmissions/batch-window.ts'
import { planTransmission } from '../transmissions/plan-transmission.ts'
import type { ScheduleRow } from './table.ts'

/** When files are made, on the clock of New York: early enough for a whole working day of approvals. */
const MADE_AT = '08:00'

export function nextOf(row: ScheduleRow): Occurrence | undefined {
  return upcomingOccurrences(row, row, 1)[0]
}

/** When the file of this payment is made and sent for approval. */
export function makesFileAt({ makesFileOn }: Occurrence): Date {
  return new Date(zoneClock(NETWORK_TIME_ZONE).instantOf(makesFileOn, MADE_AT))
}

/** What decides when a file of a template can still be sent. */
async function reaching(ctx: ReadContext, template: TemplateRow, paysOn: string) {
  const account = await bankAccountStore(ctx.db, ctx.organizationId).find(template.batches[0]?.bankAccountId ?? '')
  const connection =
    account === undefined
      ? undefined
      : await bankConnectionStore(ctx.db, ctx.organizationId).find(account.bankConnectionId)
  const batches = template.batches.map(({ secCode, entries }) => ({
    secCode,
    effectiveDate: paysOn,
    entries: entries.map(({ amountCents, direction }) => ({ amountCents: amountCents ?? 0, direction })),
  }))
  return { cutoffs: cutoffScheduleOf(connection?.cutoffs ?? null), batches }
}

/** Why a payment of this day cannot be made any more, in words; `null` while it can. */
export async function unreachable(
  ctx: ReadContext,
  template: TemplateRow,
  paysOn: string,
  transmit: ScheduleRow['transmit'],
): Promise<string | null> {
  const { cutoffs, batches } = await reaching(ctx, template, paysOn)
  const request = { batches, transmit: { when: transmit } }
  const { problems = [] } = planTransmission(request, { now: ctx.now.getTime(), cutoffs })
  return problems.length === 0 ? null : problems.map(({ message }) => message).join('; ')
}

/** The last moment at which the file of this payment can leave; `null` where no cutoff takes it. */
export async function lastMomentOf(ctx: ReadContext, template: TemplateRow, paysOn: string): Promise<Date | null> {
  const { cutoffs, batches } = await reaching(ctx, template, paysOn)
  const at = lastStart(batches, reachOf(cutoffs))
  return at === null ? null : new Date(at)
}
