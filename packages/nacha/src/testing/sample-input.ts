import type { BatchInput, EntryInput, FileInput, StandardBatchInput } from '../input.ts'

/** A right entry, batch and file; tests change what they are about. */
export function sampleEntry(changes: Partial<EntryInput> = {}): EntryInput {
  return {
    transactionCode: 22,
    routingNumber: '231380104',
    accountNumber: '12345678',
    amountCents: 124_050,
    individualName: 'JANE DOE',
    ...changes,
  }
}

export function sampleBatch(changes: Partial<StandardBatchInput> = {}): StandardBatchInput {
  return {
    secCode: 'PPD',
    companyName: 'ACME TOOLS',
    companyIdentification: '1234567890',
    companyEntryDescription: 'PAYROLL',
    effectiveEntryDate: '2026-11-23',
    odfiIdentification: '091000019',
    entries: [sampleEntry()],
    ...changes,
  }
}

export function sampleFile(changes: Partial<FileInput> = {}): FileInput {
  return {
    immediateDestination: '091000019',
    immediateOrigin: '1234567890',
    fileCreationDate: '2026-11-20',
    fileCreationTime: '0915',
    fileIdModifier: 'A',
    batches: [sampleBatch()],
    ...changes,
  }
}

/** The same file with batches of any SEC code. */
export function fileWith(batches: readonly BatchInput[]): FileInput<BatchInput> {
  return { ...sampleFile(), batches }
}
