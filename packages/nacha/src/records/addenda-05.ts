import { defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/** Addenda with payment related information, record type 7, addenda type 05. */
export const addenda05 = defineRecord('addenda05', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '05'),
  text('paymentRelatedInformation', 4, 83, 'optional'),
  number('addendaSequenceNumber', 84, 87),
  digits('entryDetailSequenceNumber', 88, 94, 'mandatory'),
])

export type Addenda05 = RecordValues<typeof addenda05>
