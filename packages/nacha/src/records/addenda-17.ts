import { defineRecord, digits, literal, number, text } from '../field.ts'

/** Remittance information of an IAT entry, up to two. */
export const addenda17 = defineRecord('addenda17', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '17'),
  text('paymentRelatedInformation', 4, 83, 'optional'),
  number('addendaSequenceNumber', 84, 87),
  digits('entryDetailSequenceNumber', 88, 94, 'mandatory'),
])
