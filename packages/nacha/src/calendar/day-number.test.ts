import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayNumber, daysBetween } from './day-number.ts'

const number = fc.integer({ min: -719_000, max: 2_900_000 })

test('day numbers are those of the engine’s calendar, there and back', () => {
  fc.assert(
    fc.property(number, (days) => {
      const date = new Date(days * 86_400_000).toISOString()
      fc.pre(date.length === 24)
      expect(dayNumber(date.slice(0, 10))).toBe(days)
      expect(addDays('1970-01-01', days)).toBe(date.slice(0, 10))
    }),
  )
})

test('calendar days go over months, leap days and years', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  expect(addDays('2027-02-28', 1)).toBe('2027-03-01')
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  expect(daysBetween('2026-12-31', '2026-01-01')).toBe(-364)
  expect(addDays('0000-01-01', 0)).toBe('0000-01-01')
})

test('what is no day, no whole number or leaves the calendar throws', () => {
  expect(() => addDays('2027-02-29', 1)).toThrow("'2027-02-29' is not a date of the form YYYY-MM-DD")
  expect(() => addDays('2026-01-01', 0.5)).toThrow(RangeError)
  expect(() => addDays('9999-12-31', 1)).toThrow('leave the calendar')
  expect(() => addDays('0000-01-01', -1)).toThrow('leave the calendar')
})
