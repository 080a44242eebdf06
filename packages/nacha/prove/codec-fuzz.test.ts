import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { examine, examineStream, prove } from './codec-fuzz.ts'

test('20,000 mutated files neither throw nor hang nor lose anything', { timeout: 60_000 }, async () => {
  const { breaches, figures } = await prove({ rounds: 20_000, seed: 20_261_120, log: () => undefined })
  expect(breaches).toEqual([])
  expect(figures.readable).toBeGreaterThan(1_000)
})

const folder = new URL('../test-data/crashers/', import.meta.url)
const crashers = readdirSync(folder)

test.each(crashers)('%s broke the codec once and is read, in pieces of any size too', async (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)))
  expect(() => examine(bytes)).not.toThrow()
  for (const size of [1, 7, 93, 94, 95, 10_000]) await expect(examineStream(bytes, size)).resolves.toBeUndefined()
})

test('there are inputs that once broke the codec', () => {
  expect(crashers.length).toBeGreaterThan(0)
})
