import { expect, test } from 'vitest'
import { prove } from './database-faults.ts'

test('a server that fails at any request leaves each change stored once or told as 503, and no job lost or done twice', {
  timeout: 900_000,
}, async () => {
  const { figures, breaches } = await prove({ rounds: 1, seed: 20_261_121, log: () => {} })
  expect(breaches).toEqual([])
  expect(figures).toMatchObject({ operations: 19, kindsOfWork: 3 })
  expect(figures.faults).toBeGreaterThan(200)
})
