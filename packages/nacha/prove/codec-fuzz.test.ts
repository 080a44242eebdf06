import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { examine, prove } from './codec-fuzz.ts'

test('20,000 mutated files neither throw nor hang nor lose anything', { timeout: 60_000 }, async () => {
  const { breaches, figures } = await prove({ rounds: 20_000, seed: 20_261_120, log: () => undefined })
  expect(breaches).toEqual([])
  expect(figures.readable).toBeGreaterThan(1_000)
})

test('every input that once broke the codec is read', () => {
  const folder = new URL('../test-data/crashers/', import.meta.url)
  const names = readdirSync(folder)
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) expect(() => examine(new Uint8Array(readFileSync(new URL(name, folder))))).not.toThrow()
})
