import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { inWorkspace, root } from './workspace.ts'

/** What a proof is asked for: how often, from which seed, and where to tell of its progress. */
export interface ProofOptions {
  rounds: number
  seed: number
  /** Which of its scopes, for a proof that has some. */
  scope?: string
  log(line: string): void
}

/** What a proof found. One breach is enough to fail it. */
export interface ProofResult {
  figures: Record<string, string | number>
  breaches: string[]
}

interface Proof {
  prove(options: ProofOptions): Promise<ProofResult>
  defaults: { rounds: number }
  /** Words that may follow its name. */
  scopes?: readonly string[]
}

/** The command line of a proof. */
export interface ProofArguments {
  name: string | undefined
  scope?: string | undefined
  rounds: number | undefined
  seed: number | undefined
}

const folders = ['packages/server/prove', 'packages/nacha/prove', 'tools/prove']

/** Proofs by name: each is a file `<name>.ts` in one of the `prove` folders. */
function proofs(): Map<string, string> {
  const files = globSync(
    folders.map((folder) => `${folder}/*.ts`),
    { cwd: root, exclude: ['**/*.test.ts'] },
  )
  return new Map(files.sort().map((file) => [basename(file, '.ts'), file]))
}

function wholeNumber(option: string, text: string | undefined): number {
  const value = Number(text)
  if (text === undefined || text === '' || !Number.isSafeInteger(value) || value < 0) {
    throw new Error(`${option} takes a whole number from 0 up, not '${text ?? ''}'.`)
  }
  return value
}

/** Reads `NAME [SCOPE] [--rounds N] [--seed S]`, where `--trace` is the scope `trace`; throws on anything else, so that a mistyped option is never ignored. */
export function readArguments(words: readonly string[]): ProofArguments {
  const read: ProofArguments = { name: undefined, rounds: undefined, seed: undefined }
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--rounds') read.rounds = wholeNumber(word, rest.shift())
    else if (word === '--seed') read.seed = wholeNumber(word, rest.shift())
    else if (word === '--trace' && !read.scope) read.scope = 'trace'
    else if (word.startsWith('-') || read.scope) throw new Error(`'${word}' is not understood.`)
    else if (read.name) read.scope = word
    else read.name = word
  }
  return read
}

/** Runs a proof and prints its figures, its seed and every breach. Gives 0 only when there was none. */
export async function runProof(proof: Proof, { rounds, seed, scope }: ProofArguments, log: (line: string) => void) {
  if (scope !== undefined && !proof.scopes?.includes(scope)) {
    throw new Error(`'${scope}' is not understood. Scopes: ${proof.scopes?.join(', ') ?? 'none'}.`)
  }
  const part = scope === undefined ? {} : { scope }
  const chosen = { rounds: rounds ?? proof.defaults.rounds, seed: seed ?? Math.floor(Math.random() * 2 ** 31) }
  log(`rounds: ${chosen.rounds}`)
  log(`seed: ${chosen.seed}`)
  const { figures, breaches } = await proof.prove({ ...chosen, ...part, log })
  for (const [name, value] of Object.entries(figures)) log(`figure: ${name} = ${value}`)
  for (const breach of breaches) log(`breach: ${breach}`)
  log(breaches.length === 0 ? 'no breach' : `${breaches.length} breaches; --seed ${chosen.seed} replays them`)
  return breaches.length === 0 ? 0 : 1
}

/** `prove NAME …` from the words of a command line. */
export async function prove(words: readonly string[]): Promise<number> {
  const known = proofs()
  const usage = `Usage: pnpm prove NAME [SCOPE] [--rounds N] [--seed S]. Proofs: ${[...known.keys()].join(', ')}.`
  try {
    const chosen = readArguments(words)
    const file = known.get(chosen.name ?? '')
    if (!file) throw new Error(chosen.name ? `There is no proof '${chosen.name}'.` : 'Which proof?')
    const proof: Proof = await import(inWorkspace(file))
    return await runProof(proof, chosen, (line) => console.log(line))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    console.error(usage)
    return 2
  }
}
