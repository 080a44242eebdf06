import { date, defineRecord, digits, literal, type RecordValues, text } from '../field.ts'

/** File header, record type 1 (Nacha record format "File Header Record"). */
export const fileHeader = defineRecord('fileHeader', [
  literal('recordType', 1, 1, '1'),
  literal('priorityCode', 2, 3, '01'),
  text('immediateDestination', 4, 13, 'mandatory'),
  text('immediateOrigin', 14, 23, 'mandatory'),
  date('fileCreationDate', 24, 29, 'mandatory'),
  digits('fileCreationTime', 30, 33, 'optional'),
  text('fileIdModifier', 34, 34, 'mandatory'),
  literal('recordSize', 35, 37, '094'),
  literal('blockingFactor', 38, 39, '10'),
  literal('formatCode', 40, 40, '1'),
  text('immediateDestinationName', 41, 63, 'optional'),
  text('immediateOriginName', 64, 86, 'optional'),
  text('referenceCode', 87, 94, 'optional'),
])

export type FileHeader = RecordValues<typeof fileHeader>
