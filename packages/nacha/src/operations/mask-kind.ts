import type { Field } from '../field.ts'

/**
 * How a field is hidden: accounts but for their last 4 characters, card numbers the same with zeros, names but for their
 * initials, texts whole but for what separates their parts, countries before the first star stay.
 */
export type MaskKind = 'account' | 'digits' | 'name' | 'text' | 'afterStar'

const KINDS: Readonly<Record<string, MaskKind>> = {
  dfiAccountNumber: 'account',
  cardAccountNumber: 'digits',
  individualName: 'name',
  receivingCompanyName: 'name',
  receiverName: 'name',
  originatorName: 'name',
  individualIdentification: 'text',
  identificationNumber: 'text',
  receiverIdentification: 'text',
  checkSerialNumber: 'text',
  paymentRelatedInformation: 'text',
  addendaInformation: 'text',
  correctedData: 'text',
  originatorStreetAddress: 'text',
  originatorCityState: 'text',
  originatorCountryPostalCode: 'afterStar',
  originatorDateOfBirth: 'text',
  receiverStreetAddress: 'text',
  receiverCityState: 'text',
  receiverCountryPostalCode: 'afterStar',
  receiverDateOfBirth: 'text',
  odfiId: 'account',
  rdfiId: 'account',
  correspondentBankId: 'account',
  // For a foreign company the last digits of its account.
  originatorIdentification: 'account',
}

/** How a field is hidden; null when everybody may see it. Reserved places may hold anything. */
export function maskKindOf({ name, kind }: Field): MaskKind | null {
  return kind === 'blank' ? 'text' : (KINDS[name] ?? null)
}

/** Characters of an account number that stay: 4, and never so many that fewer than 4 are hidden. */
export function shownOf(length: number): number {
  return Math.min(4, Math.max(0, length - 4))
}
