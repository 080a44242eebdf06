import { blank, defineRecord, literal, number, type RecordValues } from '../field.ts'

/** File control, record type 9, of every file but ADV ("File Control Record"). */
export const fileControl = defineRecord('fileControl', [
  literal('recordType', 1, 1, '9'),
  number('batchCount', 2, 7),
  number('blockCount', 8, 13),
  number('entryAddendaCount', 14, 21),
  number('entryHash', 22, 31),
  number('totalDebitAmount', 32, 43),
  number('totalCreditAmount', 44, 55),
  blank('reserved', 56, 94),
])

export type FileControl = RecordValues<typeof fileControl>
