import { expect, test } from 'vitest'
import { type SameDayEntry, sameDayIndicator, sameDayLimitCents, sameDayProblem } from './same-day.ts'

const ENTRY: SameDayEntry = { secCode: 'CCD', amountCents: 2_500_001, direction: 'credit' }

test.each([
  ['2016-09-22', null],
  ['2016-09-23', 2_500_000],
  ['2020-03-19', 2_500_000],
  ['2020-03-20', 10_000_000],
  ['2022-03-17', 10_000_000],
  ['2022-03-18', 100_000_000],
  ['2026-11-20', 100_000_000],
])('on %s an entry may carry %s cents', (on, cents) => {
  expect(sameDayLimitCents(on)).toBe(cents)
})

test('the limit counts by the day, the direction by its first day, IAT never', () => {
  expect(sameDayProblem(ENTRY, '2020-03-19')).toEqual({ reason: 'amount', limitCents: 2_500_000 })
  expect(sameDayProblem(ENTRY, '2020-03-20')).toBeNull()
  const debit = { ...ENTRY, direction: 'debit', amountCents: 1 } as const
  expect(sameDayProblem(debit, '2017-09-14')).toEqual({ reason: 'not_yet', since: '2017-09-15' })
  expect(sameDayProblem(debit, '2017-09-15')).toBeNull()
  expect(sameDayProblem({ ...ENTRY, amountCents: 1, secCode: 'IAT' }, '2026-11-20')).toEqual({ reason: 'sec_code' })
})

test('a return may be of any amount and SEC code', () => {
  const entry = { secCode: 'IAT', amountCents: 9_999_999_999, direction: 'debit', isReturn: true } as const
  expect(sameDayProblem(entry, '2026-11-20')).toBeNull()
})

test('another limit is another row', () => {
  const limits = [{ from: '2027-01-01', value: 1_000_000_000 }]
  expect(sameDayProblem({ ...ENTRY, amountCents: 1_000_000_000 }, '2027-01-01', limits)).toBeNull()
  expect(sameDayProblem(ENTRY, '2026-12-31', limits)).toEqual({ reason: 'not_yet', since: '2016-09-23' })
})

test('the sign of a same-day window is read, a wrong time noticed, other text left alone', () => {
  expect(sameDayIndicator('SD1300')).toMatchObject({ key: 'sameDay1' })
  expect(sameDayIndicator('SD1800 ')).toMatchObject({ settlesAt: '18:00' })
  expect(sameDayIndicator('SD1500')).toBe('unknown')
  expect(sameDayIndicator('NOV 20')).toBeNull()
  expect(sameDayIndicator('')).toBeNull()
})
