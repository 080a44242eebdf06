import { blank, date, defineRecord, digits, literal, text } from '../field.ts'

/** Return: why, and which entry. dateOfDeath is for R14 and R15 only. */
export const addenda99 = defineRecord('addenda99', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '99'),
  text('returnReasonCode', 6),
  digits('originalTraceNumber', 21),
  date('dateOfDeath', 27, 'optional'),
  digits('originalRdfiIdentification', 35, 'required'),
  text('addendaInformation', 79, 'optional'),
  digits('traceNumber', 94),
])

/** Return of an IAT entry: its forward amount is told. */
export const addenda99Iat = defineRecord('addenda99Iat', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '99'),
  text('returnReasonCode', 6),
  digits('originalTraceNumber', 21),
  date('dateOfDeath', 27, 'optional'),
  digits('originalRdfiIdentification', 35, 'required'),
  digits('originalForwardAmount', 45, 'required'),
  text('addendaInformation', 79, 'optional'),
  digits('traceNumber', 94),
])

/** Dishonored return (R61, R62, R67 to R70). Settlement dates are Julian days, returnReasonCode its two digits. */
export const addenda99Dishonored = defineRecord('addenda99Dishonored', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '99'),
  text('dishonoredReturnReasonCode', 6),
  digits('originalTraceNumber', 21),
  blank('reserved', 27),
  digits('originalRdfiIdentification', 35, 'required'),
  blank('reservedToo', 38),
  digits('returnTraceNumber', 53),
  digits('returnSettlementDate', 56),
  text('returnReasonCode', 58),
  text('addendaInformation', 79, 'optional'),
  digits('traceNumber', 94),
])

/** Contested dishonored return (R71 to R77). Settlement dates are Julian days, the other reason codes two digits. */
export const addenda99Contested = defineRecord('addenda99Contested', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '99'),
  text('contestedReturnReasonCode', 6),
  digits('originalTraceNumber', 21),
  date('dateOriginalEntryReturned', 27, 'optional'),
  digits('originalRdfiIdentification', 35, 'required'),
  digits('originalSettlementDate', 38, 'optional'),
  digits('returnTraceNumber', 53),
  digits('returnSettlementDate', 56),
  text('returnReasonCode', 58),
  digits('dishonoredReturnTraceNumber', 73),
  digits('dishonoredReturnSettlementDate', 76),
  text('dishonoredReturnReasonCode', 78),
  blank('reserved', 79),
  digits('traceNumber', 94),
])
