import { defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/** Batch control of ADV: totals of 20 digits (as text: they may pass what a number holds exactly), no company. */
export const batchControlAdv = defineRecord('batchControlAdv', [
  literal('recordType', 1, 1, '8'),
  number('serviceClassCode', 2, 4),
  number('entryAddendaCount', 5, 10),
  number('entryHash', 11, 20),
  digits('totalDebitAmount', 21, 40, 'mandatory'),
  digits('totalCreditAmount', 41, 60, 'mandatory'),
  text('achOperatorData', 61, 79, 'optional'),
  digits('odfiIdentification', 80, 87, 'mandatory'),
  number('batchNumber', 88, 94),
])

export type BatchControlAdv = RecordValues<typeof batchControlAdv>
