import { expect, test } from 'vitest'
import { prove } from './tenancy.ts'

test('every operation answers every kind of caller as the document says, and tells nobody of another tenant', {
  timeout: 900_000,
}, async () => {
  const { figures, breaches } = await prove({ rounds: 1, seed: 1, log: (line) => console.log(line) })
  expect(breaches).toEqual([])
  expect(figures.checks).toBeGreaterThan(1000)
})
