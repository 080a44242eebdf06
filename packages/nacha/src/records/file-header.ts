import { date, defineRecord, digits, literal, type RecordValues, text } from '../field.ts'

/** File header, record type 1 (Nacha record format "File Header Record"). */
export const fileHeader = defineRecord('fileHeader', [
  literal('recordType', 1, '1'),
  literal('priorityCode', 3, '01'),
  text('immediateDestination', 13),
  text('immediateOrigin', 23),
  date('fileCreationDate', 29),
  digits('fileCreationTime', 33, 'optional'),
  text('fileIdModifier', 34),
  literal('recordSize', 37, '094'),
  literal('blockingFactor', 39, '10'),
  literal('formatCode', 40, '1'),
  text('immediateDestinationName', 63, 'optional'),
  text('immediateOriginName', 86, 'optional'),
  text('referenceCode', 94, 'optional'),
])

export type FileHeader = RecordValues<typeof fileHeader>
