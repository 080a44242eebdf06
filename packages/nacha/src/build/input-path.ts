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
}

const FILE_FIELDS =
  'immediateDestination immediateOrigin immediateDestinationName immediateOriginName fileCreationDate fileCreationTime fileIdModifier referenceCode'
const BATCH_FIELDS =
  'secCode companyName companyIdentification companyDiscretionaryData companyEntryDescription companyDescriptiveDate effectiveEntryDate odfiIdentification'
const ENTRY_FIELDS =
  'transactionCode routingNumber accountNumber amountCents individualName individualIdentification discretionaryData addenda traceSequence'

function withField(base: string, fields: string, field: string | null): string {
  const name = field === null ? '' : (INPUT_NAME[field] ?? field)
  return name !== '' && fields.split(' ').includes(name) ? `${base}/${name}` : base
}

function entryPath(batch: BatchInput, base: string, line: number, field: string | null): string {
  let rest = line
  for (const [index, entry] of batch.entries.entries()) {
    const addendaCount = entry.addenda?.length ?? 0
    if (rest === 0) return withField(`${base}/entries/${index}`, ENTRY_FIELDS, field)
    if (rest <= addendaCount) return `${base}/entries/${index}/addenda/${rest - 1}`
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
export function inputPath(input: FileInput, line: number, field: string | null): string {
  if (line <= 1) return withField('', FILE_FIELDS, field)
  let first = 2
  for (const [index, batch] of input.batches.entries()) {
    const base = `/batches/${index}`
    const count = recordCount(batch)
    if (line === first) return withField(base, BATCH_FIELDS, field)
    if (line === first + count - 1) return base
    if (line < first + count) return entryPath(batch, base, line - first - 1, field)
    first += count
  }
  return ''
}
