import { defineRecord, digits, literal, number, text } from '../field.ts'

/** Entry detail of ADV (an Operator's accounting advice): a longer amount, no trace number. */
export const entryAdv = defineRecord('entryAdv', [
  literal('recordType', 1, 1, '6'),
  number('transactionCode', 2, 3),
  digits('rdfiIdentification', 4, 11, 'mandatory'),
  digits('checkDigit', 12, 12, 'mandatory'),
  text('dfiAccountNumber', 13, 27, 'required'),
  number('amount', 28, 39),
  digits('adviceRoutingNumber', 40, 48, 'mandatory'),
  text('fileIdentification', 49, 53, 'optional'),
  text('achOperatorData', 54, 54, 'optional'),
  text('individualName', 55, 76, 'required'),
  text('discretionaryData', 77, 78, 'optional'),
  number('addendaRecordIndicator', 79, 79),
  digits('operatorRoutingNumber', 80, 87, 'mandatory'),
  number('julianDay', 88, 90),
  number('sequenceNumber', 91, 94),
])
