import { digits, literal, number, text } from '../field.ts'

/** Positions 1 to 39 of an entry, alike in every SEC code but IAT and ADV. */
export const entryHead = [
  literal('recordType', 1, 1, '6'),
  number('transactionCode', 2, 3),
  digits('rdfiIdentification', 4, 11, 'mandatory'),
  digits('checkDigit', 12, 12, 'mandatory'),
  text('dfiAccountNumber', 13, 29, 'required'),
  number('amount', 30, 39),
] as const

/** Positions 79 to 94 of an entry, alike in every SEC code but ADV. */
export const entryTail = [number('addendaRecordIndicator', 79, 79), digits('traceNumber', 80, 94, 'mandatory')] as const
