import type { Field } from './field.ts'
import type { AchFile } from './file.ts'
import { digitsAt, textAt } from './read-field.ts'
import { batchHeader } from './records/batch-header.ts'
import { entryAdv } from './records/entry-adv.ts'
import { entryDetail } from './records/entry-detail.ts'
import type { Records } from './records.ts'
import type { BatchSpan } from './structure.ts'
import { isCreditCode } from './transaction-code.ts'

const ENTRY = 0x36

/** A hash keeps its last ten digits. */
export const HASH_MODULUS = 10_000_000_000

/** What the controls of a batch or a file must say. Money in cents, safe as integers up to the 12 digits of a total. */
export interface Totals {
  entryCount: number
  addendaCount: number
  creditCents: number
  debitCents: number
  entryHash: number
}

export function noTotals(): Totals {
  return { entryCount: 0, addendaCount: 0, creditCents: 0, debitCents: 0, entryHash: 0 }
}

export function addTotals(sum: Totals, more: Totals): void {
  sum.entryCount += more.entryCount
  sum.addendaCount += more.addendaCount
  sum.creditCents += more.creditCents
  sum.debitCents += more.debitCents
  sum.entryHash = (sum.entryHash + more.entryHash) % HASH_MODULUS
}

/** ADV codes 81 to 88 have a direction of their own: odd ones are credits. */
export const isCreditOf = (code: number, isAdv: boolean): boolean => (isAdv ? code % 2 === 1 : isCreditCode(code))

function isAdvBatch(records: Records, { header }: BatchSpan): boolean {
  const { start, length } = batchHeader.field.standardEntryClassCode
  return header >= 0 && textAt(records.bytes, records.at(header) + start, length) === 'ADV'
}

/** Totals of the entry and addenda records of a batch; a number that is none counts as zero. */
export function batchTotals(records: Records, span: BatchSpan): Totals {
  const { transactionCode, rdfiIdentification } = entryDetail.field
  const totals = noTotals()
  const { bytes } = records
  const isAdv = isAdvBatch(records, span)
  const amount: Field = isAdv ? entryAdv.field.amount : entryDetail.field.amount
  for (let index = span.from; index < span.to; index++) {
    if (records.type(index) !== ENTRY) continue
    const at = records.at(index)
    const cents = Math.max(0, digitsAt(bytes, at + amount.start, amount.length))
    const code = digitsAt(bytes, at + transactionCode.start, transactionCode.length)
    if (isCreditOf(code, isAdv)) totals.creditCents += cents
    else totals.debitCents += cents
    totals.entryHash += Math.max(0, digitsAt(bytes, at + rdfiIdentification.start, rdfiIdentification.length))
  }
  totals.entryHash %= HASH_MODULUS
  totals.entryCount = span.entryCount
  totals.addendaCount = span.addendaCount
  return totals
}

/** Counts, sums and hash of a file, from its entries and not from its controls. */
export function fileTotals(file: AchFile): Totals & { batchCount: number } {
  const sum = noTotals()
  for (const span of file.structure.batches) addTotals(sum, batchTotals(file.records, span))
  return { batchCount: file.structure.batches.length, ...sum }
}
