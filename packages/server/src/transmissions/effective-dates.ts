import type { EffectiveDates, EffectiveDatesQuery, Id, OfferedDate } from '@fistworks/contract'
import { addBankingDays, bankingDayOnOrAfter, type Direction, sameDayLimitCents, zoneClock } from '@fistworks/nacha'
import { bankAccountStore } from '../bank-accounts/store.ts'
import { cutoffScheduleOf } from '../bank-connections/cutoffs.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { ReadContext } from '../context.ts'
import { notFound } from '../problem-error.ts'
import { reachOf } from './batch-window.ts'
import { type Circumstances, planTransmission } from './plan-transmission.ts'

const OFFERED = 8
/** Banking days that are looked through: cutoffs may reach none of them. */
const LOOKED_THROUGH = 15

/** The next dates that a file of this account can have, and when it would leave for each. */
export async function effectiveDates(
  ctx: ReadContext,
  id: string,
  query: EffectiveDatesQuery,
): Promise<EffectiveDates> {
  const account = await bankAccountStore(ctx.db, ctx.organizationId).find(id)
  if (account === undefined) throw notFound('bank account')
  const connection = await bankConnectionStore(ctx.db, ctx.organizationId).find(account.bankConnectionId)
  const { direction = 'credit' } = query
  const circumstances = { now: ctx.now.getTime(), cutoffs: cutoffScheduleOf(connection?.cutoffs ?? null) }
  const bankAccountId: Id<'bac'> = account.id
  return { type: 'effectiveDates', bankAccountId, direction, dates: offeredDates(circumstances, direction) }
}

export function offeredDates(circumstances: Circumstances, direction: Direction): OfferedDate[] {
  const { schedule } = reachOf(circumstances.cutoffs)
  const found: OfferedDate[] = []
  let date = bankingDayOnOrAfter(zoneClock(schedule.timeZone).at(circumstances.now).date)
  for (let looked = 0; looked < LOOKED_THROUGH && found.length < OFFERED; looked++) {
    const batches = [{ secCode: 'CCD', effectiveDate: date, entries: [{ amountCents: 1, direction }] }]
    const { transmission } = planTransmission({ batches, transmit: { when: 'now' } }, circumstances)
    if (transmission !== undefined) {
      const sameDay = transmission.batches[0]?.sameDay === true
      found.push({
        effectiveDate: date,
        leavesAt: new Date(transmission.leavesAt).toISOString(),
        deliverBy: transmission.deliverBy === null ? null : new Date(transmission.deliverBy).toISOString(),
        sameDay,
        mostPerEntryCents: sameDay ? sameDayLimitCents(date) : null,
      })
    }
    date = addBankingDays(date, 1)
  }
  return found
}
