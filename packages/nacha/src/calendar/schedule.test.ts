import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBankingDay } from '../banking-day.ts'
import {
  type CutoffSchedule,
  latestEffectiveDate,
  nextEffectiveDate,
  OPERATOR_SCHEDULE,
  openCutoffs,
  sendingWindow,
} from './schedule.ts'

/** A bank on the west coast: same day until 11:00, next day until 18:00, all by its own clock. */
const WEST: CutoffSchedule = {
  timeZone: 'America/Los_Angeles',
  cutoffs: [
    { by: '11:00', leadDays: 0, name: 'same day' },
    { by: '18:00', leadDays: 1, name: 'next day' },
  ],
}
/** A bank that wants credits two days before. */
const SLOW: CutoffSchedule = { timeZone: 'America/Chicago', cutoffs: [{ by: '15:00', leadDays: 2 }] }

const utc = (ms: number) => new Date(ms).toISOString()

function next(at: string, schedule: CutoffSchedule, sameDay: boolean) {
  const { effectiveDate, sendBy, cutoffs } = nextEffectiveDate(at, schedule, { sameDay })
  return [effectiveDate, utc(sendBy), cutoffs.map(({ cutoff }) => cutoff.name)]
}

describe('the Operators’ schedule', () => {
  test.each([
    // Wednesday 18 November 2026, winter time: 5 hours behind UTC.
    ['2026-11-18T15:30:00Z', true, ['2026-11-18', '2026-11-18T21:45:00.000Z', ['sameDay1', 'sameDay2', 'sameDay3']]],
    ['2026-11-18T15:30:00.001Z', true, ['2026-11-18', '2026-11-18T21:45:00.000Z', ['sameDay2', 'sameDay3']]],
    ['2026-11-18T21:45:00Z', true, ['2026-11-18', '2026-11-18T21:45:00.000Z', ['sameDay3']]],
    [
      '2026-11-18T21:45:00.001Z',
      true,
      ['2026-11-19', '2026-11-19T21:45:00.000Z', ['nextDay', 'sameDay1', 'sameDay2', 'sameDay3']],
    ],
    ['2026-11-18T15:30:00Z', false, ['2026-11-19', '2026-11-19T07:15:00.000Z', ['nextDay']]],
    // 02:15 in the night still belongs to Wednesday; a millisecond later it is Thursday's work.
    ['2026-11-19T07:15:00Z', false, ['2026-11-19', '2026-11-19T07:15:00.000Z', ['nextDay']]],
    ['2026-11-19T07:15:00.001Z', false, ['2026-11-20', '2026-11-20T07:15:00.000Z', ['nextDay']]],
    // Friday night, and from then on Monday.
    ['2026-11-21T07:15:00Z', false, ['2026-11-23', '2026-11-21T07:15:00.000Z', ['nextDay']]],
    ['2026-11-21T07:15:00.001Z', false, ['2026-11-24', '2026-11-24T07:15:00.000Z', ['nextDay']]],
    // Thanksgiving is on Thursday the 26th.
    ['2026-11-25T22:00:00Z', false, ['2026-11-27', '2026-11-26T07:15:00.000Z', ['nextDay']]],
    ['2026-11-26T12:00:00Z', true, ['2026-11-27', '2026-11-27T21:45:00.000Z', ['sameDay1', 'sameDay2', 'sameDay3']]],
  ] as const)('sent at %s, same day %s', (at, sameDay, expected) => {
    expect(next(at, OPERATOR_SCHEDULE, sameDay)).toEqual(expected)
  })

  test('a window exists from its first day', () => {
    expect(next('2021-03-18T20:00:00Z', OPERATOR_SCHEDULE, true)[0]).toBe('2021-03-19')
    expect(next('2021-03-19T20:00:00Z', OPERATOR_SCHEDULE, true)).toEqual([
      '2021-03-19',
      '2021-03-19T20:45:00.000Z',
      ['sameDay3'],
    ])
  })

  test('on the nights in which clocks change the deadline is where the clock shows it', () => {
    // Spring: 02:15 does not exist on Sunday 8 March; it is Saturday, no processing day: Friday night ends on Saturday.
    expect(next('2026-03-07T07:15:00Z', OPERATOR_SCHEDULE, false)).toEqual([
      '2026-03-09',
      '2026-03-07T07:15:00.000Z',
      ['nextDay'],
    ])
    expect(next('2026-03-09T06:16:00Z', OPERATOR_SCHEDULE, false)[0]).toBe('2026-03-10')
    expect(next('2026-03-10T06:15:00Z', OPERATOR_SCHEDULE, false)[0]).toBe('2026-03-10')
    expect(next('2026-11-03T07:15:00Z', OPERATOR_SCHEDULE, false)[0]).toBe('2026-11-03')
    expect(next('2026-11-03T07:16:00Z', OPERATOR_SCHEDULE, false)[0]).toBe('2026-11-04')
  })
})

describe('the schedule of a bank', () => {
  test.each([
    // Friday before and Monday after the clocks go forward on 8 March 2026 (8, then 7 hours behind UTC).
    ['2026-03-06T19:00:00Z', WEST, true, '2026-03-06'],
    ['2026-03-06T19:00:01Z', WEST, true, '2026-03-09'],
    ['2026-03-07T02:00:00Z', WEST, false, '2026-03-09'],
    ['2026-03-07T02:00:01Z', WEST, false, '2026-03-10'],
    ['2026-03-10T01:00:00Z', WEST, false, '2026-03-10'],
    ['2026-03-10T01:00:01Z', WEST, false, '2026-03-11'],
    // And back on 1 November.
    ['2026-10-31T01:00:00Z', WEST, false, '2026-11-02'],
    ['2026-11-03T02:00:00Z', WEST, false, '2026-11-03'],
    ['2026-11-03T02:00:01Z', WEST, false, '2026-11-04'],
    // Independence Day is on a Saturday: Friday the 3rd is open.
    ['2026-07-01T20:00:00Z', SLOW, true, '2026-07-03'],
    ['2026-07-01T20:00:01Z', SLOW, true, '2026-07-06'],
  ] as const)('sent at %s', (at, schedule, sameDay, expected) => {
    expect(nextEffectiveDate(at, schedule, { sameDay }).effectiveDate).toBe(expected)
  })

  test('without a cutoff that may be used it says so', () => {
    const onlySameDay = { ...WEST, cutoffs: WEST.cutoffs.slice(0, 1) }
    expect(() => nextEffectiveDate('2026-11-20T12:00:00Z', onlySameDay, { sameDay: false })).toThrow(
      'no next-day cutoff',
    )
  })
})

describe('when to send for a date', () => {
  test('credits go at most two banking days before, debits one, until the last cutoff', () => {
    expect(latestEffectiveDate('2026-11-25', 'credit')).toBe('2026-11-30')
    expect(latestEffectiveDate('2026-11-25', 'debit')).toBe('2026-11-27')
    const credit = sendingWindow('2026-11-30', WEST, { sameDay: false, direction: 'credit' })
    expect([credit.notBefore, utc(credit.sendBy)]).toEqual(['2026-11-25', '2026-11-28T02:00:00.000Z'])
    const debit = sendingWindow('2026-11-30', WEST, { sameDay: true, direction: 'debit' })
    expect([debit.notBefore, utc(debit.sendBy)]).toEqual(['2026-11-27', '2026-11-30T19:00:00.000Z'])
  })

  test('a closed day, and a cutoff that is too early for debits, are refused', () => {
    expect(() => sendingWindow('2026-11-26', WEST, { sameDay: true, direction: 'credit' })).toThrow(
      '2026-11-26 is no banking day: take 2026-11-25 or 2026-11-27',
    )
    expect(() => sendingWindow('2026-11-25', SLOW, { sameDay: true, direction: 'debit' })).toThrow('has no cutoff')
  })
})

const instant = fc.integer({ min: Date.UTC(2022, 0), max: Date.UTC(2035, 0) })
const anySchedule = fc.constantFrom(OPERATOR_SCHEDULE, WEST, SLOW)

test('sending later never gives an earlier date, and every date is a banking day', () => {
  fc.assert(
    fc.property(anySchedule, instant, fc.integer({ min: 0, max: 5 * 86_400_000 }), (schedule, at, later) => {
      const one = nextEffectiveDate(at, schedule, { sameDay: true })
      const two = nextEffectiveDate(at + later, schedule, { sameDay: true })
      expect(one.effectiveDate <= two.effectiveDate).toBe(true)
      expect(isBankingDay(one.effectiveDate)).toBe(true)
    }),
  )
})

test('a file sent by the named moment still reaches the date, a millisecond later it does not', () => {
  fc.assert(
    fc.property(anySchedule, instant, fc.boolean(), (schedule, at, wanted) => {
      const sameDay = wanted || schedule === SLOW
      const { effectiveDate, sendBy } = nextEffectiveDate(at, schedule, { sameDay })
      expect(sendBy).toBeGreaterThanOrEqual(at)
      expect(nextEffectiveDate(sendBy, schedule, { sameDay }).effectiveDate).toBe(effectiveDate)
      expect(nextEffectiveDate(sendBy + 1, schedule, { sameDay }).effectiveDate > effectiveDate).toBe(true)
      expect(sendingWindow(effectiveDate, schedule, { sameDay, direction: 'credit' }).sendBy).toBe(sendBy)
    }),
  )
})

test('open cutoffs come in order of time and have not passed', () => {
  fc.assert(
    fc.property(anySchedule, instant, (schedule, at) => {
      const moments = openCutoffs(at, schedule).map((each) => each.cutoffAt)
      expect(moments).toEqual(moments.toSorted((a, b) => a - b))
      expect(moments[0]).toBeGreaterThanOrEqual(at)
    }),
  )
})
