import { expect, test } from 'vitest'
import { prove } from './transplant.ts'

test('a sealed value opens nowhere but in its place, and with no bit changed', { timeout: 120_000 }, async () => {
  const { figures, breaches } = await prove({ rounds: 2, seed: 1, log: () => {} })
  expect(breaches).toEqual([])
  expect(figures).toMatchObject({ values: 72, atHome: 72, transplants: 72 * 35, opened: 0 })
  expect(figures.bits).toBeGreaterThan(10_000)
})
