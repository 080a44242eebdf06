import { readdirSync, readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  type AchFile,
  decodeFile,
  encodeFile,
  encodeStream,
  fileTotals,
  type Profile,
  validateFile,
  validateStream,
} from '../src/index.ts'
import { randomFrom } from './fuzz/random.ts'

interface ProofOptions {
  rounds: number
  seed: number
  log(line: string): void
}

export const defaults = { rounds: 1_000_000 }

/** What 10 kB may take at most; more bytes may take more in proportion. */
const MAXIMUM_MS_PER_10_KB = 50
/** Of so many inputs one is also read as a stream, in pieces. */
const STREAMED = 20
const MAXIMUM_GROWTH_MEBIBYTES = 32
const RECORD = 94
const PROFILES: readonly Profile[] = ['standard', 'originate', 'lenient']
/** Bytes that mean something to the codec: line ends, record types, blanks, the start of a UTF-8 sequence. */
const TELLING = [0x0a, 0x0d, 0x1a, 0x20, 0x31, 0x35, 0x36, 0x37, 0x38, 0x39, 0xc3, 0xef]

function corpus(): Uint8Array[] {
  return ['valid/', 'samples/', 'crashers/'].flatMap((name) => {
    const folder = new URL(`../test-data/${name}`, import.meta.url)
    const files = readdirSync(folder).filter((file) => file.endsWith('.ach'))
    return files.map((file) => new Uint8Array(readFileSync(new URL(file, folder))))
  })
}

/** Whole records of another file, which may be of another SEC code, a return or a notification of change. */
function recordsOf(other: Uint8Array, random: (limit: number) => number): Uint8Array {
  const from = random(Math.ceil(other.length / (RECORD + 1))) * (RECORD + 1)
  return other.slice(from, from + (1 + random(4)) * (RECORD + 1))
}

function mutate(original: Uint8Array, other: Uint8Array, random: (limit: number) => number): Uint8Array {
  let bytes = [...original]
  for (let left = random(8); left >= 0; left--) {
    const place = random(bytes.length)
    const kind = random(9)
    const line = place - (place % (RECORD + 1))
    if (kind === 0) bytes[place] = random(256)
    else if (kind === 1) bytes[place] = TELLING[random(TELLING.length)] ?? 0
    else if (kind === 2) bytes.splice(place, 1 + random(100))
    else if (kind === 3) bytes.splice(place, 0, ...bytes.slice(random(bytes.length)).slice(0, 300))
    else if (kind === 4) bytes.splice(place, 0, ...Array.from({ length: random(5) }, () => random(256)))
    else if (kind === 5) bytes.splice(line, 0, ...recordsOf(other, random))
    else if (kind === 6) bytes.splice(line, RECORD + 1, ...recordsOf(other, random))
    else if (kind === 7)
      bytes.splice(place, 1 + random(12), ...Array.from({ length: 1 + random(12) }, () => 0x30 + random(10)))
    else bytes = bytes.slice(0, place + 1)
  }
  return Uint8Array.from(bytes)
}

const areEqual = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, index) => byte === b[index])

/** Every record as an object: what is read only when asked must not throw either. */
function readAll({ batches }: AchFile): void {
  for (const { entries } of batches) {
    let count = 0
    for (const { record, addendaRecords, addendaCount } of entries) {
      count++
      if (addendaRecords.length !== addendaCount) throw new Error('addenda are lost')
      if (!Object.keys(record).length) throw new Error('a record without fields')
    }
    if (count !== entries.length) throw new Error('entries are lost')
  }
}

/** A stream in pieces gives the verdict and the bytes of the whole. */
export async function examineStream(bytes: Uint8Array, size: number): Promise<void> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
  const [streamed, whole] = [await validateStream(pieces), validateFile(bytes)]
  if (JSON.stringify(streamed) !== JSON.stringify(whole)) throw new Error(`another verdict in pieces of ${size}`)
  const { file } = decodeFile(bytes)
  if (file && !areEqual(Uint8Array.from(Buffer.concat([...encodeStream(file)])), encodeFile(file))) {
    throw new Error('a stream writes other bytes')
  }
}

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
  readAll(file)
  const encoded = encodeFile(file)
  const again = decodeFile(encoded).file
  if (!again || !areEqual(encodeFile(again), encoded)) throw new Error('writing, reading and writing changes the file')
  if (JSON.stringify(fileTotals(again)) !== JSON.stringify(fileTotals(file))) throw new Error('totals change')
  return true
}

function heapMebibytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** Mutated files never throw, never hang, take no memory along, and what reads as a file keeps its bytes. */
export async function prove({ rounds, seed, log }: ProofOptions) {
  const random = randomFrom(seed)
  const originals = corpus()
  const pick = () => originals[random(originals.length)] ?? new Uint8Array()
  const breaches: string[] = []
  const heapBefore = heapMebibytes()
  let [slowestMs, readable, streamed] = [0, 0, 0]
  for (let round = 0; round < rounds && breaches.length < 10; round++) {
    const bytes = mutate(pick(), pick(), random)
    const began = performance.now()
    try {
      if (examine(bytes)) readable++
      const tookMs = (performance.now() - began) / Math.max(1, bytes.length / 10_000)
      slowestMs = Math.max(slowestMs, tookMs)
      // A machine that pauses is no hang: the same input must be slow again.
      if (tookMs > MAXIMUM_MS_PER_10_KB && isSlow(bytes)) throw new Error(`took ${Math.round(tookMs)} ms per 10 kB`)
      if (round % STREAMED === 0) {
        streamed++
        await examineStream(bytes, 1 + random(2_000))
      }
    } catch (error) {
      breaches.push(`round ${round}: ${error} (${Buffer.from(bytes).toString('base64')})`)
    }
    if (round % 100_000 === 99_999) log(`${round + 1} inputs`)
  }
  const grown = heapMebibytes() - heapBefore
  if (grown > MAXIMUM_GROWTH_MEBIBYTES) breaches.push(`the heap grew by ${grown.toFixed(1)} MiB`)
  const figures = {
    inputs: rounds,
    readable,
    streamed,
    'slowest ms per 10 kB': Math.round(slowestMs),
    'heap grown MiB': grown.toFixed(1),
  }
  return { figures, breaches }
}

/** What it takes when nothing else is in the way: the fastest of some turns. */
function isSlow(bytes: Uint8Array): boolean {
  const took = Array.from({ length: 5 }, () => {
    const began = performance.now()
    examine(bytes)
    return performance.now() - began
  })
  return Math.min(...took) / Math.max(1, bytes.length / 10_000) > MAXIMUM_MS_PER_10_KB
}
