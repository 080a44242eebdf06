import type { Category } from '../addenda-kind.ts'
import type { Field, RecordLayout } from '../field.ts'
import { ADDENDA_LAYOUTS } from '../layouts.ts'
import { entryAdv } from '../records/entry-adv.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { entryIat } from '../records/entry-iat.ts'
import { entrySwapped } from '../records/entry-swapped.ts'
import type { SecCode } from '../sec-code.ts'

/** What the members of moov-io/ach are called where the tables have another name. */
const MEMBERS: Readonly<Record<string, string>> = {
  fileIdModifier: 'fileIDModifier',
  odfiIdentification: 'ODFIIdentification',
  rdfiIdentification: 'RDFIIdentification',
  dfiAccountNumber: 'DFIAccountNumber',
  individualIdentification: 'identificationNumber',
  operatorRoutingNumber: 'achOperatorRoutingNumber',
  totalDebitAmount: 'totalDebit',
  totalCreditAmount: 'totalCredit',
  messageAuthenticationCode: 'messageAuthentication',
  iatIndicator: 'IATIndicator',
  isoDestinationCountryCode: 'ISODestinationCountryCode',
  isoOriginatingCurrencyCode: 'ISOOriginatingCurrencyCode',
  isoDestinationCurrencyCode: 'ISODestinationCurrencyCode',
  numberOfAddenda: 'addendaRecords',
  gatewayOfacIndicator: 'OFACScreeningIndicator',
  secondaryOfacIndicator: 'secondaryOFACScreeningIndicator',
  addendaTypeCode: 'typeCode',
  addendaSequenceNumber: 'sequenceNumber',
  referenceInformation1: 'referenceInformationOne',
  referenceInformation2: 'referenceInformationTwo',
  terminalIdentification: 'terminalIdentificationCode',
  authorizationCode: 'authorizationCodeOrExpireDate',
  receiverName: 'name',
  originatorCityState: 'originatorCityStateProvince',
  odfiName: 'ODFIName',
  odfiIdQualifier: 'ODFIIDNumberQualifier',
  odfiId: 'ODFIIdentification',
  odfiBranchCountryCode: 'ODFIBranchCountryCode',
  rdfiName: 'RDFIName',
  rdfiIdQualifier: 'RDFIIDNumberQualifier',
  rdfiId: 'RDFIIdentification',
  rdfiBranchCountryCode: 'RDFIBranchCountryCode',
  receiverIdentification: 'receiverIDNumber',
  receiverCityState: 'receiverCityStateProvince',
  correspondentBankName: 'foreignCorrespondentBankName',
  correspondentBankIdQualifier: 'foreignCorrespondentBankIDNumberQualifier',
  correspondentBankId: 'foreignCorrespondentBankIDNumber',
  correspondentBankBranchCountryCode: 'foreignCorrespondentBankBranchCountryCode',
  contestedReturnReasonCode: 'contestedReturnCode',
  originalTraceNumber: 'originalTrace',
  originalRdfiIdentification: 'originalDFI',
}

const ORIGINAL = {
  originalTraceNumber: 'originalEntryTraceNumber',
  originalRdfiIdentification: 'originalReceivingDFIIdentification',
}

const OF_TABLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  addenda99: { returnReasonCode: 'returnCode' },
  addenda99Dishonored: ORIGINAL,
  addenda99Contested: ORIGINAL,
}

const NUMBERS: readonly string[] = [
  'originatorStatusCode',
  'foreignExchangeReferenceIndicator',
  'foreignPaymentAmount',
  'entryDetailSequenceNumber',
  'totalDebitAmount',
  'totalCreditAmount',
]

/** A field and the member that holds it. */
export interface MoovRow {
  readonly field: Field
  readonly member: string
  /** More members are numbers than the tables have as numbers. */
  readonly isNumber: boolean
}

const ROWS = /* @__PURE__ */ new WeakMap<RecordLayout, readonly MoovRow[]>()

/** The members of a record in their order, worked out once for a table. */
export function moovRows(layout: RecordLayout): readonly MoovRow[] {
  const known = ROWS.get(layout)
  if (known) return known
  const valued = layout.fields.filter(({ kind, name }) => name === 'addendaTypeCode' || !/^(literal|blank)$/.test(kind))
  const rows = valued.map((field) => ({
    field,
    member: OF_TABLE[layout.name]?.[field.name] ?? MEMBERS[field.name] ?? field.name,
    isNumber: field.kind === 'number' || NUMBERS.includes(field.name),
  }))
  ROWS.set(layout, rows)
  return rows
}

/** The addenda of an entry in the order of the file: the name of the member is that of the table but for IAT. */
export interface MoovSlot {
  readonly member: string
  readonly layout: RecordLayout
  /** True for a list. One member has one addenda, else. */
  readonly isList: boolean
}

/** How the entries of a batch are written. One table has most SEC codes: other names stand at the same positions. */
export interface MoovForm {
  readonly entries: 'entryDetails' | 'IATEntryDetails' | 'advEntryDetails'
  readonly layout: RecordLayout
  readonly slots: readonly MoovSlot[]
  readonly isIat: boolean
  /** True where the count of addenda stands before the name of the receiver. */
  readonly countsAddenda: boolean
}

const LISTS = ['05', '17', '18']

function slot(layout: RecordLayout, member = layout.name): MoovSlot {
  return { member, layout, isList: LISTS.includes(member.slice(-2)) }
}

function slots(isIat: boolean): MoovSlot[] {
  const all = ADDENDA_LAYOUTS
  const { addenda98Iat: iat98, addenda98Refused, addenda99 } = all
  if (!isIat) {
    const replies = [all.addenda98, addenda98Refused, addenda99, all.addenda99Dishonored, all.addenda99Contested]
    return [all.addenda02, all.addenda05, ...replies].map((layout) => slot(layout))
  }
  const seven = [all.addenda10, all.addenda11, all.addenda12, all.addenda13, all.addenda14, all.addenda15]
  const rest = [...seven, all.addenda16, all.addenda17, all.addenda18].map((layout) => slot(layout))
  return [...rest, slot(iat98, 'addenda98'), slot(addenda98Refused), slot(addenda99)]
}

export function moovForm(secCode: SecCode | null, isIat: boolean): MoovForm {
  const same = { isIat, countsAddenda: !isIat && (secCode === 'CTX' || secCode === 'ATX') }
  if (isIat) return { ...same, entries: 'IATEntryDetails', layout: entryIat, slots: slots(true) }
  if (secCode === 'ADV') {
    return { ...same, entries: 'advEntryDetails', layout: entryAdv, slots: [slot(ADDENDA_LAYOUTS.addenda99)] }
  }
  const layout = secCode === 'CIE' || secCode === 'MTE' ? entrySwapped : entryDetail
  return { ...same, entries: 'entryDetails', layout, slots: slots(false) }
}

/** What moov-io/ach calls the kinds of entries. */
export const MOOV_CATEGORIES: Readonly<Record<Category, string>> = {
  forward: 'Forward',
  return: 'Return',
  noc: 'NOC',
  refusedNoc: 'NOC',
  dishonored: 'DishonoredReturn',
  contested: 'DishonoredReturnContested',
}
