import type { Entry } from '../entries.ts'
import type { AchFile, Batch } from '../file.ts'
import { fileTotals } from '../file-totals.ts'
import type { AddendaRecord } from '../layouts.ts'
import { SEC_CODES } from '../sec-code.ts'
import { money, transactionWords } from './code-words.ts'
import { describeAddenda } from './describe-addenda.ts'
import { maskedValue } from './masked-text.ts'

/** A file in plain words, sentence by sentence. */
export interface FileDescription {
  readonly summary: string
  readonly batches: readonly BatchDescription[]
}

export interface BatchDescription {
  readonly summary: string
  readonly entries: readonly EntryDescription[]
}

export interface EntryDescription {
  readonly summary: string
  readonly addenda: readonly string[]
}

export interface DescribeOptions {
  /** Hides what `maskFile` hides; true when left out. */
  readonly masked?: boolean | undefined
}

/** Shows a text that stands in the field of that name. */
type Show = (name: string, text: string) => string

const showFor = (masked: boolean): Show => (masked ? (name, text) => maskedValue({ name, kind: 'text' }, text) : clear)
const clear: Show = (_, text) => text

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

function sums(creditCents: number, debitCents: number): string {
  return `credits ${money(creditCents)} USD, debits ${money(debitCents)} USD`
}

function hidden(addenda: AddendaRecord | null, show: Show): AddendaRecord | null {
  if (addenda === null) return null
  const values = Object.entries(addenda).map(([name, value]) => [
    name,
    typeof value === 'string' && name !== 'layout' ? show(name, value) : value,
  ])
  return Object.fromEntries(values) as AddendaRecord
}

function describeEntry(entry: Entry, show: Show): EntryDescription {
  const { transactionCode, amountCents } = entry
  const words = transactionWords(transactionCode) || `transaction code ${transactionCode}`
  const name = show('individualName', entry.individualName)
  const identification = show('individualIdentification', entry.individualIdentification)
  const trace = show('traceNumber', entry.traceNumber)
  const account = show('dfiAccountNumber', entry.accountNumber)
  const parts = [
    `${money(amountCents)} USD, ${words}`,
    `account ${account} at bank ${show('adviceRoutingNumber', entry.routingNumber)}`,
    ...(name === '' ? [] : [`for ${name}`]),
    ...(identification === '' ? [] : [`identification ${identification}`]),
    ...(trace === '' ? [] : [`trace ${trace}`]),
  ]
  const addenda = entry.addendaRecords.map((record) => describeAddenda(hidden(record, show)))
  return { summary: parts.join(', '), addenda }
}

function batchSummary({ header, headerIat, secCode, entries, control }: Batch, show: Show): string {
  const number = show('companyIdentification', header.companyIdentification)
  const company = headerIat
    ? show('originatorIdentification', headerIat.originatorIdentification)
    : `${show('companyName', header.companyName)} (${number})`
  const code = header.standardEntryClassCode
  const kind = secCode ? `${code}, ${SEC_CODES[secCode].meaning}` : code
  const date = header.effectiveEntryDate === '' ? 'without effective date' : `effective ${header.effectiveEntryDate}`
  const abroad = headerIat
    ? [
        `${headerIat.isoOriginatingCurrencyCode} to ${headerIat.isoDestinationCurrencyCode} in ${headerIat.isoDestinationCountryCode}`,
      ]
    : []
  return [
    `Batch ${header.batchNumber}: ${kind}`,
    `'${show('companyEntryDescription', header.companyEntryDescription)}' of ${company}`,
    date,
    ...abroad,
    `${counted(entries.length, 'entry', 'entries')}, ${sums(control.totalCreditAmount, control.totalDebitAmount)}`,
  ].join('; ')
}

function fileSummary(file: AchFile, show: Show): string {
  const { header } = file
  const { batchCount, entryCount, creditCents, debitCents } = fileTotals(file)
  const origin =
    show('immediateOriginName', header.immediateOriginName) || show('immediateOrigin', header.immediateOrigin.trim())
  const destination =
    show('immediateDestinationName', header.immediateDestinationName) ||
    show('immediateDestination', header.immediateDestination.trim())
  const time =
    header.fileCreationTime === ''
      ? ''
      : ` at ${header.fileCreationTime.slice(0, 2)}:${header.fileCreationTime.slice(2)}`
  return [
    `File ${header.fileIdModifier} of ${header.fileCreationDate}${time}`,
    `from ${origin} to ${destination}`,
    `${counted(batchCount, 'batch', 'batches')} with ${counted(entryCount, 'entry', 'entries')}, ${sums(creditCents, debitCents)}`,
  ].join('; ')
}

/**
 * Says in words what a file does (reference 8.18): each batch, entry and addenda, with codes, amounts and dates spelled
 * out. Masked unless told otherwise. Totals of batches are what their controls say.
 */
export function describeFile(file: AchFile, { masked = true }: DescribeOptions = {}): FileDescription {
  const show = showFor(masked)
  return {
    summary: fileSummary(file, show),
    batches: file.batches.map((batch) => ({
      summary: batchSummary(batch, show),
      entries: Array.from(batch.entries, (entry) => describeEntry(entry, show)),
    })),
  }
}

function* entryLines({ summary, addenda }: EntryDescription): Generator<string> {
  yield `    ${summary}`
  for (const each of addenda) yield `      ${each}`
}

/**
 * The description as lines of text, indented by two blanks a level. Of a file it is made entry by entry, so that nothing
 * but the file is held in memory.
 */
export function* descriptionLines(
  described: FileDescription | AchFile,
  { masked = true }: DescribeOptions = {},
): Generator<string> {
  if ('records' in described) {
    const show = showFor(masked)
    yield fileSummary(described, show)
    for (const batch of described.batches) {
      yield `  ${batchSummary(batch, show)}`
      for (const entry of batch.entries) yield* entryLines(describeEntry(entry, show))
    }
    return
  }
  yield described.summary
  for (const batch of described.batches) {
    yield `  ${batch.summary}`
    for (const entry of batch.entries) yield* entryLines(entry)
  }
}
