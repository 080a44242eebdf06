import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { type Mutant, mutated } from './mutators.ts'
import { runTest, takeTests } from './small-vitest.ts'

/** What the parent asks: the tests of these files against this mutant, or against the source as it is. */
export interface Trial {
  readonly id: number
  readonly mutant: Mutant | null
  readonly tests: readonly string[]
}

/** The first test that failed, null when the mutant survived. */
export interface Verdict {
  readonly id: number
  readonly killedBy: string | null
  /** How long each file of tests took that was run to its end. */
  readonly tookMs: Readonly<Record<string, number>>
}

/** The folder of the source, given at the start. */
const source = pathToFileURL(`${process.argv[2]}/`).href
const shim = new URL('./small-vitest.ts', import.meta.url).href
const sources = new Map<string, string>()
let current: Mutant | null = null

function sourceOf(url: string): string {
  const text = sources.get(url) ?? readFileSync(fileURLToPath(url), 'utf8')
  sources.set(url, text)
  return current && url === `${source}${current.file}` ? mutated(text, current) : text
}

const codes = new Map<string, string>()

/** JavaScript of a file; all but the mutant's own is worked out once. */
function codeOf(url: string): string {
  const isMutated = current !== null && url === `${source}${current.file}`
  const code = (isMutated ? undefined : codes.get(url)) ?? stripTypeScriptTypes(sourceOf(url))
  if (!isMutated) codes.set(url, code)
  return code
}

/** A mutant may take all memory, or go on when nobody waits any more. Another thread looks, since this one may not come to it. */
const GUARD = `
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent || process.memoryUsage.rss() > 2_000_000_000) process.kill(process.pid, 'SIGKILL')
  }, 250)
`
new Worker(GUARD, { eval: true }).unref()

const importsOf = new Map<string, readonly string[]>()

/** The files of the project that a file imports. */
function imports(url: string): readonly string[] {
  const known = importsOf.get(url)
  if (known) return known
  const text = readFileSync(fileURLToPath(url), 'utf8')
  const found = [...text.matchAll(/^(?:import|export|\}) (?!type )[^\n]*?'(\.{1,2}\/[^']+)'|\bimport\('(\.[^']+)'\)/gm)]
  const urls = found.map(([, one = '', other = '']) => new URL(one || other, url).href)
  importsOf.set(url, urls)
  return urls
}

/** For each file, whether the mutant is in it or in what it imports. Files that have none of it are loaded once. */
const reached = new Map<string, boolean>()
function hasMutant(url: string): boolean {
  const known = reached.get(url)
  if (known !== undefined) return known
  reached.set(url, false)
  const has = current !== null && (url === `${source}${current.file}` || imports(url).some(hasMutant))
  reached.set(url, has)
  return has
}

// A trial's number behind the address of a module that has the mutant makes it a module of its own.
registerHooks({
  resolve(specifier, context, next) {
    const trial = /\?trial=\d+$/.exec(context.parentURL ?? '')?.[0]
    if (specifier === 'vitest') return { url: shim, format: 'module-typescript', shortCircuit: true }
    if (!trial || !specifier.startsWith('.')) return next(specifier, context)
    const url = new URL(specifier, context.parentURL).href
    return { url: hasMutant(url) ? url + trial : url, format: 'module', shortCircuit: true }
  },
  load(url, context, next) {
    const [path = '', trial] = url.split('?trial=')
    if (trial === undefined && !path.startsWith(source)) return next(url, context)
    return { format: 'module', source: codeOf(path), shortCircuit: true }
  },
})
fc.configureGlobal({ seed: 1, numRuns: 20 })

async function judge({ id, mutant, tests }: Trial): Promise<Verdict> {
  current = mutant
  reached.clear()
  const tookMs: Record<string, number> = {}
  for (const file of tests) {
    const since = performance.now()
    const killedBy = await failureIn(file, id)
    if (killedBy !== null) return { id, killedBy, tookMs }
    tookMs[file] = performance.now() - since
  }
  return { id, killedBy: null, tookMs }
}

async function failureIn(file: string, id: number): Promise<string | null> {
  let under = 'loading'
  try {
    await import(`${source}${file}?trial=${id}`)
    const { tests, beforeAll, afterAll } = takeTests()
    try {
      for (const [place, run] of beforeAll.entries()) {
        under = `before all, ${place}`
        await run()
      }
      for (const one of tests) {
        under = one.name
        await runTest(one)
      }
    } finally {
      for (const run of afterAll) await run()
    }
    return null
  } catch (error) {
    takeTests()
    return `${file}: ${under}: ${String(error)}`
  }
}

process.on('message', async (trial: Trial) => process.send?.(await judge(trial)))
