import { AchFile } from './file.ts'
import { addTotals, noTotals } from './file-totals.ts'
import { MAXIMUM_VIOLATIONS, type Profile } from './profile.ts'
import { type Reading, readBytes } from './read-file.ts'
import { batchHeader } from './records/batch-header.ts'
import { fileHeader } from './records/file-header.ts'
import { checkBatch } from './validate/check-batch.ts'
import { checkFileControl } from './validate/check-control.ts'
import { checkFileHeader } from './validate/check-file-header.ts'
import { Checker } from './validate/checker.ts'
import { TraceNumbers } from './validate/trace-numbers.ts'
import { Report, type Violation } from './violation.ts'

/** Checks what the records say; their order was checked when `structure` was found. */
export function checkReading({ records, structure }: Reading, report: Report): void {
  const checker = new Checker(records, report)
  const traces = new TraceNumbers(checker)
  const sum = noTotals()
  let creationDate = ''
  if (structure.header >= 0) {
    checkFileHeader(checker, structure.header)
    creationDate = checker.date(structure.header, fileHeader.field.fileCreationDate) ?? ''
  }
  let previous = 0
  for (const span of structure.batches) {
    addTotals(sum, checkBatch(checker, span, creationDate, traces))
    const number = checker.number(span.header, batchHeader.field.batchNumber)
    if (number > 0 && number <= previous) {
      checker.fault(
        'file.batch_number.ascending',
        span.header,
        batchHeader.field.batchNumber,
        `Batch ${number} follows batch ${previous}`,
      )
    }
    if (number > 0) previous = number
  }
  const hasAdv = structure.batches.some(
    (span) => checker.text(span.header, batchHeader.field.standardEntryClassCode) === 'ADV',
  )
  if (structure.header >= 0 && structure.batches.length === 0)
    report.add('file.batches.none', {}, 'The file has no batches')
  if (structure.control >= 0 && !hasAdv) checkFileControl(checker, structure, sum)
}

/**
 * Checks a file against every rule of docs/nacha/rules.md and returns all violations at once, ordered by line and column.
 * Bytes are read first, and what is odd about the reading is in the list too. Never throws on bad data.
 * At most `maxViolations` (1,000) are listed; a last one says how many more there are.
 */
export function validateFile(
  file: AchFile | Uint8Array,
  options: { profile?: Profile; maxViolations?: number } = {},
): Violation[] {
  const report = new Report(options.profile ?? 'standard', options.maxViolations ?? MAXIMUM_VIOLATIONS)
  const reading = file instanceof AchFile ? file : readBytes(file, report)
  checkReading(reading, report)
  return report.list()
}
