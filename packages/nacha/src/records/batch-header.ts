import { date, defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/** Batch header, record type 5, of every SEC code but IAT ("Company/Batch Header Record"). */
export const batchHeader = defineRecord('batchHeader', [
  literal('recordType', 1, 1, '5'),
  number('serviceClassCode', 2, 4),
  text('companyName', 5, 20, 'mandatory'),
  text('companyDiscretionaryData', 21, 40, 'optional'),
  text('companyIdentification', 41, 50, 'mandatory'),
  text('standardEntryClassCode', 51, 53, 'mandatory'),
  text('companyEntryDescription', 54, 63, 'mandatory'),
  text('companyDescriptiveDate', 64, 69, 'optional'),
  date('effectiveEntryDate', 70, 75, 'required'),
  digits('settlementDate', 76, 78, 'optional'),
  text('originatorStatusCode', 79, 79, 'mandatory'),
  digits('odfiIdentification', 80, 87, 'mandatory'),
  number('batchNumber', 88, 94),
])

export type BatchHeader = RecordValues<typeof batchHeader>
