import { AchFile } from './file.ts'
import { MAXIMUM_VIOLATIONS } from './profile.ts'
import { readBytes } from './read-file.ts'
import { Report, type Violation } from './violation.ts'

/**
 * Reads a file with LF, CRLF, CR or no line ends, in ASCII, UTF-8 or Windows-1252. Never throws on bad data: `file` is
 * null when records are missing or out of order, and `violations` says where. What the records say is checked by
 * `validateFile`.
 */
export function decodeFile(
  bytes: Uint8Array,
  options: { maxViolations?: number } = {},
): { file: AchFile | null; violations: Violation[] } {
  const report = new Report('standard', options.maxViolations ?? MAXIMUM_VIOLATIONS)
  const { records, structure } = readBytes(bytes, report)
  return { file: structure.isComplete ? new AchFile(records, structure) : null, violations: report.list() }
}
