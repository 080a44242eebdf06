import type { BatchInput, FileInput } from '../input.ts'

/** Fields of the records whose input goes by another name. */
const INPUT_NAME: Readonly<Record<string, string>> = {
  standardEntryClassCode: 'secCode',
  rdfiIdentification: 'routingNumber',
  checkDigit: 'routingNumber',
  dfiAccountNumber: 'accountNumber',
  amount: 'amountCents',
  traceNumber: 'traceSequence',
  addendaRecordIndicator: 'addenda',
  numberOfAddenda: 'addenda',
}

/** Fields that are worked out: what is wrong with them is about the whole. */
const WORKED_OUT =
  'recordType priorityCode recordSize blockingFactor formatCode batchNumber settlementDate addendaTypeCode addendaSequenceNumber entryDetailSequenceNumber sequenceNumber'.split(
    ' ',
  )

function withField(base: string, field: string | null): string {
  return field === null || WORKED_OUT.includes(field) ? base : `${base}/${INPUT_NAME[field] ?? field}`
}

function entryPath(batch: BatchInput, base: string, line: number, field: string | null): string {
  let rest = line
  for (const [index, entry] of batch.entries.entries()) {
    const addendaCount = entry.addenda?.length ?? 0
    if (rest === 0) return withField(`${base}/entries/${index}`, field)
    if (rest <= addendaCount) {
      const path = `${base}/entries/${index}/addenda/${rest - 1}`
      return typeof entry.addenda?.[rest - 1] === 'string' ? path : withField(path, field)
    }
    rest -= addendaCount + 1
  }
  return base
}

export function recordCount(batch: BatchInput): number {
  let count = 2 + batch.entries.length
  for (const entry of batch.entries) count += entry.addenda?.length ?? 0
  return count
}

/** The input behind a field of the record on `line` (from 1) of the built file, as a JSON pointer. */
export function inputPath(input: FileInput<BatchInput>, line: number, field: string | null): string {
  if (line <= 1) return withField('', field)
  let first = 2
  for (const [index, batch] of input.batches.entries()) {
    const base = `/batches/${index}`
    const count = recordCount(batch)
    if (line === first) return withField(base, field)
    if (line === first + count - 1) return base
    if (line < first + count) return entryPath(batch, base, line - first - 1, field)
    first += count
  }
  return ''
}
