/** What a notification of change can correct. */
export type CorrectedField =
  | 'routingNumber'
  | 'accountNumber'
  | 'transactionCode'
  | 'individualName'
  | 'receivingBankIdentification'
  | 'identification'
  | 'secCode'
  | 'text'

/** Where one value stands in the corrected data, from position 1 of it (position 36 of the record). */
export interface CorrectedPlace {
  readonly field: CorrectedField
  readonly first: number
  readonly last: number
}

/** Corrected data is 29 positions of addenda 98, 35 in IAT batches. */
export const CORRECTED_DATA_LENGTH = { domestic: 29, iat: 35 } as const
/** Position of the record at which the corrected data begins. */
export const CORRECTED_DATA_COLUMN = 36

/** Where the values of a change code stand in the corrected data, for domestic entries and for IAT. */
export interface CorrectedDataRow {
  /** Places outside IAT; null: the code is for IAT only. */
  readonly domestic: readonly CorrectedPlace[] | null
  readonly iat: readonly CorrectedPlace[]
}

function row(domestic: readonly CorrectedPlace[] | null, iat = domestic ?? []): CorrectedDataRow {
  return { domestic, iat }
}

function place(field: CorrectedField, first: number, last: number): CorrectedPlace {
  return { field, first, last }
}

/** The fixed positions of corrected data, by change code (reference 4.6). */
export const CORRECTED_DATA = {
  C01: row([place('accountNumber', 1, 17)], [place('accountNumber', 1, 35)]),
  C02: row([place('routingNumber', 1, 9)]),
  C03: row([place('routingNumber', 1, 9), place('accountNumber', 13, 29)]),
  C04: row([place('individualName', 1, 22)], [place('individualName', 1, 35)]),
  C05: row([place('transactionCode', 1, 2)]),
  C06: row([place('accountNumber', 1, 17), place('transactionCode', 21, 22)]),
  C07: row([place('routingNumber', 1, 9), place('accountNumber', 10, 26), place('transactionCode', 27, 28)]),
  C08: row(null, [place('receivingBankIdentification', 1, 34)]),
  C09: row([place('identification', 1, 22)], [place('identification', 1, 15)]),
  C13: row([place('text', 1, 29)], [place('text', 1, 35)]),
  C14: row([place('secCode', 1, 3)]),
} as const

export type CorrectionCode = keyof typeof CORRECTED_DATA

export function isCorrectionCode(code: string): code is CorrectionCode {
  return Object.hasOwn(CORRECTED_DATA, code)
}
