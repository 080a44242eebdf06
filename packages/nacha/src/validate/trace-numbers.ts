import { entryDetail } from '../records/entry-detail.ts'
import type { Checker } from './checker.ts'

/** Trace numbers that follow each other by one on lines that follow each other by `lineStep`. */
interface Run {
  readonly first: number
  last: number
  readonly firstLine: number
  lineStep: number
}

/**
 * Finds trace numbers that occur twice in a file, also when the file is a stream. Numbers that count up without gap, as
 * nearly all do, are kept as one run, so that memory does not grow with the file.
 */
export class TraceNumbers {
  #highest = Number.NEGATIVE_INFINITY
  /** In ascending order. */
  readonly #runs: Run[] = []
  /** Numbers that came after a higher one, with their lines. */
  readonly #others = new Map<number, number>()
  readonly #checker: Checker

  constructor(checker: Checker) {
    this.#checker = checker
  }

  add(index: number, trace: number): void {
    const line = this.#checker.records.line(index)
    if (trace > this.#highest) {
      this.#highest = trace
      this.#append(trace, line)
      return
    }
    const first = this.#others.get(trace) ?? this.#lineInRuns(trace)
    if (first === null) this.#others.set(trace, line)
    else this.#report(index, first)
  }

  #append(trace: number, line: number): void {
    const run = this.#runs.at(-1)
    if (run && trace === run.last + 1) {
      const step = run.first === run.last ? line - run.firstLine : run.lineStep
      if (line === run.firstLine + (trace - run.first) * step) {
        run.last = trace
        run.lineStep = step
        return
      }
    }
    this.#runs.push({ first: trace, last: trace, firstLine: line, lineStep: 0 })
  }

  #lineInRuns(trace: number): number | null {
    let low = 0
    let high = this.#runs.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const run = this.#runs[middle]
      if (!run) return null
      if (trace < run.first) high = middle - 1
      else if (trace > run.last) low = middle + 1
      else return run.firstLine + (trace - run.first) * run.lineStep
    }
    return null
  }

  #report(index: number, line: number): void {
    const message = `The same trace number is on line ${line}`
    this.#checker.fault('file.trace_number.duplicate', index, entryDetail.field.traceNumber, message)
  }
}
