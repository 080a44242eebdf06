import { expect, test } from 'vitest'
import { CRASH_POINTS, defaults, prove } from './submission.ts'

test('kill -9 at each state of a delivery and a new start end with exactly one complete file', {
  timeout: 300_000,
}, async () => {
  const { figures, breaches } = await prove({ ...defaults, seed: 20_261_121, log: () => {} })
  expect(breaches).toEqual([])
  expect(figures).toEqual({
    states: CRASH_POINTS.length,
    rounds: 1,
    delivered: CRASH_POINTS.length,
    unknown: 0,
    duplicates: 0,
    partials: 0,
  })
})
