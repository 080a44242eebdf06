import { blank, defineRecord, digits, literal, number, text } from '../field.ts'
import { entryTail } from './entry-parts.ts'

/**
 * Entry detail of IAT. rdfiIdentification is the gateway operator's in an outbound entry, dfiAccountNumber the foreign
 * receiver's account; the OFAC indicators are blank (not screened), 0 (no match) or 1 (possible match).
 */
export const entryIat = defineRecord('entryIat', [
  literal('recordType', 1, '6'),
  number('transactionCode', 3),
  digits('rdfiIdentification', 11),
  digits('checkDigit', 12),
  number('numberOfAddenda', 16),
  blank('reserved', 29),
  number('amount', 39),
  text('dfiAccountNumber', 74),
  blank('reservedToo', 76),
  text('gatewayOfacIndicator', 77, 'optional'),
  text('secondaryOfacIndicator', 78, 'optional'),
  ...entryTail,
])
