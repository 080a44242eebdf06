import { blank, defineRecord, digits, literal, number, text } from '../field.ts'
import { entryTail } from './entry-parts.ts'

/**
 * Entry detail of IAT. rdfiIdentification is the gateway operator's in an outbound entry, dfiAccountNumber the foreign
 * receiver's account; the OFAC indicators are blank (not screened), 0 (no match) or 1 (possible match).
 */
export const entryIat = defineRecord('entryIat', [
  literal('recordType', 1, 1, '6'),
  number('transactionCode', 2, 3),
  digits('rdfiIdentification', 4, 11, 'mandatory'),
  digits('checkDigit', 12, 12, 'mandatory'),
  number('numberOfAddenda', 13, 16),
  blank('reserved', 17, 29),
  number('amount', 30, 39),
  text('dfiAccountNumber', 40, 74, 'mandatory'),
  blank('reservedToo', 75, 76),
  text('gatewayOfacIndicator', 77, 77, 'optional'),
  text('secondaryOfacIndicator', 78, 78, 'optional'),
  ...entryTail,
])
