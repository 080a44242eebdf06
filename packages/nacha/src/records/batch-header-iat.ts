import { date, defineRecord, digits, literal, number, type RecordValues, text } from '../field.ts'

/**
 * Batch header of IAT. iatIndicator is blank, or IATCOR in a notification of change (whose SEC code is COR).
 * odfiIdentification is the gateway operator's in an inbound batch.
 */
export const batchHeaderIat = defineRecord('batchHeaderIat', [
  literal('recordType', 1, 1, '5'),
  number('serviceClassCode', 2, 4),
  text('iatIndicator', 5, 20, 'optional'),
  text('foreignExchangeIndicator', 21, 22, 'mandatory'),
  text('foreignExchangeReferenceIndicator', 23, 23, 'required'),
  text('foreignExchangeReference', 24, 38, 'optional'),
  text('isoDestinationCountryCode', 39, 40, 'mandatory'),
  text('originatorIdentification', 41, 50, 'mandatory'),
  text('standardEntryClassCode', 51, 53, 'mandatory'),
  text('companyEntryDescription', 54, 63, 'mandatory'),
  text('isoOriginatingCurrencyCode', 64, 66, 'mandatory'),
  text('isoDestinationCurrencyCode', 67, 69, 'mandatory'),
  date('effectiveEntryDate', 70, 75, 'required'),
  digits('settlementDate', 76, 78, 'optional'),
  text('originatorStatusCode', 79, 79, 'mandatory'),
  digits('odfiIdentification', 80, 87, 'mandatory'),
  number('batchNumber', 88, 94),
])

export type BatchHeaderIat = RecordValues<typeof batchHeaderIat>
