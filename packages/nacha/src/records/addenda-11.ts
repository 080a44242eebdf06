import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Second addenda of an IAT entry: the originator. */
export const addenda11 = defineRecord('addenda11', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '11'),
  text('originatorName', 38),
  text('originatorStreetAddress', 73),
  blank('reserved', 87),
  digits('entryDetailSequenceNumber', 94),
])
