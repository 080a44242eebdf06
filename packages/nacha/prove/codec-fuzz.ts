import { readdirSync, readFileSync } from 'node:fs'
import { decodeFile, encodeFile, fileTotals, type Profile, validateFile } from '../src/index.ts'

interface ProofOptions {
  rounds: number
  seed: number
  log(line: string): void
}

export const defaults = { rounds: 1_000_000 }

/** What one input may take at most: far above any real time, far below a hang. */
const MAXIMUM_MS = 2_000
const PROFILES: readonly Profile[] = ['standard', 'originate']
/** Bytes that mean something to the codec: line ends, record types, blanks, the start of a UTF-8 sequence. */
const TELLING = [0x0a, 0x0d, 0x1a, 0x20, 0x31, 0x35, 0x36, 0x37, 0x38, 0x39, 0xc3, 0xef]

/** Numbers from 0 below `limit` that follow from the seed (mulberry32). */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}

function corpus(): Uint8Array[] {
  return ['valid/', 'samples/', 'crashers/'].flatMap((name) => {
    const folder = new URL(`../test-data/${name}`, import.meta.url)
    const files = readdirSync(folder).filter((file) => file.endsWith('.ach'))
    return files.map((file) => new Uint8Array(readFileSync(new URL(file, folder))))
  })
}

function mutate(original: Uint8Array, random: (limit: number) => number): Uint8Array {
  let bytes = [...original]
  for (let left = random(8); left >= 0; left--) {
    const place = random(bytes.length)
    const kind = random(6)
    if (kind === 0) bytes[place] = random(256)
    else if (kind === 1) bytes[place] = TELLING[random(TELLING.length)] ?? 0
    else if (kind === 2) bytes.splice(place, 1 + random(100))
    else if (kind === 3) bytes.splice(place, 0, ...bytes.slice(random(bytes.length)).slice(0, 300))
    else if (kind === 4) bytes.splice(place, 0, ...Array.from({ length: random(5) }, () => random(256)))
    else bytes = bytes.slice(0, place + 1)
  }
  return Uint8Array.from(bytes)
}

const areEqual = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, index) => byte === b[index])

/** Everything that must hold of any bytes; true when they read as a file. Throws what does not hold. */
export function examine(bytes: Uint8Array): boolean {
  for (const profile of PROFILES) {
    for (const { line, column, message } of validateFile(bytes, { profile })) {
      if (line !== null && line < 1) throw new Error(`line ${line}`)
      if (column !== null && column < 1) throw new Error(`column ${column}`)
      if (message === '') throw new Error('a violation without message')
    }
  }
  const { file } = decodeFile(bytes)
  if (!file) return false
  for (const { entries } of file.batches) {
    if ([...entries].length !== entries.length) throw new Error('entries are lost')
  }
  const encoded = encodeFile(file)
  const again = decodeFile(encoded).file
  if (!again || !areEqual(encodeFile(again), encoded)) throw new Error('writing, reading and writing changes the file')
  if (JSON.stringify(fileTotals(again)) !== JSON.stringify(fileTotals(file))) throw new Error('totals change')
  return true
}

/** Mutated files never throw, never hang, and what reads as a file keeps its bytes. */
export async function prove({ rounds, seed, log }: ProofOptions) {
  const random = randomFrom(seed)
  const originals = corpus()
  const breaches: string[] = []
  let slowestMs = 0
  let readable = 0
  for (let round = 0; round < rounds && breaches.length < 10; round++) {
    const bytes = mutate(originals[random(originals.length)] ?? new Uint8Array(), random)
    const began = performance.now()
    try {
      if (examine(bytes)) readable++
    } catch (error) {
      breaches.push(`round ${round}: ${error} (${Buffer.from(bytes).toString('base64')})`)
    }
    const tookMs = performance.now() - began
    slowestMs = Math.max(slowestMs, tookMs)
    if (tookMs > MAXIMUM_MS) breaches.push(`round ${round}: took ${Math.round(tookMs)} ms`)
    if (round % 100_000 === 99_999) log(`${round + 1} inputs`)
  }
  return { figures: { inputs: rounds, readable, 'slowest ms': Math.round(slowestMs) }, breaches }
}
