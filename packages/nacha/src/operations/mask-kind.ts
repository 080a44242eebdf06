import type { Field } from '../field.ts'

/**
 * How a field is hidden: accounts but for their last 4 characters, card numbers the same with zeros, numbers that begin
 * with a bank but for what follows its first 5 digits, names but for their initials, texts whole but for what separates
 * their parts, countries before the first star stay. `numbers` hides long numbers in a text that is else open.
 */
export type MaskKind = 'account' | 'digits' | 'bank' | 'name' | 'text' | 'afterStar' | 'numbers'

const NAMES: Readonly<Record<MaskKind, string>> = {
  account: `dfiAccountNumber odfiId rdfiId correspondentBankId originatorIdentification companyIdentification
    immediateDestination immediateOrigin adviceRoutingNumber`,
  digits: 'cardAccountNumber',
  bank: `rdfiIdentification odfiIdentification originalRdfiIdentification operatorRoutingNumber traceNumber
    originalTraceNumber originalEntryTraceNumber returnTraceNumber dishonoredReturnTraceNumber`,
  name: 'individualName receivingCompanyName receiverName originatorName',
  // The hash of a single entry is its bank.
  text: `individualIdentification identificationNumber receiverIdentification checkSerialNumber itemResearchNumber
    paymentRelatedInformation addendaInformation correctedData originatorStreetAddress originatorCityState
    originatorDateOfBirth receiverStreetAddress receiverCityState receiverDateOfBirth entryHash cardExpiration
    documentReference foreignTraceNumber messageAuthenticationCode`,
  afterStar: 'originatorCountryPostalCode receiverCountryPostalCode',
  numbers: `immediateDestinationName immediateOriginName referenceCode companyName companyDiscretionaryData
    companyEntryDescription foreignExchangeReference iatIndicator odfiName rdfiName correspondentBankName
    achOperatorData terminalLocation terminalCity terminalIdentification transactionSerialNumber authorizationCode
    transactionDescription referenceInformation1 processControl`,
}

const OPEN = `priorityCode fileCreationDate fileCreationTime fileIdModifier recordSize blockingFactor formatCode
  serviceClassCode companyDescriptiveDate standardEntryClassCode effectiveEntryDate settlementDate
  originatorStatusCode batchNumber foreignExchangeIndicator foreignExchangeReferenceIndicator
  isoDestinationCountryCode isoOriginatingCurrencyCode isoDestinationCurrencyCode transactionCode checkDigit amount
  discretionaryData paymentTypeCode cardTransactionType addendaRecordIndicator numberOfAddenda terminalState
  gatewayOfacIndicator secondaryOfacIndicator fileIdentification julianDay sequenceNumber referenceInformation2
  transactionDate transactionTime networkIdentification addendaSequenceNumber entryDetailSequenceNumber
  transactionTypeCode foreignPaymentAmount odfiIdQualifier odfiBranchCountryCode rdfiIdQualifier
  rdfiBranchCountryCode correspondentBankIdQualifier correspondentBankBranchCountryCode changeCode refusedChangeCode
  traceSequenceNumber returnReasonCode dateOfDeath originalForwardAmount dishonoredReturnReasonCode
  returnSettlementDate contestedReturnReasonCode dateOriginalEntryReturned originalSettlementDate
  dishonoredReturnSettlementDate entryAddendaCount totalDebitAmount totalCreditAmount batchCount blockCount`

const words = (text: string) => text.split(/\s+/)

/** Made when first asked for, so that a bundle that masks nothing keeps nothing of it. */
let known: ReadonlyMap<string, MaskKind | null> | null = null

function table(): ReadonlyMap<string, MaskKind | null> {
  known ??= new Map([
    ...words(OPEN).map((name) => [name, null] as const),
    ...(Object.keys(NAMES) as MaskKind[]).flatMap((kind) => words(NAMES[kind]).map((name) => [name, kind] as const)),
  ])
  return known
}

/** True for a field of which it is said whether it is hidden; any other one is hidden as text. */
export function hasMaskKind(name: string): boolean {
  return table().has(name)
}

/** How a field is hidden; null when everybody may see it. Reserved places may hold anything. */
export function maskKindOf({ name, kind }: Pick<Field, 'name' | 'kind'>): MaskKind | null {
  if (kind === 'literal') return null
  const found = table().get(name)
  return kind === 'blank' || found === undefined ? 'text' : found
}

/** Characters of an account number that stay: 4, and never so many that fewer than 4 are hidden. */
export function shownOf(length: number): number {
  return Math.min(4, Math.max(0, length - 4))
}
