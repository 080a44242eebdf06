import { expect, test } from 'vitest'
import { expectedSettlement } from './expected-settlement.ts'
import type { SameDayEntry } from './same-day.ts'

const PAY: SameDayEntry = { secCode: 'PPD', amountCents: 100_000_000, direction: 'credit' }
const COLLECT: SameDayEntry = { ...PAY, direction: 'debit' }
const ABOVE = { ...PAY, amountCents: 100_000_001 }
const ABROAD = { ...PAY, secCode: 'IAT' }

/** Wednesday 18 November 2026. */
const MORNING = '2026-11-18T14:00:00Z'
const EVENING = '2026-11-18T22:00:00Z'
const NIGHT = '2026-11-19T06:00:00Z'

test.each([
  ['today in the morning', PAY, '2026-11-18', MORNING, '2026-11-18', 'sameDay1', 'as_asked'],
  ['today before the second deadline', PAY, '2026-11-18', '2026-11-18T19:45:00Z', '2026-11-18', 'sameDay2', 'as_asked'],
  ['today in the evening', PAY, '2026-11-18', EVENING, '2026-11-19', 'nextDay', 'missed_window'],
  ['today above the limit', ABOVE, '2026-11-18', MORNING, '2026-11-19', 'nextDay', 'not_same_day'],
  ['today as IAT', ABROAD, '2026-11-18', MORNING, '2026-11-19', 'nextDay', 'not_same_day'],
  ['tomorrow, sent in the night', PAY, '2026-11-19', NIGHT, '2026-11-19', 'nextDay', 'as_asked'],
  ['today, sent in the night before', PAY, '2026-11-18', NIGHT, '2026-11-19', 'nextDay', 'missed_window'],
  ['no date in the morning', PAY, null, MORNING, '2026-11-18', 'sameDay1', 'missing'],
  ['no date in the evening', PAY, null, EVENING, '2026-11-19', 'nextDay', 'missing'],
  ['no date above the limit', ABOVE, null, MORNING, '2026-11-19', 'nextDay', 'missing'],
  ['last week', PAY, '2026-11-11', MORNING, '2026-11-18', 'sameDay1', 'past'],
  ['last week as IAT', ABROAD, '2026-11-10', MORNING, '2026-11-19', 'nextDay', 'past'],
  ['a Saturday', PAY, '2026-11-21', '2026-11-20T14:00:00Z', '2026-11-23', 'nextDay', 'closed_day'],
  ['Thanksgiving', COLLECT, '2026-11-26', '2026-11-25T14:00:00Z', '2026-11-27', 'nextDay', 'closed_day'],
  ['two days ahead', PAY, '2026-11-20', MORNING, '2026-11-20', 'nextDay', 'as_asked'],
  ['three days ahead', PAY, '2026-11-23', MORNING, null, null, 'too_far'],
  ['a debit two days ahead', COLLECT, '2026-11-20', MORNING, null, null, 'too_far'],
] as const)('%s', (_what, entry, wanted, at, date, window, reason) => {
  const settled = expectedSettlement(entry, wanted, at)
  expect([settled.date, settled.window?.key ?? null, settled.reason]).toEqual([date, window, reason])
})

test('an entry that cannot settle the same day says why', () => {
  expect(expectedSettlement(ABOVE, '2026-11-18', MORNING).problem).toEqual({
    reason: 'amount',
    limitCents: 100_000_000,
  })
  expect(expectedSettlement(ABROAD, '2026-11-18', MORNING).problem).toEqual({ reason: 'sec_code' })
})
