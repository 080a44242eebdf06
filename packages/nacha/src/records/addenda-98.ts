import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Notification of change: what is wrong in the original entry, and what is right. */
export const addenda98 = defineRecord('addenda98', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '98'),
  text('changeCode', 6),
  digits('originalTraceNumber', 21),
  blank('reserved', 27),
  digits('originalRdfiIdentification', 35, 'required'),
  text('correctedData', 64),
  blank('reservedToo', 79),
  digits('traceNumber', 94),
])

/** Notification of change for an IAT entry: more room for the corrected data. */
export const addenda98Iat = defineRecord('addenda98Iat', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '98'),
  text('changeCode', 6),
  digits('originalTraceNumber', 21),
  blank('reserved', 27),
  digits('originalRdfiIdentification', 35, 'required'),
  text('correctedData', 70),
  blank('reservedToo', 79),
  digits('traceNumber', 94),
])

/** Refused notification of change (C61 to C69). */
export const addenda98Refused = defineRecord('addenda98Refused', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '98'),
  text('refusedChangeCode', 6),
  digits('originalTraceNumber', 21),
  blank('reserved', 27),
  digits('originalRdfiIdentification', 35, 'required'),
  text('correctedData', 64),
  text('changeCode', 67),
  digits('traceSequenceNumber', 74),
  blank('reservedToo', 79),
  digits('traceNumber', 94),
])
