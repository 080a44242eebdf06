import type { Entry } from '../entries.ts'
import type { AchFile, Batch } from '../file.ts'
import { fileTotals } from '../file-totals.ts'
import { SEC_CODES } from '../sec-code.ts'
import { money, transactionWords } from './code-words.ts'
import { describeAddenda } from './describe-addenda.ts'
import { maskedFile } from './mask-file.ts'

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
  /** Hides accounts, names, identifications and texts as `maskFile` does, and routing numbers but for 4 digits; true when left out. */
  readonly masked?: boolean | undefined
}

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

function sums(creditCents: number, debitCents: number): string {
  return `credits ${money(creditCents)} USD, debits ${money(debitCents)} USD`
}

function describeEntry(entry: Entry, masked: boolean): EntryDescription {
  const { transactionCode, routingNumber, accountNumber, amountCents, individualName, traceNumber } = entry
  const words = transactionWords(transactionCode) || `transaction code ${transactionCode}`
  const identification = entry.individualIdentification
  const parts = [
    `${money(amountCents)} USD, ${words}`,
    `account ${accountNumber} at bank ${masked ? `XXXXX${routingNumber.slice(5)}` : routingNumber}`,
    ...(individualName === '' ? [] : [`for ${individualName}`]),
    ...(identification === '' ? [] : [`identification ${identification}`]),
    ...(traceNumber === '' ? [] : [`trace ${traceNumber}`]),
  ]
  return { summary: parts.join(', '), addenda: entry.addendaRecords.map(describeAddenda) }
}

function describeBatch({ header, headerIat, secCode, entries, control }: Batch, masked: boolean): BatchDescription {
  const company = headerIat
    ? headerIat.originatorIdentification
    : `${header.companyName} (${header.companyIdentification})`
  const code = header.standardEntryClassCode
  const kind = secCode ? `${code}, ${SEC_CODES[secCode].meaning}` : code
  const date = header.effectiveEntryDate === '' ? 'without effective date' : `effective ${header.effectiveEntryDate}`
  const abroad = headerIat
    ? [
        `${headerIat.isoOriginatingCurrencyCode} to ${headerIat.isoDestinationCurrencyCode} in ${headerIat.isoDestinationCountryCode}`,
      ]
    : []
  const summary = [
    `Batch ${header.batchNumber}: ${kind}`,
    `'${header.companyEntryDescription}' of ${company}`,
    date,
    ...abroad,
    `${counted(entries.length, 'entry', 'entries')}, ${sums(control.totalCreditAmount, control.totalDebitAmount)}`,
  ].join('; ')
  return { summary, entries: Array.from(entries, (entry) => describeEntry(entry, masked)) }
}

/**
 * Says in words what a file does (reference 8.18): each batch, entry and addenda, with codes, amounts and dates spelled
 * out. Masked unless told otherwise. Totals of batches are what their controls say.
 */
export function describeFile(file: AchFile, { masked = true }: DescribeOptions = {}): FileDescription {
  const shown = masked ? maskedFile(file) : file
  const { header } = shown
  const { batchCount, entryCount, creditCents, debitCents } = fileTotals(shown)
  const party = (name: string, number: string) => name || number.trim()
  const time =
    header.fileCreationTime === ''
      ? ''
      : ` at ${header.fileCreationTime.slice(0, 2)}:${header.fileCreationTime.slice(2)}`
  const summary = [
    `File ${header.fileIdModifier} of ${header.fileCreationDate}${time}`,
    `from ${party(header.immediateOriginName, header.immediateOrigin)} to ${party(header.immediateDestinationName, header.immediateDestination)}`,
    `${counted(batchCount, 'batch', 'batches')} with ${counted(entryCount, 'entry', 'entries')}, ${sums(creditCents, debitCents)}`,
  ].join('; ')
  return { summary, batches: shown.batches.map((batch) => describeBatch(batch, masked)) }
}

/** The description as lines of text, indented by two blanks a level. */
export function* descriptionLines({ summary, batches }: FileDescription): Generator<string> {
  yield summary
  for (const batch of batches) {
    yield `  ${batch.summary}`
    for (const entry of batch.entries) {
      yield `    ${entry.summary}`
      for (const addenda of entry.addenda) yield `      ${addenda}`
    }
  }
}
