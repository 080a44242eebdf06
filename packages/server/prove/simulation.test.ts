import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { PLANTED } from './simulation/planted.ts'
import { runSeed } from './simulation/run-seed.ts'
import { buildTemplate, scratchFolder } from './simulation/template.ts'
import { defaults, prove } from './simulation.ts'

const SEED = 1

test('whatever fails, each file is at its bank once and as approved, and nothing acknowledged is lost', {
  timeout: 1_200_000,
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

const HUNTED = [
  'no look before sending',
  'an ambiguous rename counts as refused',
  'one person resolves',
  'written under its final name at once',
  'the job of a delivery is forgotten',
  'events are written and told to nobody',
  'trace numbers repeat',
  'what arrived is not compared',
  'part files of earlier attempts stay',
  'nobody asks whether deliveries are stopped',
  'nobody asks whether the operator stopped all deliveries',
  'what follows a state is another transaction',
  'a changed account does not reopen the files that pay to it',
  'nobody waits for the next payment of a schedule',
  'a schedule does not note that a payment was made',
  // Each of these has a second line, which is taken away as well.
  'a canceled file leaves its delivery alone, which asks nobody',
  'neither the lease nor the fencing token is asked for',
  'neither a reopened file nor the hash holds a changed account back',
]

test.each(HUNTED)('the simulation finds a planted fault: %s', { timeout: 300_000 }, async (name) => {
  const program = fileURLToPath(new URL('simulation/hunt.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@fistworks/source', program, name])
  expect(JSON.parse(stdout)).toMatchObject({ seed: expect.any(Number), why: expect.any(String) })
})

test.each(PLANTED)('there is still a place for the planted fault: $name', ({ edits }) => {
  for (const { file, find } of edits) {
    const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
    expect(source.split(find)).toHaveLength(2)
  }
})
