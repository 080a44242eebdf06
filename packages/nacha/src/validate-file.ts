import type { AchFile } from './file.ts'
import { type CheckContext, FileCheck } from './file-check.ts'
import { LineReader } from './line-reader.ts'
import { givenBytes } from './plain-bytes.ts'
import type { Records } from './records.ts'
import { MAXIMUM_LINES, reportWindows, splitEvenly } from './split-records.ts'
import { Report, type Strictness, type Violation } from './violation.ts'

/** What to check a file against, and how much of it. */
export interface ValidateOptions extends Strictness, CheckContext {
  /** Lines that are read at most, 10,000,000 when left out. */
  readonly maxLines?: number | undefined
}

/** A check that takes a file in pieces, however they are cut. */
export class PieceCheck {
  readonly #reader: LineReader
  readonly #check: FileCheck

  constructor(report: Report, options: ValidateOptions) {
    this.#reader = new LineReader(report, options.maxLines ?? MAXIMUM_LINES, () => this.#run(false))
    this.#check = new FileCheck(this.#reader.records, report, options)
  }

  push(piece: Uint8Array): void {
    this.#reader.push(piece)
  }

  end(): void {
    this.#reader.end()
    this.#run(true)
    this.#check.end()
    this.#reader.summarize()
  }

  #run(isLast: boolean): void {
    this.#reader.drop(this.#check.run(this.#reader.records, isLast))
  }
}

/** Checks records of a file that is there as a whole. */
export function checkRecords(records: Records, report: Report, options: ValidateOptions): void {
  const check = new FileCheck(records, report, options)
  check.run(records, true)
  check.end()
}

/** True for a file that was read or built; its class would bring the readers of all records with it. */
const isRead = (file: AchFile | Uint8Array | null): file is AchFile =>
  typeof file === 'object' && file !== null && 'records' in file

/**
 * Checks a file against every rule of docs/nacha/rules.md and returns all violations at once, ordered by line and column.
 * Bytes are read first, and what is odd about the reading is in the list too. Never throws on bad data; throws a
 * RangeError for options and a TypeError for an argument that are not of their type.
 * At most `maxViolations` (1,000) are listed; a last one says how many more there are.
 */
export function validateFile(file: AchFile | Uint8Array, options: ValidateOptions = {}): Violation[] {
  const report = new Report(options)
  if (isRead(file)) {
    checkRecords(file.records, report, options)
    return report.list()
  }
  const bytes = givenBytes(file)
  const even = splitEvenly(bytes, options.maxLines ?? MAXIMUM_LINES)
  if (even) {
    checkRecords(even.records, report, options)
    if (!even.isAscii) reportWindows(report)
  } else {
    const check = new PieceCheck(report, options)
    check.push(bytes)
    check.end()
  }
  return report.list()
}

/** As `validateFile`, for a file that comes in pieces: memory does not grow with the file. */
export async function validateStream(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ValidateOptions = {},
): Promise<Violation[]> {
  const report = new Report(options)
  const check = new PieceCheck(report, options)
  for await (const piece of pieces) check.push(piece)
  check.end()
  return report.list()
}
