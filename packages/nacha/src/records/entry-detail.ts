import { defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/**
 * Entry detail, record type 6, as PPD and CCD have it. In a CCD batch individualIdentification is the
 * identification number and individualName the receiving company's name: same places, same widths.
 */
export const entryDetail = defineRecord('entryDetail', [
  literal('recordType', 1, 1, '6'),
  number('transactionCode', 2, 3),
  digits('rdfiIdentification', 4, 11, 'mandatory'),
  digits('checkDigit', 12, 12, 'mandatory'),
  text('dfiAccountNumber', 13, 29, 'required'),
  number('amount', 30, 39),
  text('individualIdentification', 40, 54, 'optional'),
  text('individualName', 55, 76, 'required'),
  text('discretionaryData', 77, 78, 'optional'),
  number('addendaRecordIndicator', 79, 79),
  digits('traceNumber', 80, 94, 'mandatory'),
])

export type EntryDetail = RecordValues<typeof entryDetail>
