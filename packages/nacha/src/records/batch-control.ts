import { blank, defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/** Batch control, record type 8, of every SEC code but ADV ("Company/Batch Control Record"). */
export const batchControl = defineRecord('batchControl', [
  literal('recordType', 1, '8'),
  number('serviceClassCode', 4),
  number('entryAddendaCount', 10),
  number('entryHash', 20),
  number('totalDebitAmount', 32),
  number('totalCreditAmount', 44),
  text('companyIdentification', 54, 'required'),
  text('messageAuthenticationCode', 73, 'optional'),
  blank('reserved', 79),
  digits('odfiIdentification', 87),
  number('batchNumber', 94),
])

export type BatchControl = RecordValues<typeof batchControl>
