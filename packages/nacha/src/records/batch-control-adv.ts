import { defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/** Batch control of ADV: totals of 20 digits (as text: they may pass what a number holds exactly), no company. */
export const batchControlAdv = defineRecord('batchControlAdv', [
  literal('recordType', 1, '8'),
  number('serviceClassCode', 4),
  number('entryAddendaCount', 10),
  number('entryHash', 20),
  digits('totalDebitAmount', 40),
  digits('totalCreditAmount', 60),
  text('achOperatorData', 79, 'optional'),
  digits('odfiIdentification', 87),
  number('batchNumber', 94),
])

export type BatchControlAdv = RecordValues<typeof batchControlAdv>
