import { buildFile, decodeFile, encodeFile, type FileInput, validateFile } from '@fistworks/nacha'
import type { BenchCase } from './bench-case.ts'

const entries = 100_000
const recordBytes = 95

/** One PPD batch of credits, the shape of a large payroll. Made-up numbers. */
function payroll(count: number): FileInput {
  return {
    immediateDestination: '021000021',
    immediateOrigin: '1234567890',
    fileCreationDate: '2026-11-20',
    fileIdModifier: 'A',
    batches: [
      {
        secCode: 'PPD',
        companyName: 'BENCH COMPANY',
        companyIdentification: '1234567890',
        companyEntryDescription: 'PAYROLL',
        effectiveEntryDate: '2026-11-23',
        odfiIdentification: '02100002',
        entries: Array.from({ length: count }, (_, index) => ({
          transactionCode: 22,
          routingNumber: '021000021',
          accountNumber: String(4_000_000_000 + index),
          amountCents: 100_000 + (index % 5_000),
          individualName: `PERSON ${index % 10_000}`,
        })),
      },
    ],
  }
}

function built(input: FileInput): Uint8Array {
  const { file, violations } = buildFile(input)
  if (file === null) throw new Error(`The bench's own file is wrong: ${violations[0]?.message}`)
  return encodeFile(file)
}

const input = payroll(entries)
const bytes = built(input)

/** The floor: reading each byte once, which no codec can do without. */
function scan(): void {
  let sum = 0
  for (let index = 0; index < bytes.length; index += 1) sum += bytes[index] ?? 0
  if (sum === 0) throw new Error('The file is empty.')
}

/** The floor: putting ready characters into a buffer of the file's size. */
function fill(): void {
  const target = Buffer.allocUnsafe((entries + 10) * recordBytes)
  const record = `${'6'.repeat(recordBytes - 1)}\n`
  for (let index = 0; index < entries; index += 1) target.write(record, index * recordBytes, 'latin1')
}

function read(): void {
  const { file, violations } = decodeFile(bytes)
  const wrong = file === null ? violations : validateFile(file)
  if (wrong.some(({ severity }) => severity === 'error')) throw new Error('The bench reads a file that is wrong.')
}

export const cases: BenchCase[] = [
  { bench: 'nacha', case: 'read and validate', implementation: 'fistworks', n: entries, run: read },
  { bench: 'nacha', case: 'read and validate', implementation: 'floor: scan the bytes', n: entries, run: scan },
  { bench: 'nacha', case: 'build and write', implementation: 'fistworks', n: entries, run: () => void built(input) },
  { bench: 'nacha', case: 'build and write', implementation: 'floor: fill a buffer', n: entries, run: fill },
]
