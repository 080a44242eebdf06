import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Second addenda of an IAT entry: the originator. */
export const addenda11 = defineRecord('addenda11', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '11'),
  text('originatorName', 4, 38, 'mandatory'),
  text('originatorStreetAddress', 39, 73, 'mandatory'),
  blank('reserved', 74, 87),
  digits('entryDetailSequenceNumber', 88, 94, 'mandatory'),
])
