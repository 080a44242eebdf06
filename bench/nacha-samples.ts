import { buildFile, encodeFile, type FileInput } from '@fistworks/nacha'

const PER_BATCH = 10_000

/** A payroll of so many PPD credits, 10,000 to a batch. */
export function inputOf(entryCount: number): FileInput {
  const batches = Array.from({ length: Math.ceil(entryCount / PER_BATCH) }, (_, batch) => ({
    secCode: 'PPD' as const,
    companyName: 'ACME TOOLS',
    companyIdentification: '1234567890',
    companyEntryDescription: 'PAYROLL',
    effectiveEntryDate: '2026-11-23',
    odfiIdentification: '091000019',
    entries: Array.from({ length: Math.min(PER_BATCH, entryCount - batch * PER_BATCH) }, (_, index) => ({
      transactionCode: 22,
      routingNumber: '231380104',
      accountNumber: String(1_000_000_000 + batch * PER_BATCH + index),
      amountCents: 10_000 + index,
      individualName: `RECEIVER ${index}`,
      individualIdentification: `E-${index}`,
    })),
  }))
  const immediate = { immediateDestination: '091000019', immediateOrigin: '091000019' }
  return { ...immediate, fileCreationDate: '2026-11-20', fileIdModifier: 'A', batches }
}

export function build(input: FileInput): Uint8Array {
  const { file, violations } = buildFile(input)
  if (!file) throw new Error(JSON.stringify(violations[0]))
  return encodeFile(file)
}
