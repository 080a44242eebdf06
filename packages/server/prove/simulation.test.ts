import { rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { runSeed } from './simulation/run-seed.ts'
import { buildTemplate, scratchFolder } from './simulation/template.ts'
import { defaults, prove } from './simulation.ts'

const SEED = 1

test('whatever fails, each file is at its bank once and as approved, and nothing acknowledged is lost', {
  timeout: 600_000,
}, async () => {
  const { figures, breaches } = await prove({ rounds: defaults.rounds, seed: SEED, log: () => {} })
  expect(breaches).toEqual([])
  expect(figures).toMatchObject({ seeds: defaults.rounds })
  expect(figures.faults, 'faults that were met').toBeGreaterThan(defaults.rounds)
})

test('a seed always gives the same steps', { timeout: 120_000 }, async () => {
  const root = scratchFolder()
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const template = await buildTemplate(root)
  for (const seed of [3, 4, 7]) {
    const [first, second] = [await runSeed(seed, template, root), await runSeed(seed, template, root)]
    expect(second.hash).toBe(first.hash)
  }
})
