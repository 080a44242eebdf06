import { expect, test } from 'vitest'
import { defaults, prove } from './delivery-calls.ts'

test('whichever call fails, a file ends with one copy, none and a word, or a person asked, a return lands once, a payment of a schedule has one file', {
  timeout: 1_200_000,
}, async () => {
  const { figures, breaches } = await prove({ ...defaults, seed: 1, log: () => {} })
  expect(breaches).toEqual([])
  expect(figures['calls']).toBeGreaterThan(600)
})
