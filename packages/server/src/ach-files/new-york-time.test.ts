import { describe, expect, it } from 'vitest'
import { daysBetween, newYorkTime } from './new-york-time.ts'

describe('the clock of New York', () => {
  it.each([
    ['2026-01-01T04:59:59Z', '2025-12-31', '2359'],
    ['2026-01-01T05:00:00Z', '2026-01-01', '0000'],
    ['2026-07-01T03:59:00Z', '2026-06-30', '2359'],
    ['2026-07-01T04:00:00Z', '2026-07-01', '0000'],
    ['2026-03-08T07:00:00Z', '2026-03-08', '0300'],
    ['2026-11-01T05:30:00Z', '2026-11-01', '0130'],
  ])('at %s shows %s %s', (instant, date, time) => {
    expect(newYorkTime(new Date(instant))).toEqual({ date, time })
  })

  it('counts days over months, leap days and the change of clocks', () => {
    expect(daysBetween('2026-11-23', '2026-11-23')).toBe(0)
    expect(daysBetween('2026-10-31', '2026-11-02')).toBe(2)
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
    expect(daysBetween('2026-11-23', '2026-11-20')).toBe(-3)
  })
})
