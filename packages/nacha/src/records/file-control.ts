import { blank, defineRecord, literal, number, type RecordValues } from '../field.ts'

/** File control, record type 9, of every file but ADV ("File Control Record"). */
export const fileControl = defineRecord('fileControl', [
  literal('recordType', 1, '9'),
  number('batchCount', 7),
  number('blockCount', 13),
  number('entryAddendaCount', 21),
  number('entryHash', 31),
  number('totalDebitAmount', 43),
  number('totalCreditAmount', 55),
  blank('reserved', 94),
])

export type FileControl = RecordValues<typeof fileControl>
