import {
  CORRECTED_DATA,
  CORRECTED_DATA_COLUMN,
  CORRECTED_DATA_LENGTH,
  type CorrectedField,
  type CorrectedPlace,
  type CorrectionCode,
  isCorrectionCode,
} from './corrected-data-layout.ts'
import { correctedValueProblem } from './corrected-data-value.ts'
import { readCorrectedValues } from './corrected-data-values.ts'

/** What a notification of change says, by its code. C13 has no fixed layout. */
export type CorrectedData =
  | { readonly changeCode: 'C01'; readonly accountNumber: string }
  | { readonly changeCode: 'C02'; readonly routingNumber: string }
  | { readonly changeCode: 'C03'; readonly routingNumber: string; readonly accountNumber: string }
  | { readonly changeCode: 'C04'; readonly individualName: string }
  | { readonly changeCode: 'C05'; readonly transactionCode: number }
  | { readonly changeCode: 'C06'; readonly accountNumber: string; readonly transactionCode: number }
  | {
      readonly changeCode: 'C07'
      readonly routingNumber: string
      readonly accountNumber: string
      readonly transactionCode: number
    }
  | { readonly changeCode: 'C08'; readonly receivingBankIdentification: string }
  | { readonly changeCode: 'C09'; readonly identification: string }
  | { readonly changeCode: 'C13'; readonly text: string }
  | { readonly changeCode: 'C14'; readonly secCode: 'IAT' }

export interface CorrectedDataProblem {
  /** Null when it is about the code or the whole. */
  readonly field: CorrectedField | null
  /** Position in the corrected data, from 1, and in the record, from 36. */
  readonly position: number
  readonly column: number
  /** A sentence for a person, without any number of an account. */
  readonly message: string
}

export interface CorrectedDataOptions {
  /** The notification stands in an IAT batch: 35 positions. */
  readonly isIat?: boolean
}

/**
 * `positions`: every value stood where the rules want it. `parts`: it did not, and was found by the blanks between the
 * values instead: have a person look before it is applied.
 */
export type CorrectedDataReading =
  | { readonly ok: true; readonly data: CorrectedData; readonly readBy: 'positions' | 'parts' }
  | { readonly ok: false; readonly problem: CorrectedDataProblem }

export type CorrectedDataText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: CorrectedDataProblem }

function failed(message: string, position = 1, field: CorrectedField | null = null) {
  const column = CORRECTED_DATA_COLUMN + position - 1
  return { ok: false, problem: { field, position, column, message } } as const
}

interface Layout {
  readonly code: CorrectionCode
  readonly places: readonly CorrectedPlace[]
  readonly length: number
}

function layoutOf(changeCode: string, isIat: boolean): Layout | ReturnType<typeof failed> {
  if (!isCorrectionCode(changeCode)) {
    const refused = /^C6\d$/.test(changeCode)
    const advice =
      'A refused notification copies the data of the one it refuses: give that change code (positions 65-67)'
    return failed(
      refused ? advice : `'${String(changeCode).slice(0, 3)}' is no change code that carries corrected data`,
    )
  }
  const places = CORRECTED_DATA[changeCode][isIat ? 'iat' : 'domestic']
  if (!places) return failed(`${changeCode} is for IAT only`)
  return { code: changeCode, places, length: CORRECTED_DATA_LENGTH[isIat ? 'iat' : 'domestic'] }
}

function toData(code: CorrectionCode, places: readonly CorrectedPlace[], values: readonly string[]): CorrectedData {
  const fields = places.map(({ field }, index) => {
    const value = values[index] ?? ''
    return [field, field === 'transactionCode' ? Number(value) : value] as const
  })
  return { changeCode: code, ...Object.fromEntries(fields) } as CorrectedData
}

/**
 * Reads the corrected data of a notification of change: first at the exact positions of its code, else by the blanks
 * between the values, as real notifications need it; `readBy` says which. `text` is the data without or with its padding.
 */
export function parseCorrectedData(
  changeCode: string,
  text: string,
  { isIat = false }: CorrectedDataOptions = {},
): CorrectedDataReading {
  const layout = layoutOf(changeCode, isIat)
  if ('ok' in layout) return layout
  const tooLong = text.trimEnd().length > layout.length
  if (tooLong) return failed(`Corrected data is ${layout.length} positions`, layout.length + 1)
  const reading = readCorrectedValues(text, layout.places)
  if (!reading.ok) return failed(reading.message, reading.position, reading.field)
  return { ok: true, data: toData(layout.code, layout.places, reading.values), readBy: reading.readBy }
}

/** Writes corrected data at its exact positions, filled with blanks to its length; names the field that does not fit. */
export function formatCorrectedData(
  data: CorrectedData,
  { isIat = false }: CorrectedDataOptions = {},
): CorrectedDataText {
  const layout = layoutOf(data.changeCode, isIat)
  if ('ok' in layout) return layout
  const given: Readonly<Record<string, string | number>> = { ...data }
  let text = ''
  for (const { field, first, last } of layout.places) {
    const value = String(given[field] ?? '')
    const problem = correctedValueProblem(field, value, last - first + 1)
    if (problem !== null) return failed(problem, first, field)
    text = text.padEnd(first - 1) + value
  }
  return { ok: true, text: text.padEnd(layout.length) }
}
