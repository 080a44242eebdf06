import { expect, test } from 'vitest'
import { prove } from './submission-workers.ts'

test('three processes that are stopped at random deliver each file once', { timeout: 300_000 }, async () => {
  const { figures, breaches } = await prove({ rounds: 9, seed: 20_261_121, log: () => {} })
  expect(breaches).toEqual([])
  expect(figures.files).toBe(9)
  expect(figures.delivered + figures.failed + figures.unknown).toBe(9)
})
