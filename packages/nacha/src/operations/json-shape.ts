import type { RecordLayout } from '../field.ts'

/** Stands in every file: a later shape has another number. */
export const JSON_FORMAT = 'fistworks.nacha/1'

/**
 * A record by the names of its table, but `amountCents`, `totalDebitCents`, `totalCreditCents` (integers), `routingNumber`
 * (all 9 digits), `accountNumber` and `secCode`. Dates are YYYY-MM-DD, empty texts are left out. `raw` holds what its
 * values alone would not write again: exactly the characters of those fields, by the names of the table.
 */
export interface RecordJson {
  readonly [name: string]: string | number | Readonly<Record<string, string>> | undefined
  readonly raw?: Readonly<Record<string, string>>
}

/** An addenda with the name of its table; one of an unknown type as the text of its record. */
export type AddendaJson =
  | { readonly layout: string; readonly [name: string]: RecordJson[string] }
  | { readonly record: string }

export interface EntryJson {
  readonly [name: string]: RecordJson[string] | readonly AddendaJson[]
  readonly addenda?: readonly AddendaJson[]
}

/** A header or control that the file does not have is null; one that is left out is worked out when reading. */
export interface BatchJson {
  readonly header: RecordJson | null
  readonly entries: readonly EntryJson[]
  readonly control?: RecordJson | null
}

export interface FileJson {
  readonly format: typeof JSON_FORMAT
  readonly header: RecordJson | null
  readonly batches: readonly BatchJson[]
  readonly control?: RecordJson | null
  /** Stands in a file that was masked, which `fromJson` refuses. */
  readonly masked?: true
  /** Filler records, when there are not just as many as complete the last block of ten. */
  readonly fillerRecords?: number
}

const RENAMED: Readonly<Record<string, string>> = {
  amount: 'amountCents',
  totalDebitAmount: 'totalDebitCents',
  totalCreditAmount: 'totalCreditCents',
  dfiAccountNumber: 'accountNumber',
  standardEntryClassCode: 'secCode',
}

/** The name a field goes by in JSON. */
export const jsonName = (fieldName: string): string => RENAMED[fieldName] ?? fieldName

/** True for entries, whose bank is written as one number. */
export const hasRoutingNumber = ({ field }: RecordLayout): boolean =>
  'rdfiIdentification' in field && 'checkDigit' in field
