import { blank, defineRecord, digits, literal, number, type RecordValues } from '../field.ts'

/** File control of ADV: totals of 20 digits (as text: they may pass what a number holds exactly). */
export const fileControlAdv = defineRecord('fileControlAdv', [
  literal('recordType', 1, 1, '9'),
  number('batchCount', 2, 7),
  number('blockCount', 8, 13),
  number('entryAddendaCount', 14, 21),
  number('entryHash', 22, 31),
  digits('totalDebitAmount', 32, 51, 'mandatory'),
  digits('totalCreditAmount', 52, 71, 'mandatory'),
  blank('reserved', 72, 94),
])

export type FileControlAdv = RecordValues<typeof fileControlAdv>
