import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Records } from '../records.ts'
import { Report } from '../violation.ts'
import { Checker } from './checker.ts'
import { TraceNumbers } from './trace-numbers.ts'

/** The lines of the numbers that occurred before, each with the line of the first. */
function found(traces: readonly number[], lines: readonly number[]): string[] {
  const records = new Records(
    new Uint8Array(traces.length * 94).fill(0x20),
    0,
    94,
    traces.length,
    Uint32Array.from(lines),
  )
  const report = new Report({ maxViolations: 10_000 })
  const numbers = new TraceNumbers(new Checker(records, report))
  for (const [index, trace] of traces.entries()) numbers.add(index, trace)
  return report.list().map(({ line, message }) => `${line} ${/on line (\d+)/.exec(message)?.[1]}`)
}

function naive(traces: readonly number[], lines: readonly number[]): string[] {
  const first = new Map<number, number>()
  return traces.flatMap((trace, index) => {
    const line = lines[index] ?? 0
    const known = first.get(trace)
    if (known === undefined) first.set(trace, line)
    return known === undefined ? [] : [`${line} ${known}`]
  })
}

/** Runs that count up, on every line or with addenda between, some of them again. */
const run = fc.record({
  first: fc.nat(60),
  count: fc.integer({ min: 1, max: 12 }),
  lineStep: fc.integer({ min: 1, max: 3 }),
})

test('a number that occurred is found on its first line, whatever came between', () => {
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 12 }), (runs) => {
      const traces: number[] = []
      const lines: number[] = []
      let line = 1
      for (const { first, count, lineStep } of runs) {
        for (let index = 0; index < count; index++) {
          traces.push(first + index)
          lines.push(line)
          line += lineStep
        }
        line += lineStep
      }
      expect(found(traces, lines)).toEqual(naive(traces, lines))
    }),
    { numRuns: 300 },
  )
})

test('lines that jump within a run keep their places', () => {
  const traces = [0, 1, 2, 3, 4, 9, 0, 1, 2, 3, 4, 9]
  const lines = [3, 4, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16]
  expect(found(traces, lines)).toEqual(naive(traces, lines))
})

test('a million numbers that count up without gap take no memory of their own', () => {
  const report = new Report({})
  const records = new Records(new Uint8Array(94), 0, 94, 1)
  const numbers = new TraceNumbers(new Checker(records, report))
  const add = (from: number, to: number) => {
    for (let trace = from; trace < to; trace++) numbers.add(trace * 2, trace)
  }
  add(1, 1_000)
  add(2_000, 3_000)
  const before = process.memoryUsage().heapUsed
  add(3_000, 1_000_000)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(16 * 2 ** 20)
  expect(report.list()).toEqual([])
})
