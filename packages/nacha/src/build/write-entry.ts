import type { RecordLayout, RecordValues } from '../field.ts'
import type { AddendaInput, AnyEntry, EntryInput } from '../input.ts'
import { ADDENDA_LAYOUTS } from '../layouts.ts'
import { addenda05 } from '../records/addenda-05.ts'
import { entryAdv } from '../records/entry-adv.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { putDigits, putNumber, putText, writeField } from '../write-field.ts'
import type { EntryPlan } from './batch-plan.ts'
import type { RecordWriter } from './record-writer.ts'

const { field } = entryDetail
const DIGIT_ONE = 0x31
const DIGIT_SIX = 0x36
const DIGIT_ZERO = 0x30
const BLANK = 0x20
const EMPTY: readonly (string | AddendaInput)[] = []

function writeRouting(writer: RecordWriter, at: number, routingNumber: string): void {
  const { rdfiIdentification } = field
  const fits = routingNumber.length === 9 && putDigits(writer.bytes, at + rdfiIdentification.start, 9, routingNumber)
  if (fits) return
  writer.bytes.fill(DIGIT_ZERO, at + rdfiIdentification.start, at + rdfiIdentification.start + 9)
  writer.fault('entry.rdfi.format', rdfiIdentification, 'Must be 9 digits')
}

function writeAccount(writer: RecordWriter, at: number, account: EntryPlan['account'], accountNumber: string): void {
  const from = at + account.start
  if (!putText(writer.bytes, from, account.length, accountNumber)) {
    writer.bytes.fill(BLANK, from, from + account.length)
    writer.misfit(account, accountNumber)
  }
}

/** The texts of the entries nearly every file has, written out because it runs for every entry. */
function writeTexts(writer: RecordWriter, at: number, entry: EntryInput): void {
  const { bytes } = writer
  const given: Partial<EntryInput> = entry
  const { individualIdentification, individualName, discretionaryData } = field
  for (const [each, value] of [
    [individualIdentification, entry.individualIdentification ?? ''],
    [individualName, given.individualName ?? ''],
    [discretionaryData, entry.discretionaryData ?? ''],
  ] as const) {
    if (putText(bytes, at + each.start, each.length, value)) continue
    bytes.fill(BLANK, at + each.start, at + each.start + each.length)
    writer.misfit(each, value)
  }
}

function writeOwn(writer: RecordWriter, at: number, entry: AnyEntry, plan: EntryPlan): void {
  const given = entry as unknown as Readonly<Record<string, string | number | undefined>>
  for (const each of plan.own) {
    const value = given[each.name] ?? ''
    if (!writeField(writer.bytes, at, each, value)) writer.misfit(each, value)
  }
}

/** The trace number, or in ADV the number of the entry in its batch. */
function writeTrace(writer: RecordWriter, at: number, plan: EntryPlan, odfi: string, sequence: number): void {
  if (plan.isAdv) {
    const { sequenceNumber } = entryAdv.field
    if (!writeField(writer.bytes, at, sequenceNumber, sequence)) writer.misfit(sequenceNumber, sequence)
    return
  }
  const { traceNumber } = field
  putDigits(writer.bytes, at + traceNumber.start, 8, odfi)
  if (!putNumber(writer.bytes, at + traceNumber.start + 8, 7, sequence)) {
    writer.fault('build.field.format', traceNumber, 'The trace sequence must be a whole number from 0 to 9,999,999')
  }
}

/** A text is taken apart letter by letter like a list of texts; the compiler forbids it, JSON does not. */
const isList = (given: unknown): boolean => Array.isArray(given)

function writeAddenda(
  writer: RecordWriter,
  addenda: readonly (string | AddendaInput)[],
  odfi: string,
  sequence: number,
): void {
  if (!isList(addenda)) throw new TypeError('addenda are a list')
  const seven = String(sequence).padStart(7, '0')
  const counts = new Map<string, number>()
  for (const each of addenda) {
    const isText = typeof each === 'string'
    const layout: RecordLayout = isText ? addenda05 : ADDENDA_LAYOUTS[each.layout]
    const count = (counts.get(layout.name) ?? 0) + 1
    counts.set(layout.name, count)
    const given = isText ? { paymentRelatedInformation: each } : each
    const workedOut = { addendaSequenceNumber: count, entryDetailSequenceNumber: seven, traceNumber: odfi + seven }
    writer.record<RecordLayout>(layout, { ...given, ...workedOut } as unknown as RecordValues<RecordLayout>)
  }
}

/**
 * Writes an entry and its addenda. The places come from the record's table like everywhere; only the walk over the
 * fields is written out, because it runs for every entry of a file.
 */
export function writeEntry(
  writer: RecordWriter,
  entry: AnyEntry,
  plan: EntryPlan,
  odfi: string,
  sequence: number,
): void {
  const { bytes } = writer
  const at = writer.next()
  const { transactionCode } = field
  const { amount } = plan
  const addenda = entry.addenda ?? EMPTY
  const isCommon = plan.layout === entryDetail
  if (!isCommon) bytes.fill(BLANK, at, at + 94)
  bytes[at] = DIGIT_SIX
  if (!putNumber(bytes, at + transactionCode.start, transactionCode.length, entry.transactionCode)) {
    writer.misfit(transactionCode, entry.transactionCode)
  }
  writeRouting(writer, at, entry.routingNumber)
  if (!putNumber(bytes, at + amount.start, amount.length, entry.amountCents)) writer.misfit(amount, entry.amountCents)
  writeAccount(writer, at, plan.account, entry.accountNumber)
  if (isCommon) writeTexts(writer, at, entry as EntryInput)
  else writeOwn(writer, at, entry, plan)
  if (plan.addendaCount && !writeField(bytes, at, plan.addendaCount, addenda.length)) {
    writer.misfit(plan.addendaCount, addenda.length)
  }
  bytes[at + field.addendaRecordIndicator.start] = addenda.length > 0 ? DIGIT_ONE : DIGIT_ZERO
  writeTrace(writer, at, plan, odfi, sequence)
  if (addenda.length > 0) writeAddenda(writer, addenda, odfi, sequence)
}
