import { isMasked } from '../account-number.ts'
import type { EntryInput } from '../input.ts'
import { addenda05 } from '../records/addenda-05.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { putDigits, putNumber, putText } from '../write-field.ts'
import type { RecordWriter } from './record-writer.ts'

const { field } = entryDetail
const DIGIT_ONE = 0x31
const DIGIT_SIX = 0x36
const DIGIT_ZERO = 0x30

/** X, x, a star or a bullet first: only then is it worth to look whether the number is masked. */
function mayBeMasked(text: string): boolean {
  const first = text.charCodeAt(0)
  return first === 0x58 || first === 0x78 || !(first >= 0x30 && first <= 0x7a)
}

function writeRouting(writer: RecordWriter, at: number, routingNumber: string): void {
  const { rdfiIdentification } = field
  const fits = routingNumber.length === 9 && putDigits(writer.bytes, at + rdfiIdentification.start, 9, routingNumber)
  if (fits) return
  writer.bytes.fill(DIGIT_ZERO, at + rdfiIdentification.start, at + rdfiIdentification.start + 9)
  writer.fault('entry.rdfi.format', rdfiIdentification, 'Must be 9 digits')
}

function writeTexts(writer: RecordWriter, at: number, entry: EntryInput): void {
  const { bytes } = writer
  const { dfiAccountNumber, individualIdentification, individualName, discretionaryData } = field
  const identification = entry.individualIdentification ?? ''
  const discretionary = entry.discretionaryData ?? ''
  if (!putText(bytes, at + dfiAccountNumber.start, dfiAccountNumber.length, entry.accountNumber)) {
    bytes.fill(0x20, at + dfiAccountNumber.start, at + dfiAccountNumber.start + dfiAccountNumber.length)
    writer.misfit(dfiAccountNumber, entry.accountNumber)
  } else if (mayBeMasked(entry.accountNumber) && isMasked(entry.accountNumber)) {
    writer.fault('entry.account.masked', dfiAccountNumber, 'Is masked: the whole number is needed')
  }
  for (const [each, value] of [
    [individualIdentification, identification],
    [individualName, entry.individualName],
    [discretionaryData, discretionary],
  ] as const) {
    if (putText(bytes, at + each.start, each.length, value)) continue
    bytes.fill(0x20, at + each.start, at + each.start + each.length)
    writer.misfit(each, value)
  }
}

/**
 * Writes an entry and its addenda. The places come from the record's table like everywhere; only the walk over the
 * fields is written out, because it runs for every entry of a file.
 */
export function writeEntry(writer: RecordWriter, entry: EntryInput, odfi: string, sequence: number): void {
  const { bytes } = writer
  const at = writer.next()
  const { transactionCode, amount, traceNumber } = field
  const addenda = entry.addenda ?? []
  bytes[at] = DIGIT_SIX
  if (!putNumber(bytes, at + transactionCode.start, transactionCode.length, entry.transactionCode)) {
    writer.misfit(transactionCode, entry.transactionCode)
  }
  writeRouting(writer, at, entry.routingNumber)
  if (!putNumber(bytes, at + amount.start, amount.length, entry.amountCents)) writer.misfit(amount, entry.amountCents)
  writeTexts(writer, at, entry)
  bytes[at + field.addendaRecordIndicator.start] = addenda.length > 0 ? DIGIT_ONE : DIGIT_ZERO
  putDigits(bytes, at + traceNumber.start, 8, odfi)
  if (!putNumber(bytes, at + traceNumber.start + 8, 7, sequence)) {
    writer.fault('build.field.format', traceNumber, 'The trace sequence must be a whole number from 0 to 9,999,999')
  }
  for (const [index, paymentRelatedInformation] of addenda.entries()) {
    writer.record(addenda05, {
      paymentRelatedInformation,
      addendaSequenceNumber: index + 1,
      entryDetailSequenceNumber: String(sequence).padStart(7, '0'),
    })
  }
}
