import { defineRecord, digits, literal, number, text } from '../field.ts'

/** Entry detail of ADV (an Operator's accounting advice): a longer amount, no trace number. */
export const entryAdv = defineRecord('entryAdv', [
  literal('recordType', 1, '6'),
  number('transactionCode', 3),
  digits('rdfiIdentification', 11),
  digits('checkDigit', 12),
  text('dfiAccountNumber', 27, 'required'),
  number('amount', 39),
  digits('adviceRoutingNumber', 48),
  text('fileIdentification', 53, 'optional'),
  text('achOperatorData', 54, 'optional'),
  text('individualName', 76, 'required'),
  text('discretionaryData', 78, 'optional'),
  number('addendaRecordIndicator', 79),
  digits('operatorRoutingNumber', 87),
  number('julianDay', 90),
  number('sequenceNumber', 94),
])
