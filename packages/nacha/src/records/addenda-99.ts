import { blank, date, defineRecord, digits, literal, text } from '../field.ts'

/** Return: why, and which entry. dateOfDeath is for R14 and R15 only. */
export const addenda99 = defineRecord('addenda99', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '99'),
  text('returnReasonCode', 4, 6, 'mandatory'),
  digits('originalTraceNumber', 7, 21, 'mandatory'),
  date('dateOfDeath', 22, 27, 'optional'),
  digits('originalRdfiIdentification', 28, 35, 'required'),
  text('addendaInformation', 36, 79, 'optional'),
  digits('traceNumber', 80, 94, 'mandatory'),
])

/** Return of an IAT entry: its forward amount is told. */
export const addenda99Iat = defineRecord('addenda99Iat', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '99'),
  text('returnReasonCode', 4, 6, 'mandatory'),
  digits('originalTraceNumber', 7, 21, 'mandatory'),
  date('dateOfDeath', 22, 27, 'optional'),
  digits('originalRdfiIdentification', 28, 35, 'required'),
  digits('originalForwardAmount', 36, 45, 'required'),
  text('addendaInformation', 46, 79, 'optional'),
  digits('traceNumber', 80, 94, 'mandatory'),
])

/** Dishonored return (R61, R62, R67 to R70). Settlement dates are Julian days, returnReasonCode its two digits. */
export const addenda99Dishonored = defineRecord('addenda99Dishonored', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '99'),
  text('dishonoredReturnReasonCode', 4, 6, 'mandatory'),
  digits('originalTraceNumber', 7, 21, 'mandatory'),
  blank('reserved', 22, 27),
  digits('originalRdfiIdentification', 28, 35, 'required'),
  blank('reservedToo', 36, 38),
  digits('returnTraceNumber', 39, 53, 'mandatory'),
  digits('returnSettlementDate', 54, 56, 'mandatory'),
  text('returnReasonCode', 57, 58, 'mandatory'),
  text('addendaInformation', 59, 79, 'optional'),
  digits('traceNumber', 80, 94, 'mandatory'),
])

/** Contested dishonored return (R71 to R77). Settlement dates are Julian days, the other reason codes two digits. */
export const addenda99Contested = defineRecord('addenda99Contested', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '99'),
  text('contestedReturnReasonCode', 4, 6, 'mandatory'),
  digits('originalTraceNumber', 7, 21, 'mandatory'),
  date('dateOriginalEntryReturned', 22, 27, 'optional'),
  digits('originalRdfiIdentification', 28, 35, 'required'),
  digits('originalSettlementDate', 36, 38, 'optional'),
  digits('returnTraceNumber', 39, 53, 'mandatory'),
  digits('returnSettlementDate', 54, 56, 'mandatory'),
  text('returnReasonCode', 57, 58, 'mandatory'),
  digits('dishonoredReturnTraceNumber', 59, 73, 'mandatory'),
  digits('dishonoredReturnSettlementDate', 74, 76, 'mandatory'),
  text('dishonoredReturnReasonCode', 77, 78, 'mandatory'),
  blank('reserved', 79, 79),
  digits('traceNumber', 80, 94, 'mandatory'),
])
