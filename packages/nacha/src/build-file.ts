import { controlNumbers, digitTotals, fitting } from './build/control-numbers.ts'
import { inputPath, recordCount } from './build/input-path.ts'
import { shapeViolations } from './build/input-shape.ts'
import { LINE_LENGTH, RecordWriter } from './build/record-writer.ts'
import { type TraceCounter, writeBatch } from './build/write-batch.ts'
import type { CivilDate } from './civil-date.ts'
import { AchFile } from './file.ts'
import { FileCheck } from './file-check.ts'
import { addTotals, noTotals } from './file-totals.ts'
import type { BatchInput, FileInput } from './input.ts'
import { fileControl } from './records/file-control.ts'
import { fileControlAdv } from './records/file-control-adv.ts'
import { fileHeader } from './records/file-header.ts'
import { Records } from './records.ts'
import type { BatchSpan } from './structure.ts'
import { isAcceptable, Report, type Strictness, type Violation } from './violation.ts'

export type BuildResult =
  | { file: AchFile; violations: []; warnings: Violation[] }
  | { file: null; violations: Violation[]; warnings: Violation[] }

export interface BuildOptions {
  /** Violations listed at most, 1,000 when left out. */
  readonly maxViolations?: number | undefined
  /** The day the file is made for: rules that need to know today are asked only with it. */
  readonly asOf?: CivilDate | undefined
  /** Lines that the bank takes in one file, filler included. Any number when left out. */
  readonly bankLines?: number | undefined
  /** The weight of single rules, where a bank wants it otherwise. */
  readonly severities?: Strictness['severities']
}

/** 9 digits stand after a blank; anything else as it was agreed with the bank. */
const justified = (party: string) => (/^\d{9}$/.test(party) ? ` ${party}` : party)

/** A batch has its place in the file as its number. */
const purchasesIn = ({ batches }: FileInput<BatchInput>): readonly number[] =>
  batches.flatMap((batch, index) => (batch.secCode === 'WEB' && batch.isPurchase === true ? [index + 1] : []))

function writeHeader(writer: RecordWriter, input: FileInput<BatchInput>): void {
  writer.record(fileHeader, {
    immediateDestination: justified(input.immediateDestination),
    immediateOrigin: justified(input.immediateOrigin),
    fileCreationDate: input.fileCreationDate,
    fileCreationTime: input.fileCreationTime ?? '',
    fileIdModifier: input.fileIdModifier,
    immediateDestinationName: input.immediateDestinationName ?? '',
    immediateOriginName: input.immediateOriginName ?? '',
    referenceCode: input.referenceCode ?? '',
  })
}

function writeFile(input: FileInput<BatchInput>, report: Report) {
  const needed = input.batches.reduce((sum, batch) => sum + recordCount(batch), 2)
  const writer = new RecordWriter(Math.ceil(needed / 10) * 10, report)
  const traces: TraceCounter = { last: 0 }
  const batches: BatchSpan[] = []
  const sum = noTotals()
  writeHeader(writer, input)
  for (const [index, batch] of input.batches.entries()) {
    const { span, totals } = writeBatch(writer, batch, index + 1, traces)
    batches.push(span)
    addTotals(sum, totals)
  }
  const control = writer.count
  const counts = {
    batchCount: fitting(fileControl.field.batchCount, batches.length),
    blockCount: fitting(fileControl.field.blockCount, Math.ceil(needed / 10)),
  }
  const isAdv = batches.length > 0 && input.batches.every(({ secCode }) => secCode === 'ADV')
  if (isAdv) writer.record(fileControlAdv, { ...counts, ...digitTotals(fileControlAdv.field, sum) })
  else writer.record(fileControl, { ...counts, ...controlNumbers(fileControl.field, sum) })
  const fillerCount = writer.filler()
  const records = new Records(writer.bytes, 0, LINE_LENGTH, writer.count)
  return { records, structure: { header: 0, control, batches, fillerCount, isComplete: true } }
}

/** All violations but those that follow from a value that did not get into its field. */
function withoutEchoes(found: readonly Violation[], misfits: readonly Violation[]): Violation[] {
  const known = new Set(misfits.map(({ line, field }) => `${line} ${field}`))
  return found.filter((each) => misfits.includes(each) || !known.has(`${each.line} ${each.field}`))
}

function withPath(input: FileInput<BatchInput>, violation: Violation): Violation {
  const path = violation.line === null ? '' : inputPath(input, violation.line, violation.field)
  return { ...violation, line: null, column: null, path }
}

/**
 * Builds a file: service classes, batch and trace numbers, counts, totals, hashes and filler are worked out, and the
 * result is checked by the `originate` rules. Values that do not fit are refused, never cut.
 *
 * With any error `file` is null and `violations` lists everything at once, each with the `path` of the input it is about.
 * `warnings` never stop a file.
 */
export function buildFile(input: FileInput<BatchInput>, options: BuildOptions = {}): BuildResult {
  try {
    return writtenAndChecked(input, options)
  } catch (error) {
    // Looking at every value first would cost a good part of the time to write them.
    const violations = shapeViolations(input)
    if (violations.length === 0) throw error
    return { file: null, violations, warnings: [] }
  }
}

function writtenAndChecked(input: FileInput<BatchInput>, options: BuildOptions): BuildResult {
  const { severities, maxViolations } = options
  const report = new Report({ profile: 'originate', severities, maxViolations })
  const reading = writeFile(input, report)
  const misfits = report.list()
  const check = new FileCheck(reading.records, report, { ...options, purchases: purchasesIn(input) })
  check.run(reading.records, true)
  check.end()
  const found = withoutEchoes(report.list(), misfits).map((each) => withPath(input, each))
  const warnings = found.filter(({ severity }) => severity !== 'error')
  if (isAcceptable(found)) return { file: new AchFile(reading.records, reading.structure), violations: [], warnings }
  return { file: null, violations: found.filter(({ severity }) => severity === 'error'), warnings }
}
