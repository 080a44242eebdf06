import { Session } from 'node:inspector/promises'
import { expect, test } from 'vitest'
import { testFile } from './testing/ach-lines.ts'
import { PieceCheck } from './validate-file.ts'
import { Report } from './violation.ts'

const ENTRIES = 200_000
const PER_PIECE = 690

/** A file of so many payments, in pieces as they are read from disk; traces count up. */
function* pieces() {
  const [header = '', batch = '', entry = ''] = new TextDecoder()
    .decode(testFile('valid/payroll-and-collection.ach'))
    .split('\n')
  const encoder = new TextEncoder()
  yield encoder.encode(`${header}\n${batch}\n`)
  for (let first = 1; first <= ENTRIES; first += PER_PIECE) {
    const lines = Array.from({ length: PER_PIECE }, (_, index) => {
      const number = String(first + index)
      return `${entry.slice(0, 12)}${number.padEnd(17)}${entry.slice(29, 87)}${number.padStart(7, '0')}`
    })
    yield encoder.encode(`${lines.join('\n')}\n`)
  }
}

interface Sampled {
  readonly selfSize: number
  readonly children: readonly Sampled[]
}
const sizeOf = (node: Sampled): number => node.children.reduce((size, child) => size + sizeOf(child), node.selfSize)

// The pieces of a stream that are there when young objects are collected stay until old ones are, too: an object or two
// more per line, so that it is done more often, and much of a long file is in memory at once. Today 170 bytes here.
test('checking leaves few bytes per entry to the collector', async () => {
  const session = new Session()
  session.connect()
  const all = [...pieces()]
  const check = () => {
    const report = new Report({ profile: 'originate', maxViolations: 1 })
    const one = new PieceCheck(report, {})
    for (const piece of all) one.push(piece)
  }
  check()
  check()
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 4_096,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  })
  check()
  const { profile } = await session.post('HeapProfiler.stopSampling')
  session.disconnect()
  expect(sizeOf(profile.head) / ENTRIES).toBeLessThan(260)
}, 60_000)
