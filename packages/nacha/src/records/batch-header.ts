import { date, defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/** Batch header, record type 5, of every SEC code but IAT ("Company/Batch Header Record"). */
export const batchHeader = defineRecord('batchHeader', [
  literal('recordType', 1, '5'),
  number('serviceClassCode', 4),
  text('companyName', 20),
  text('companyDiscretionaryData', 40, 'optional'),
  text('companyIdentification', 50),
  text('standardEntryClassCode', 53),
  text('companyEntryDescription', 63),
  text('companyDescriptiveDate', 69, 'optional'),
  date('effectiveEntryDate', 75, 'required'),
  digits('settlementDate', 78, 'optional'),
  text('originatorStatusCode', 79),
  digits('odfiIdentification', 87),
  number('batchNumber', 94),
])

export type BatchHeader = RecordValues<typeof batchHeader>
