import type { Category } from '../addenda-kind.ts'
import type { Field, RecordLayout } from '../field.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { isSecCode, SEC_TRAITS, type SecCode, type SecTraits } from '../sec-traits.ts'
import type { TransactionCode } from '../transaction-code.ts'
import type { Checker } from './checker.ts'

const { field } = batchHeader

/** What the entries of a batch are checked against. */
export interface BatchFacts {
  readonly secCode: SecCode
  readonly row: SecTraits
  /** The table of the entries: that of the SEC code, and of IAT in a notification of change for IAT. */
  readonly entry: RecordLayout
  readonly account: Field
  readonly amount: Field
  /** null where the entries of the SEC code have none. */
  readonly name: Field | null
  readonly trace: Field | null
  /** Fields of the entry that must be digits or blank and are not checked one by one. */
  readonly formed: readonly Field[]
  /** Those of POS and SHR that payments are checked for and returns only repeat. */
  readonly cardFields: readonly Field[]
  readonly isIat: boolean
  readonly isMte: boolean
  readonly isReversal: boolean
  /** 200, 220, 225, 280; anything else is its own fault and restricts nothing. */
  readonly serviceClass: number
  readonly odfi: number
  readonly description: string
  readonly line: number
}

/** What is known of an entry when its own rules are asked. */
export interface EntryFacts {
  readonly index: number
  readonly addendaCount: number
  readonly category: Category
  readonly code: number
  /** What the code means, where Nacha defines it outside ADV. */
  readonly meaning: TransactionCode | undefined
  readonly cents: number
}

/** What a batch does not say itself. */
export interface BatchContext {
  readonly creationDate: string
  readonly asOf: string
  /** Its WEB debits pay for goods bought online. */
  readonly isPurchase: boolean
}

const CHECKED_ONE_BY_ONE =
  'transactionCode rdfiIdentification checkDigit amount addendaRecordIndicator traceNumber numberOfAddenda originalEntryTraceNumber cardTransactionType cardExpiration julianDay'.split(
    ' ',
  )

const formedOf = (layout: RecordLayout): readonly Field[] =>
  layout.fields.filter(({ kind, name }) => kind !== 'text' && kind !== 'literal' && !CHECKED_ONE_BY_ONE.includes(name))

/** A field by its name, where the layout has it. */
export function fieldOf(layout: RecordLayout, name: string): Field | null {
  return layout.field[name] ?? null
}

export const isIatHeader = (secCode: string, iatIndicator: string) =>
  secCode === 'IAT' || (secCode === 'COR' && iatIndicator === 'IATCOR')

/** What the header at `header` says of its entries; null when there is no header, or no SEC code in it. */
export function batchFacts(checker: Checker, header: number): BatchFacts | null {
  if (header < 0) return null
  // Lower case is a fault of the header; the entries are checked all the same.
  const secCode = checker.text(header, field.standardEntryClassCode).toUpperCase()
  if (!isSecCode(secCode)) return null
  const row: SecTraits = SEC_TRAITS[secCode]
  const isIat = isIatHeader(secCode, checker.text(header, batchHeaderIat.field.iatIndicator))
  const { entry } = SEC_TRAITS[isIat ? 'IAT' : secCode]
  const description = checker.text(header, field.companyEntryDescription)
  return {
    secCode,
    row,
    entry,
    account: entry.field.dfiAccountNumber,
    amount: entry.field.amount,
    name: fieldOf(entry, 'individualName') ?? fieldOf(entry, 'receivingCompanyName'),
    trace: fieldOf(entry, 'traceNumber'),
    formed: formedOf(entry),
    cardFields: entry.fields.filter(({ name }) => name === 'cardTransactionType' || name === 'cardExpiration'),
    isIat,
    isMte: secCode === 'MTE',
    isReversal: description === 'REVERSAL',
    serviceClass: checker.number(header, field.serviceClassCode),
    odfi: checker.number(header, field.odfiIdentification),
    description,
    line: checker.records.line(header),
  }
}
