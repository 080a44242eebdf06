import { blank, defineRecord, digits, literal, number, type RecordValues } from '../field.ts'

/** File control of ADV: totals of 20 digits (as text: they may pass what a number holds exactly). */
export const fileControlAdv = defineRecord('fileControlAdv', [
  literal('recordType', 1, '9'),
  number('batchCount', 7),
  number('blockCount', 13),
  number('entryAddendaCount', 21),
  number('entryHash', 31),
  digits('totalDebitAmount', 51),
  digits('totalCreditAmount', 71),
  blank('reserved', 94),
])

export type FileControlAdv = RecordValues<typeof fileControlAdv>
