import { expect, test } from 'vitest'
import { SEALED_VALUES } from '../src/keys/testing/sealed-world.ts'
import { prove } from './transplant.ts'

test('a sealed value opens nowhere but in its place, and with no bit changed', { timeout: 120_000 }, async () => {
  const { figures, breaches } = await prove({ rounds: 2, seed: 1, log: () => {} })
  expect(breaches).toEqual([])
  // Rows of two rounds of both organizations, before and after a rotation; the places are those of after it.
  const places = 4 * SEALED_VALUES
  const values = 2 * places
  expect(figures).toMatchObject({ values, atHome: values, transplants: values * (places - 1), opened: 0 })
  expect(figures.bits).toBeGreaterThan(10_000)
})
