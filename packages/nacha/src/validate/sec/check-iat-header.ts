import { ISO_COUNTRIES, ISO_CURRENCIES } from '../../iso-codes.ts'
import { batchHeaderIat } from '../../records/batch-header-iat.ts'
import type { Checker } from '../checker.ts'

const { field } = batchHeaderIat

function checkExchange(checker: Checker, index: number): void {
  const indicator = checker.text(index, field.foreignExchangeIndicator)
  const kind = checker.text(index, field.foreignExchangeReferenceIndicator)
  if (!['FF', 'FV', 'VF'].includes(indicator)) {
    const message = 'Expected FF (fixed to fixed), FV (fixed to variable) or VF (variable to fixed)'
    checker.fault('sec.iat.fx', index, field.foreignExchangeIndicator, message)
  }
  if (!['1', '2', '3'].includes(kind)) {
    const message = 'Expected 1 (rate), 2 (reference number) or 3 (blank)'
    checker.fault('sec.iat.fx', index, field.foreignExchangeReferenceIndicator, message)
  } else if (indicator === 'FF' && kind !== '3') {
    checker.fault('sec.iat.fx', index, field.foreignExchangeReferenceIndicator, 'FF has no reference: expected 3')
  } else if (kind === '3' && !checker.isBlank(index, field.foreignExchangeReference)) {
    checker.fault('sec.iat.fx', index, field.foreignExchangeReference, 'Indicator 3 leaves the reference blank')
  }
}

/** Checks what the batch header of IAT has instead of a company. */
export function checkIatHeader(checker: Checker, index: number, secCode: string): void {
  const { batchNumber, odfiIdentification, settlementDate } = field
  checker.forms(index, batchHeaderIat.fields, [batchNumber, odfiIdentification, settlementDate])
  checker.characters(index, batchHeaderIat, () => 'batch.header.characters')
  const indicator = checker.text(index, field.iatIndicator)
  if (secCode === 'IAT' && indicator !== '') {
    const message = 'IATCOR goes with SEC code COR; a payment leaves these positions blank'
    checker.fault('sec.iat.noc', index, field.iatIndicator, message)
  }
  checkExchange(checker, index)
  if (!ISO_COUNTRIES.includes(checker.text(index, field.isoDestinationCountryCode))) {
    const message = 'Expected a country code of ISO 3166, two letters'
    checker.fault('sec.iat.country', index, field.isoDestinationCountryCode, message)
  }
  for (const currency of [field.isoOriginatingCurrencyCode, field.isoDestinationCurrencyCode]) {
    if (!ISO_CURRENCIES.includes(checker.text(index, currency))) {
      checker.fault('sec.iat.currency', index, currency, 'Expected a currency code of ISO 4217, three letters')
    }
  }
  for (const needed of [field.originatorIdentification, field.companyEntryDescription]) {
    if (checker.isBlankOrZero(index, needed)) checker.fault('sec.iat.required', index, needed, 'This must be given')
  }
}
