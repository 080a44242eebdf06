import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from './day-number.ts'
import { dateOfJulianDay, julianDay } from './julian-day.ts'

test.each([
  ['2026-01-01', '001'],
  ['2026-12-31', '365'],
  ['2028-02-29', '060'],
  ['2028-12-31', '366'],
])('%s is day %s of its year', (date, julian) => {
  expect(julianDay(date)).toBe(julian)
})

test.each([
  ['002', '2026-12-31', '2027-01-02'],
  ['365', '2027-01-04', '2026-12-31'],
  ['325', '2026-11-20', '2026-11-21'],
  ['366', '2029-01-02', '2028-12-31'],
  ['366', '2028-12-29', '2028-12-31'],
  ['366', '2026-06-01', null],
  ['000', '2026-06-01', null],
  ['367', '2026-06-01', null],
  ['12', '2026-06-01', null],
  ['1 2', '2026-06-01', null],
])('day %s near %s is %s', (julian, near, date) => {
  expect(dateOfJulianDay(julian, near)).toBe(date)
})

test('a day within 180 days of the creation date is found again', () => {
  const day = fc.integer({ min: 0, max: 30_000 }).map((count) => addDays('2001-01-01', count))
  fc.assert(
    fc.property(day, fc.integer({ min: -180, max: 180 }), (near, away) => {
      const date = addDays(near, away)
      expect(dateOfJulianDay(julianDay(date), near)).toBe(date)
    }),
  )
})

test('what it is near to must be a day', () => {
  expect(() => dateOfJulianDay('001', '2026-02-30')).toThrow(RangeError)
})
