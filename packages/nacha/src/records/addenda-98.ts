import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Notification of change: what is wrong in the original entry, and what is right. */
export const addenda98 = defineRecord('addenda98', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '98'),
  text('changeCode', 4, 6, 'mandatory'),
  digits('originalTraceNumber', 7, 21, 'mandatory'),
  blank('reserved', 22, 27),
  digits('originalRdfiIdentification', 28, 35, 'required'),
  text('correctedData', 36, 64, 'mandatory'),
  blank('reservedToo', 65, 79),
  digits('traceNumber', 80, 94, 'mandatory'),
])

/** Notification of change for an IAT entry: more room for the corrected data. */
export const addenda98Iat = defineRecord('addenda98Iat', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '98'),
  text('changeCode', 4, 6, 'mandatory'),
  digits('originalTraceNumber', 7, 21, 'mandatory'),
  blank('reserved', 22, 27),
  digits('originalRdfiIdentification', 28, 35, 'required'),
  text('correctedData', 36, 70, 'mandatory'),
  blank('reservedToo', 71, 79),
  digits('traceNumber', 80, 94, 'mandatory'),
])

/** Refused notification of change (C61 to C69). */
export const addenda98Refused = defineRecord('addenda98Refused', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '98'),
  text('refusedChangeCode', 4, 6, 'mandatory'),
  digits('originalTraceNumber', 7, 21, 'mandatory'),
  blank('reserved', 22, 27),
  digits('originalRdfiIdentification', 28, 35, 'required'),
  text('correctedData', 36, 64, 'mandatory'),
  text('changeCode', 65, 67, 'mandatory'),
  digits('traceSequenceNumber', 68, 74, 'mandatory'),
  blank('reservedToo', 75, 79),
  digits('traceNumber', 80, 94, 'mandatory'),
])
