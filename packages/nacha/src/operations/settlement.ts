import { bankingDayOnOrAfter } from '../banking-day.ts'
import { dateOfJulianDay } from '../calendar/julian-day.ts'
import { type CivilDate, isCivilDate } from '../civil-date.ts'
import { readField } from '../read-field.ts'
import { batchHeader } from '../records/batch-header.ts'
import { fileHeader } from '../records/file-header.ts'
import type { BatchDraft } from './draft.ts'
import { textOf } from './record-edit.ts'

const { effectiveEntryDate, settlementDate } = batchHeader.field

export function createdOn(fileHeaderRecord: Uint8Array): CivilDate | null {
  const date = String(readField(fileHeaderRecord, 0, fileHeader.field.fileCreationDate))
  return isCivilDate(date) ? date : null
}

/**
 * When a batch settled: what the Operator filled in (the year nearest to the file creation date), else its effective
 * entry date or, when that is none, the banking day after it. Null when neither says.
 */
export function settledOn({ header }: BatchDraft, creationDate: CivilDate | null): CivilDate | null {
  const julian = textOf(header, settlementDate)
  if (julian !== '' && creationDate !== null) return dateOfJulianDay(julian, creationDate)
  const date = String(readField(header, 0, effectiveEntryDate))
  return isCivilDate(date) ? bankingDayOnOrAfter(date) : null
}
