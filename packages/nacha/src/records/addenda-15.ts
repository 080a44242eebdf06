import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Sixth addenda of an IAT entry: the receiver. */
export const addenda15 = defineRecord('addenda15', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '15'),
  text('receiverIdentification', 4, 18, 'optional'),
  text('receiverStreetAddress', 19, 53, 'mandatory'),
  blank('reserved', 54, 87),
  digits('entryDetailSequenceNumber', 88, 94, 'mandatory'),
])
