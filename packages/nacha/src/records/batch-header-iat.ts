import { date, defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/**
 * Batch header of IAT. iatIndicator is blank, or IATCOR in a notification of change (whose SEC code is COR).
 * odfiIdentification is the gateway operator's in an inbound batch.
 */
export const batchHeaderIat = defineRecord('batchHeaderIat', [
  literal('recordType', 1, '5'),
  number('serviceClassCode', 4),
  text('iatIndicator', 20, 'optional'),
  text('foreignExchangeIndicator', 22),
  text('foreignExchangeReferenceIndicator', 23, 'required'),
  text('foreignExchangeReference', 38, 'optional'),
  text('isoDestinationCountryCode', 40),
  text('originatorIdentification', 50),
  text('standardEntryClassCode', 53),
  text('companyEntryDescription', 63),
  text('isoOriginatingCurrencyCode', 66),
  text('isoDestinationCurrencyCode', 69),
  date('effectiveEntryDate', 75, 'required'),
  digits('settlementDate', 78, 'optional'),
  text('originatorStatusCode', 79),
  digits('odfiIdentification', 87),
  number('batchNumber', 94),
])

export type BatchHeaderIat = RecordValues<typeof batchHeaderIat>
