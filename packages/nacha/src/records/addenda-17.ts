import { defineRecord, digits, literal, number, text } from '../field.ts'

/** Remittance information of an IAT entry, up to two. */
export const addenda17 = defineRecord('addenda17', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '17'),
  text('paymentRelatedInformation', 83, 'optional'),
  number('addendaSequenceNumber', 87),
  digits('entryDetailSequenceNumber', 94),
])
