import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Sixth addenda of an IAT entry: the receiver. */
export const addenda15 = defineRecord('addenda15', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '15'),
  text('receiverIdentification', 18, 'optional'),
  text('receiverStreetAddress', 53),
  blank('reserved', 87),
  digits('entryDetailSequenceNumber', 94),
])
