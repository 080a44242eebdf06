import { blank, defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/** Batch control, record type 8, of every SEC code but ADV ("Company/Batch Control Record"). */
export const batchControl = defineRecord('batchControl', [
  literal('recordType', 1, 1, '8'),
  number('serviceClassCode', 2, 4),
  number('entryAddendaCount', 5, 10),
  number('entryHash', 11, 20),
  number('totalDebitAmount', 21, 32),
  number('totalCreditAmount', 33, 44),
  text('companyIdentification', 45, 54, 'required'),
  text('messageAuthenticationCode', 55, 73, 'optional'),
  blank('reserved', 74, 79),
  digits('odfiIdentification', 80, 87, 'mandatory'),
  number('batchNumber', 88, 94),
])

export type BatchControl = RecordValues<typeof batchControl>
