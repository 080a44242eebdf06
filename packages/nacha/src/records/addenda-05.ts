import { defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/** Addenda with payment related information, record type 7, addenda type 05. */
export const addenda05 = defineRecord('addenda05', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '05'),
  text('paymentRelatedInformation', 83, 'optional'),
  number('addendaSequenceNumber', 87),
  digits('entryDetailSequenceNumber', 94),
])

export type Addenda05 = RecordValues<typeof addenda05>
