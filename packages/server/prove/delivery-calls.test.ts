import { expect, test } from 'vitest'
import { defaults, prove } from './delivery-calls.ts'

test('whichever call to the bank or the database fails, a file ends with one copy, none and a word, or a person asked', {
  timeout: 600_000,
}, async () => {
  const { figures, breaches } = await prove({ ...defaults, seed: 1, log: () => {} })
  expect(breaches).toEqual([])
  expect(figures['calls']).toBeGreaterThan(200)
})
