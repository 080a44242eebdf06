import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBankingDay } from '../banking-day.ts'
import { addDays } from './day-number.ts'
import { deadline, isMissed } from './deadline.ts'
import { DEADLINES, type DeadlineKey } from './deadline-table.ts'
import { reversalDeadline } from './reversal-deadline.ts'

/** Worked out on a paper calendar of 2026: Thanksgiving on Thursday 26 November, Christmas on a Friday. */
test.each([
  ['return2bd', '2026-11-24', '2026-11-27', 'opening'],
  ['return2bd', '2026-12-23', '2026-12-28', 'opening'],
  ['returnRefusedCredit', '2026-11-20', '2026-11-24', 'opening'],
  // The 60th day after 18 September is Tuesday 17 November.
  ['return60cd', '2026-09-18', '2026-11-18', 'opening'],
  // The 60th day is Wednesday 25 November, the next banking day Friday.
  ['return60cd', '2026-09-26', '2026-11-27', 'opening'],
  // The 60th day is Saturday 28 November.
  ['return60cd', '2026-09-29', '2026-11-30', 'opening'],
  ['returnAfterStatement', '2026-11-18', '2026-11-27', 'opening'],
  ['returnRequest', '2026-11-16', '2026-12-01', 'close'],
  ['dishonor', '2026-11-20', '2026-11-30', 'close'],
  ['contest', '2026-11-25', '2026-11-30', 'close'],
  ['noc', '2026-12-24', '2026-12-29', 'close'],
  ['nocToOriginator', '2026-11-20', '2026-11-24', 'close'],
  ['nocApply', '2026-11-20', '2026-12-01', 'close'],
  ['nocRefuse', '2026-11-20', '2026-12-05', 'close'],
  ['acknowledgmentRefuse', '2026-11-20', '2026-12-05', 'close'],
  ['reversal', '2026-11-20', '2026-11-30', 'close'],
  ['prenoteWait', '2026-11-20', '2026-11-25', 'earliest'],
  ['prenoteWait', '2014-09-17', '2014-09-25', 'earliest'],
  ['prenoteWait', '2014-09-18', '2014-09-23', 'earliest'],
  ['reinitiation', '2026-01-05', '2026-07-04', 'close'],
  ['correctedEntry', '2026-01-05', '2026-03-06', 'close'],
  ['reclamation', '2026-11-20', '2026-11-30', 'close'],
  ['proofOfAuthorization', '2026-11-16', '2026-12-01', 'close'],
] as const)('%s from %s ends on %s', (key, startsOn, date, edge) => {
  expect(deadline(key, startsOn)).toEqual({ key, date, edge })
})

test.each([
  ['returnAfterStatement', '2024-10-01'],
  ['returnRequest', '2025-04-01'],
  ['correctedEntry', '2020-04-01'],
] as const)('%s is a rule since %s', (key, since) => {
  expect(deadline(key, addDays(since, -1))).toBeNull()
  expect(deadline(key, since)).not.toBeNull()
})

test('on the day itself nothing is missed, a day later it is; a waiting time is missed a day before', () => {
  const due = deadline('return2bd', '2026-11-24')
  const wait = deadline('prenoteWait', '2026-11-20')
  if (!due || !wait) throw new Error('both are rules')
  expect([isMissed(due, '2026-11-27'), isMissed(due, '2026-11-28')]).toEqual([false, true])
  expect([isMissed(wait, '2026-11-24'), isMissed(wait, '2026-11-25')]).toEqual([true, false])
})

test('a reversal also goes out within 24 hours of discovery', () => {
  const due = reversalDeadline('2026-11-20', '2026-11-24T14:00:00-05:00')
  expect(due).toMatchObject({ date: '2026-11-30', sendBy: Date.UTC(2026, 10, 25, 19) })
  expect(reversalDeadline('2026-11-20').sendBy).toBeNull()
})

test('what is no date throws', () => {
  expect(() => deadline('noc', '20261120')).toThrow(RangeError)
  expect(() => reversalDeadline('2026-11-20', 'today')).toThrow('is no instant')
})

test('terms stand in order of time, and a later beginning never ends earlier under the same rule', () => {
  const keys = Object.keys(DEADLINES) as DeadlineKey[]
  for (const key of keys) {
    const dates = DEADLINES[key].terms.map((term) => term.from)
    expect(dates).toEqual(dates.toSorted())
  }
  const day = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('2025-04-01', count))
  fc.assert(
    fc.property(fc.constantFrom(...keys), day, day, (key, a, b) => {
      const [early, late] = a < b ? [a, b] : [b, a]
      const ends = [early, late].map((from) => deadline(key, from)?.date ?? '')
      expect((ends[0] ?? '') <= (ends[1] ?? '')).toBe(true)
      const { unit } = DEADLINES[key].terms.at(-1)?.value ?? { unit: 'calendar' }
      if (unit !== 'calendar') expect(isBankingDay(ends[0] ?? '')).toBe(true)
    }),
  )
})
