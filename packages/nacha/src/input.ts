import type { CivilDate } from './civil-date.ts'
import type { Field, RecordLayout } from './field.ts'
import type { ADDENDA_LAYOUTS, AddendaLayoutName, ENTRY_LAYOUTS, EntryLayoutName } from './layouts.ts'
import type { batchHeaderIat } from './records/batch-header-iat.ts'
import type { SEC_TRAITS, SecCode } from './sec-traits.ts'

/**
 * What a file is built from; of batches of PPD, CCD, DNE and COR unless said otherwise (`FileInput<BatchInput>`). Counts, totals, hashes, batch numbers,
 * trace numbers and filler are worked out.
 */
export interface FileInput<Batch extends BatchInput = StandardBatchInput> {
  /** Routing number of the receiving point (9 digits, a blank is put before), or 10 characters as agreed with the bank. */
  readonly immediateDestination: string
  /** 9 digits (a blank is put before) or up to 10 characters as agreed with the bank. */
  readonly immediateOrigin: string
  readonly immediateDestinationName?: string | undefined
  readonly immediateOriginName?: string | undefined
  readonly fileCreationDate: CivilDate
  /** HHMM */
  readonly fileCreationTime?: string | undefined
  /** A to Z or 0 to 9: tells files of one day from each other. */
  readonly fileIdModifier: string
  readonly referenceCode?: string | undefined
  readonly batches: readonly Batch[]
}

type Valued<Layout extends RecordLayout> = Exclude<Layout['fields'][number], Field<string, 'literal' | 'blank'>>
type ValueOf<Each extends Field> = Each['kind'] extends 'number' ? number : string

/** The values of a record that are given, by the names of its table; optional ones may be left out. */
type Given<Layout extends RecordLayout, WorkedOut extends string> = {
  readonly [Each in Valued<Layout> as Each['inclusion'] extends 'optional'
    ? never
    : Exclude<Each['name'], WorkedOut>]: ValueOf<Each>
} & {
  readonly [Each in Valued<Layout> as Each['inclusion'] extends 'optional' ? Exclude<Each['name'], WorkedOut> : never]?:
    | ValueOf<Each>
    | undefined
}

type OfEveryEntry =
  | 'transactionCode'
  | 'rdfiIdentification'
  | 'checkDigit'
  | 'dfiAccountNumber'
  | 'amount'
  | 'numberOfAddenda'
  | 'addendaRecordIndicator'
  | 'traceNumber'
  | 'sequenceNumber'

interface AnyEntryInput {
  readonly transactionCode: number
  /** 9 digits. */
  readonly routingNumber: string
  readonly accountNumber: string
  readonly amountCents: number
  /** A text is the payment related information of an addenda 05. */
  readonly addenda?: readonly (string | AddendaInput)[] | undefined
  /** Last 7 digits of the trace number; one more than the entry before when left out. */
  readonly traceSequence?: number | undefined
}

/** An entry with the fields of its SEC code, by the names of the entry's table. */
export type EntryInputOf<Name extends EntryLayoutName> = AnyEntryInput &
  Given<(typeof ENTRY_LAYOUTS)[Name], OfEveryEntry>

/** An entry of PPD, CCD, DNE or COR. */
export type EntryInput = EntryInputOf<'entryDetail'>

/** An addenda by the name of its table; sequence and trace numbers are worked out. */
export type AddendaInput = {
  [Name in AddendaLayoutName]: { readonly layout: Name } & Given<
    (typeof ADDENDA_LAYOUTS)[Name],
    'addendaSequenceNumber' | 'entryDetailSequenceNumber' | 'traceNumber'
  >
}[AddendaLayoutName]

interface AnyBatchInput {
  readonly companyEntryDescription: string
  /** '' in ENR batches, which have none, and in batches of returns that do not repeat it. */
  readonly effectiveEntryDate: CivilDate
  /** First 8 digits of the ODFI's routing number, or all 9; in a batch of returns that of the bank that returns. */
  readonly odfiIdentification: string
  /** 220 when all are credits, 225 when all are debits, else 200; worked out when left out. */
  readonly serviceClassCode?: 200 | 220 | 225 | undefined
  /** 1 (a bank) when left out, 0 in ADV. */
  readonly originatorStatusCode?: '1' | '2' | undefined
}

interface CompanyBatchInput extends AnyBatchInput {
  readonly companyName: string
  readonly companyIdentification: string
  readonly companyDiscretionaryData?: string | undefined
  readonly companyDescriptiveDate?: string | undefined
  /** In WEB: the debits pay for goods bought online, so that the batch must be described as PURCHASE. */
  readonly isPurchase?: boolean | undefined
}

/** The SEC codes whose entries have this table. */
type SecCodeWith<Name extends EntryLayoutName> = {
  [Code in SecCode]: (typeof SEC_TRAITS)[Code]['entry']['name'] extends Name ? Code : never
}[SecCode]

type CompanyBatchOf<Name extends EntryLayoutName> = CompanyBatchInput & {
  readonly secCode: SecCodeWith<Name>
  readonly entries: readonly EntryInputOf<Name>[]
}

/** A batch of PPD, CCD, DNE or COR: the entries have the common table. */
export type StandardBatchInput = CompanyBatchOf<'entryDetail'>

/** A batch of IAT; with `iatIndicator` it holds notifications of change. */
export interface IatBatchInput
  extends AnyBatchInput,
    Omit<
      Given<
        typeof batchHeaderIat,
        'serviceClassCode' | 'standardEntryClassCode' | 'settlementDate' | 'originatorStatusCode' | 'batchNumber'
      >,
      'iatIndicator' | keyof AnyBatchInput
    > {
  readonly secCode: 'IAT'
  readonly iatIndicator?: 'IATCOR' | undefined
  readonly entries: readonly EntryInputOf<'entryIat'>[]
}

/** A batch: its entries have the fields that `secCode` wants. */
export type BatchInput =
  | IatBatchInput
  | { [Name in Exclude<EntryLayoutName, 'entryIat'>]: CompanyBatchOf<Name> }[Exclude<EntryLayoutName, 'entryIat'>]

/** Any entry of any batch. */
export type AnyEntry = BatchInput['entries'][number]
