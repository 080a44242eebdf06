import { firstUnsafe } from './characters.ts'
import { addenda05 } from './records/addenda-05.ts'
import { batchHeader } from './records/batch-header.ts'
import { entryDetail } from './records/entry-detail.ts'
import { fileHeader } from './records/file-header.ts'

const TEXT_FIELDS = {
  immediateDestinationName: fileHeader.field.immediateDestinationName,
  immediateOriginName: fileHeader.field.immediateOriginName,
  immediateOrigin: fileHeader.field.immediateOrigin,
  referenceCode: fileHeader.field.referenceCode,
  companyName: batchHeader.field.companyName,
  companyDiscretionaryData: batchHeader.field.companyDiscretionaryData,
  companyIdentification: batchHeader.field.companyIdentification,
  companyEntryDescription: batchHeader.field.companyEntryDescription,
  companyDescriptiveDate: batchHeader.field.companyDescriptiveDate,
  individualName: entryDetail.field.individualName,
  individualIdentification: entryDetail.field.individualIdentification,
  discretionaryData: entryDetail.field.discretionaryData,
  paymentRelatedInformation: addenda05.field.paymentRelatedInformation,
} as const

export type TextField = keyof typeof TEXT_FIELDS

/** Most characters that fit a text field, from the record's table. */
export function maximumLength(field: TextField): number {
  return TEXT_FIELDS[field].length
}

/**
 * What is wrong with a text for a field, as a sentence for a person; null when nothing is. Length and whether it may
 * be empty come from the record's table, characters from the set recommended for sending.
 */
export function textProblem(field: TextField, text: string): string | null {
  const { length, inclusion } = TEXT_FIELDS[field]
  if (text.trim() === '') return inclusion === 'optional' ? null : 'is missing'
  if (text.length > length) return `has ${text.length} characters, at most ${length} fit`
  const unsafe = firstUnsafe(text)
  return unsafe === null ? null : `holds '${unsafe}', which not every bank takes`
}
