import { readText } from './read-text.ts'
import type { Records } from './records.ts'
import { splitRecords } from './split-records.ts'
import { findStructure, type Structure } from './structure.ts'
import type { Report } from './violation.ts'

export interface Reading {
  readonly records: Records
  readonly structure: Structure
}

function place(bytes: Uint8Array, at: number): { line: number; column: number } {
  let line = 1
  let from = 0
  for (let index = 0; index < at; index++) {
    if (bytes[index] !== 0x0a) continue
    line++
    from = index + 1
  }
  return { line, column: at - from + 1 }
}

/** From bytes to records and their order; everything odd on the way is reported. */
export function readBytes(given: Uint8Array, report: Report): Reading {
  const { bytes, encoding, hasByteOrderMark, wide, unknown } = readText(given)
  if (hasByteOrderMark) report.add('parse.encoding.detected', {}, 'The file begins with a UTF-8 byte order mark')
  if (encoding === 'windows-1252') report.add('parse.encoding.detected', {}, 'Read as Windows-1252')
  const firstWide = wide[0]
  if (firstWide !== undefined) {
    const message = `${wide.length} characters take several bytes in UTF-8: a bank that counts bytes reads these lines shifted`
    report.add('parse.encoding.multibyte', place(bytes, firstWide), message)
  }
  const firstUnknown = unknown[0]
  if (firstUnknown !== undefined) {
    const message = `${unknown.length} characters have no single byte and were read as '?'`
    report.add('parse.encoding.unknown_character', place(bytes, firstUnknown), message)
  }
  const records = splitRecords(bytes, report)
  return { records, structure: findStructure(records, report) }
}
