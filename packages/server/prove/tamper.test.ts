import { expect, test } from 'vitest'
import { prove } from './tamper.ts'

test('whatever is changed in a log of 100 events is noticed', { timeout: 120_000 }, async () => {
  const { figures, breaches } = await prove({ rounds: 100, seed: 1, log: () => {} })
  expect(breaches).toEqual([])
  expect(figures.events).toBe(100)
})
