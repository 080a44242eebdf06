import { AchFile } from './file.ts'
import { givenBytes } from './plain-bytes.ts'
import { MAXIMUM_LINES, splitRecords } from './split-records.ts'
import { findStructure } from './structure.ts'
import { Report, type Strictness, type Violation } from './violation.ts'

/** How to read a file: switches such as `allowPartialFile` decide what may be missing. */
export interface DecodeOptions extends Strictness {
  /** Lines that are read at most, 10,000,000 when left out; 1,000,000 where they differ in length. */
  readonly maxLines?: number | undefined
}

/**
 * Reads a file with LF, CRLF, CR or no line ends, in ASCII, UTF-8 or Windows-1252. Never throws on bad data: `file` is
 * null when records are missing or out of order, and `violations` says where. What the records say is checked by
 * `validateFile`.
 */
export function decodeFile(
  bytes: Uint8Array,
  options: DecodeOptions = {},
): { file: AchFile | null; violations: Violation[] } {
  const report = new Report(options)
  const records = splitRecords(givenBytes(bytes), options.maxLines ?? MAXIMUM_LINES, report)
  const structure = findStructure(records, report)
  return { file: structure.isComplete ? new AchFile(records, structure) : null, violations: report.list() }
}
