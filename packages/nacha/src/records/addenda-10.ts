import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** First addenda of an IAT entry: why it is paid, and to whom. foreignPaymentAmount is 18 digits. */
export const addenda10 = defineRecord('addenda10', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '10'),
  text('transactionTypeCode', 6, 'required'),
  digits('foreignPaymentAmount', 24, 'required'),
  text('foreignTraceNumber', 46, 'optional'),
  text('receiverName', 81),
  blank('reserved', 87),
  digits('entryDetailSequenceNumber', 94),
])
