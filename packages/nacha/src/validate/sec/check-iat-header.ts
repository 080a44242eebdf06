import { ISO_CURRENCIES } from '../../iso-codes.ts'
import { batchHeaderIat } from '../../records/batch-header-iat.ts'
import { type Checker, GIVEN } from '../checker.ts'
import { checkCountry } from '../content/check-iat-parties.ts'

const { field } = batchHeaderIat

const KINDS = 'FF, FV or VF'
const REFERENCES = '1 (rate), 2 (reference number) or 3 (blank)'

function checkExchange(checker: Checker, index: number): void {
  const { foreignExchangeIndicator, foreignExchangeReferenceIndicator, foreignExchangeReference } = field
  const kind = checker.text(index, foreignExchangeIndicator)
  const reference = checker.text(index, foreignExchangeReferenceIndicator)
  checker.expect(index, foreignExchangeIndicator, 'sec.iat.fx', /^(FF|FV|VF)$/, KINDS)
  if (kind === 'FF' && /^[12]$/.test(reference)) {
    checker.fault('sec.iat.fx', index, foreignExchangeReferenceIndicator, 'FF has no reference: expected 3')
  } else if (reference === '3') {
    checker.expect(index, foreignExchangeReference, 'sec.iat.fx', /^$/, 'blanks after indicator 3')
  } else checker.expect(index, foreignExchangeReferenceIndicator, 'sec.iat.fx', /^[12]$/, REFERENCES)
}

/** Checks what the batch header of IAT has instead of a company. */
export function checkIatHeader(checker: Checker, index: number, secCode: string): void {
  const { batchNumber, odfiIdentification, settlementDate } = field
  checker.forms(index, batchHeaderIat.fields, [batchNumber, odfiIdentification, settlementDate])
  checker.characters(index, batchHeaderIat, () => 'batch.header.characters')
  if (secCode === 'IAT') {
    const words = 'blanks but for SEC code COR'
    checker.expect(index, field.iatIndicator, 'sec.iat.noc', /^$/, words)
  }
  checkExchange(checker, index)
  checkCountry(checker, index, field.isoDestinationCountryCode)
  for (const currency of [field.isoOriginatingCurrencyCode, field.isoDestinationCurrencyCode]) {
    const words = 'a currency code of ISO 4217'
    checker.expect(index, currency, 'sec.iat.currency', ISO_CURRENCIES, words)
  }
  for (const needed of [field.originatorIdentification, field.companyEntryDescription]) {
    checker.expect(index, needed, 'sec.iat.required', GIVEN)
  }
}
