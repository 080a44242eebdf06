import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pauseAfter, retryAfterMs, waitAfter } from './retry-schedule.ts'

const HOUR = 3_600_000

test('ten tries: at once, then 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h after each other', () => {
  const waits = Array.from({ length: 10 }, (_, index) => waitAfter(index + 1, 0, null))
  const hours = [5 / 3600, 5 / 60, 0.5, 2, 5, 10, 14, 20, 24].map((one) => Math.round(one * HOUR))
  expect(waits).toEqual([...hours, null])
})

test('jitter makes a wait longer by at most a fifth; Retry-After is honoured up to a day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 100 * HOUR })),
      (tries, random, asked) => {
        const plain = waitAfter(tries, 0, null) ?? 0
        const wait = waitAfter(tries, random, asked) ?? 0
        expect(wait).toBeGreaterThanOrEqual(Math.max(plain, Math.min(asked ?? 0, 24 * HOUR)))
        expect(wait).toBeLessThanOrEqual(Math.max(Math.round(plain * 1.2), Math.min(asked ?? 0, 24 * HOUR)))
      },
    ),
  )
})

test('an endpoint that goes on failing is asked at most every five minutes, not once for each event', () => {
  expect([1, 2, 3, 7, 8, 1000].map((failures) => pauseAfter(failures, null))).toEqual([
    5_000, 10_000, 20_000, 300_000, 300_000, 300_000,
  ])
  expect(pauseAfter(1, HOUR)).toBe(HOUR)
})

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Mon, 23 Nov 2026 15:10:00 GMT', 600_000],
  ['Mon, 23 Nov 2026 14:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  [undefined, null],
])('Retry-After %s is %s ms', (header, ms) => {
  expect(retryAfterMs(header, new Date('2026-11-23T15:00:00Z'))).toBe(ms)
})
