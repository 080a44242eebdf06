import type { CivilDate } from '../../civil-date.ts'
import { type DateForm, dateDigits, Elements } from './element.ts'
import { onlySegment, type SegmentReading, type SegmentWriting, writeSegment } from './segment.ts'

/** A tax payment in the addenda of a CCD credit (TXP convention, reference 8.23). */
export interface TaxPayment {
  /** The taxpayer, up to 15 characters. */
  readonly identification: string
  /** 1 to 5 characters. */
  readonly taxType: string
  readonly periodEnd: CivilDate
  /** One to three. States: T tax, P penalty, I interest; federal: digits. */
  readonly amounts: readonly { readonly type: string; readonly amountCents: number }[]
  /** Up to 6 characters; '' when there is none. */
  readonly verification: string
}

const MAXIMUM_AMOUNTS = 3
/** Identification, type and period come before the amounts, the verification after all three pairs. */
const FIRST_AMOUNT = 4
const VERIFICATION = 10

/** Reads `TXP*id*type*period*amountType*amount…\`; problems count the elements from 1. */
export function parseTaxPayment(text: string): SegmentReading<TaxPayment> {
  const found = onlySegment(text, 'TXP')
  if (!found.ok) return found
  const given = found.value.elements
  const elements = new Elements(given)
  const amounts: { type: string; amountCents: number }[] = []
  for (let pair = 0; pair < MAXIMUM_AMOUNTS; pair++) {
    const at = FIRST_AMOUNT + pair * 2
    const isEmpty = (given[at - 1] ?? '') === '' && (given[at] ?? '') === ''
    if (isEmpty && pair > 0) continue
    amounts.push({ type: elements.text(at, 1, 5), amountCents: elements.cents(at + 1) })
  }
  const value = {
    identification: elements.text(1, 1, 15),
    taxType: elements.text(2, 1, 5),
    periodEnd: elements.date(3),
    amounts,
    verification: elements.text(VERIFICATION, 0, 6),
  }
  elements.none(VERIFICATION)
  return elements.problems.length > 0 ? { ok: false, problems: elements.problems } : { ok: true, value }
}

/** Writes what `parseTaxPayment` reads; refuses what it would not read, and more than 80 characters. */
export function formatTaxPayment(payment: TaxPayment, dateForm: DateForm = 'short'): SegmentWriting {
  const { identification, taxType, periodEnd, amounts, verification } = payment
  const pairs = amounts.flatMap(({ type, amountCents }) => [type, String(amountCents)])
  const missing = Array.from({ length: Math.max(0, MAXIMUM_AMOUNTS * 2 - pairs.length) }, () => '')
  const elements = [identification, taxType, dateDigits(periodEnd, dateForm), ...pairs, ...missing, verification]
  const written = writeSegment({ name: 'TXP', elements })
  if (!written.ok) return written
  const read = parseTaxPayment(written.text)
  return read.ok ? written : read
}
