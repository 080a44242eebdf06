import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** First addenda of an IAT entry: why it is paid, and to whom. foreignPaymentAmount is 18 digits. */
export const addenda10 = defineRecord('addenda10', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '10'),
  text('transactionTypeCode', 4, 6, 'required'),
  digits('foreignPaymentAmount', 7, 24, 'required'),
  text('foreignTraceNumber', 25, 46, 'optional'),
  text('receiverName', 47, 81, 'mandatory'),
  blank('reserved', 82, 87),
  digits('entryDetailSequenceNumber', 88, 94, 'mandatory'),
])
