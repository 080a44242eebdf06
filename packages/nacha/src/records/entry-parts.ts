import { digits, literal, number, text } from '../field.ts'

/** Positions 1 to 39 of an entry, alike in every SEC code but IAT and ADV. */
export const entryHead = [
  literal('recordType', 1, '6'),
  number('transactionCode', 3),
  digits('rdfiIdentification', 11),
  digits('checkDigit', 12),
  text('dfiAccountNumber', 29, 'required'),
  number('amount', 39),
] as const

/** Positions 79 to 94 of an entry, alike in every SEC code but ADV. */
export const entryTail = [number('addendaRecordIndicator', 79), digits('traceNumber', 94)] as const
