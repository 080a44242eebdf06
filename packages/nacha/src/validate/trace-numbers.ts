import { entryDetail } from '../records/entry-detail.ts'
import type { Checker } from './checker.ts'

/**
 * Finds trace numbers that occur twice. Most files count up from first to last entry: only when a number is not above
 * all before it are the numbers remembered one by one.
 */
export class TraceNumbers {
  #highest = -1
  #seen: Map<number, number> | null = null
  readonly #numbers: number[] = []
  readonly #places: number[] = []
  readonly #checker: Checker

  constructor(checker: Checker) {
    this.#checker = checker
  }

  add(index: number, trace: number): void {
    if (this.#seen === null && trace > this.#highest) {
      this.#highest = trace
      this.#numbers.push(trace)
      this.#places.push(index)
      return
    }
    this.#seen ??= new Map(this.#numbers.map((number, at) => [number, this.#places[at] ?? 0]))
    const first = this.#seen.get(trace)
    if (first === undefined) this.#seen.set(trace, index)
    else this.#report(index, first)
  }

  #report(index: number, first: number): void {
    const line = this.#checker.records.line(first)
    const message = `The same trace number is on line ${line}: returns of the two cannot be told apart`
    this.#checker.fault('file.trace_number.duplicate', index, entryDetail.field.traceNumber, message)
  }
}
