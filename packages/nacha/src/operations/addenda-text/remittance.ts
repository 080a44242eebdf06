import {
  ADDENDA_TEXT_LENGTH,
  readSegments,
  type Segment,
  type SegmentProblem,
  type SegmentReading,
  type SegmentWriting,
  writeSegment,
} from './segment.ts'

/** What a payment settles: one RMR segment, `RMR*IV*invoice**amount\`. */
export interface RemittanceItem {
  /** IV for an invoice. */
  readonly qualifier: string
  readonly reference: string
  /** What is paid of it; negative for a credit note. */
  readonly paidCents: number
}

/**
 * The text of all addenda 05 of an entry: an 820 or other set is cut every 80 characters without regard to its segments
 * (reference 8.23), and blanks at the end of a piece belong to it.
 */
export function joinAddendaTexts(pieces: readonly string[]): string {
  return pieces.map((piece, index) => (index < pieces.length - 1 ? piece.padEnd(ADDENDA_TEXT_LENGTH) : piece)).join('')
}

/** Cuts a text into pieces of 80 characters for the addenda 05 of one entry. */
export function cutAddendaTexts(text: string): string[] {
  const count = Math.ceil(text.length / ADDENDA_TEXT_LENGTH)
  return Array.from({ length: count }, (_, index) =>
    text.slice(index * ADDENDA_TEXT_LENGTH, (index + 1) * ADDENDA_TEXT_LENGTH),
  )
}

/** X12 writes money as dollars with a point where there are cents; -12.5 is minus 12 dollars 50. */
function centsOf(text: string): number | null {
  const [, sign = '', dollars = '', cents = ''] = /^(-?)(\d{0,12})(?:\.(\d{1,2}))?$/.exec(text) ?? []
  if (dollars === '' && cents === '') return null
  const value = Number(dollars) * 100 + Number(cents.padEnd(2, '0'))
  return sign === '-' ? 0 - value : value
}

function dollarsOf(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function itemOf({ elements }: Segment, problems: SegmentProblem[]): RemittanceItem {
  const [qualifier = '', reference = '', , amount = ''] = elements
  const paidCents = centsOf(amount)
  if (qualifier.length !== 2)
    problems.push({ element: 1, message: 'expected a qualifier of 2 characters, IV for invoices' })
  if (reference === '') problems.push({ element: 2, message: 'expected the number of the invoice' })
  if (paidCents === null) problems.push({ element: 4, message: 'expected an amount such as 1240.50' })
  return { qualifier, reference, paidCents: paidCents ?? 0 }
}

/**
 * What a text settles, from its RMR segments, alone (STP 820) or in a whole transaction set: all other segments are left to
 * `readSegments`. Give CTX texts joined.
 */
export function parseRemittance(text: string): SegmentReading<readonly RemittanceItem[]> {
  const problems: SegmentProblem[] = []
  const found = readSegments(text).filter(({ name }) => name === 'RMR')
  const value = found.map((segment) => itemOf(segment, problems))
  if (found.length === 0) problems.push({ element: 0, message: 'expected a segment RMR' })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value }
}

/** Writes one item as an addenda of its own; refuses what `parseRemittance` would not read. */
export function formatRemittanceItem({ qualifier, reference, paidCents }: RemittanceItem): SegmentWriting {
  if (!Number.isSafeInteger(paidCents)) {
    return { ok: false, problems: [{ element: 4, message: 'expected whole cents' }] }
  }
  const written = writeSegment({ name: 'RMR', elements: [qualifier, reference, '', dollarsOf(paidCents)] })
  if (!written.ok) return written
  const read = parseRemittance(written.text)
  return read.ok ? written : read
}
