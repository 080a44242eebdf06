import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fullJitter } from './backoff.ts'

test('the bound doubles from five seconds up to fifteen minutes', () => {
  const almostOne = 1 - Number.EPSILON
  const bounds = [1, 2, 3, 8, 9, 1_000_000].map((attempt) => Math.ceil(fullJitter(attempt, almostOne) / 1000))
  expect(bounds).toEqual([5, 10, 20, 640, 900, 900])
})

test('a wait is anything from nothing to the bound', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const ms = fullJitter(attempt, random)
        expect(Number.isInteger(ms) && ms >= 0 && ms <= 15 * 60_000).toBe(true)
      },
    ),
  )
})
