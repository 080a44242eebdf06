import { expect, test } from 'vitest'
import { type ProofResult, readArguments, runProof } from './prove.ts'

async function run(result: ProofResult) {
  const lines: string[] = []
  const proof = { defaults: { rounds: 7 }, prove: async () => result }
  const chosen = { name: 'x', rounds: undefined, seed: 42 }
  return { code: await runProof(proof, chosen, (line) => lines.push(line)), lines }
}

test('figures, rounds and seed are printed, no breach is 0', async () => {
  const { code, lines } = await run({ figures: { 'writes lost': 0 }, breaches: [] })
  expect(code).toBe(0)
  expect(lines).toEqual(['rounds: 7', 'seed: 42', 'figure: writes lost = 0', 'no breach'])
})

test('one breach is told and is 1', async () => {
  const { code, lines } = await run({ figures: {}, breaches: ['write 3 was lost'] })
  expect(code).toBe(1)
  expect(lines).toContain('breach: write 3 was lost')
})

test('options are read', () => {
  expect(readArguments(['crash', '--rounds', '9', '--seed', '0'])).toEqual({ name: 'crash', rounds: 9, seed: 0 })
})

test.each([['--rounds', 'x'], ['--rounds'], ['--seed', '-1'], ['--round', '3'], ['a', 'b', 'c']])(
  '%s %s is refused',
  (...words) => {
    expect(() => readArguments(words)).toThrow(/whole number|not understood/)
  },
)

test('a scope goes to a proof that has it, and to no other', async () => {
  expect(readArguments(['mutation', 'vault'])).toMatchObject({ name: 'mutation', scope: 'vault' })
  const asked: unknown[] = []
  const prove = async ({ scope }: { scope?: string }) => {
    asked.push(scope)
    return { figures: {}, breaches: [] }
  }
  const chosen = { name: 'x', scope: 'b', rounds: 1, seed: 1 }
  expect(await runProof({ defaults: { rounds: 1 }, scopes: ['a', 'b'], prove }, chosen, () => {})).toBe(0)
  expect(asked).toEqual(['b'])
  await expect(runProof({ defaults: { rounds: 1 }, scopes: ['a'], prove }, chosen, () => {})).rejects.toThrow(
    'Scopes: a',
  )
  await expect(runProof({ defaults: { rounds: 1 }, prove }, chosen, () => {})).rejects.toThrow('Scopes: none')
})
