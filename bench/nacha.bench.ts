import { createRequire } from 'node:module'
import { buildFile, decodeFile, encodeFile, type FileInput, validateFile } from '@fistworks/nacha'
import { AchFile, parse, validate } from 'achkit'
import type { BenchCase } from './bench-case.ts'

// An old CommonJS peer without types; it is a dependency of the package that is compared with it.
const nach2 = createRequire(import.meta.url)('nach2')

const PER_BATCH = 10_000
const RECORD = 94

function inputOf(entryCount: number): FileInput {
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

function build(input: FileInput): Uint8Array {
  const { file, violations } = buildFile(input)
  if (!file) throw new Error(JSON.stringify(violations[0]))
  return encodeFile(file)
}

function check(bytes: Uint8Array): void {
  const violations = validateFile(bytes, { profile: 'originate' })
  if (violations.length > 0) throw new Error(JSON.stringify(violations[0]))
}

/** The least that reading can cost: every amount added up from the bytes, nothing checked. */
function scan(bytes: Uint8Array): number {
  let cents = 0
  for (let at = 0; at < bytes.length; at += RECORD + 1) {
    if (bytes[at] !== 0x36) continue
    let amount = 0
    for (let place = at + 29; place < at + 39; place++) amount = amount * 10 + (bytes[place] ?? 0) - 0x30
    cents += amount
  }
  return cents
}

/** The least that writing can cost: the texts of every entry put into one buffer, nothing checked or summed. */
function writeRaw(input: FileInput): Uint8Array {
  const entries = input.batches.flatMap((batch) => batch.entries)
  const bytes = new Uint8Array(entries.length * (RECORD + 1)).fill(0x20)
  let at = 0
  const put = (from: number, text: string) => {
    for (let index = 0; index < text.length; index++) bytes[at + from + index] = text.charCodeAt(index)
  }
  for (const [index, entry] of entries.entries()) {
    put(0, `6${entry.transactionCode}`)
    put(3, entry.routingNumber)
    put(12, entry.accountNumber)
    put(29, String(entry.amountCents).padStart(10, '0'))
    put(39, entry.individualIdentification ?? '')
    put(54, entry.individualName)
    put(79, `09100001${String(index).padStart(7, '0')}`)
    bytes[at + RECORD] = 0x0a
    at += RECORD + 1
  }
  return bytes
}

function buildWithAchkit(input: FileInput): string {
  const file = AchFile.create({ originDfi: input.immediateOrigin, companyId: '1234567890' })
  for (const { entries } of input.batches) {
    const batch = file.batch({ sec: 'PPD', description: 'PAYROLL', effectiveDate: '2026-11-23' })
    for (const { individualName: name, routingNumber: routing, accountNumber: account, amountCents } of entries) {
      batch.credit({ name, routing, account, amountCents })
    }
  }
  return file.render()
}

function buildWithNach2(input: FileInput): Promise<string> {
  const routing = '091000019'
  const file = new nach2.File({
    immediateDestination: routing,
    immediateOrigin: routing,
    immediateDestinationName: 'BANK',
    immediateOriginName: 'ACME TOOLS',
    referenceCode: 'A1',
  })
  for (const { entries } of input.batches) {
    const batch = new nach2.Batch({
      serviceClassCode: '220',
      companyName: 'ACME TOOLS',
      standardEntryClassCode: 'PPD',
      companyIdentification: '1234567890',
      companyEntryDescription: 'PAYROLL',
      companyDescriptiveDate: 'NOV 26',
      effectiveEntryDate: nach2.Utils.computeBusinessDay(1),
      originatingDFI: routing,
    })
    for (const entry of entries) {
      batch.addEntry(
        new nach2.Entry({
          receivingDFI: entry.routingNumber,
          DFIAccount: entry.accountNumber,
          amount: String(entry.amountCents / 100),
          idNumber: entry.individualIdentification,
          individualName: entry.individualName,
          discretionaryData: 'A1',
          transactionCode: '22',
        }),
      )
    }
    file.addBatch(batch)
  }
  return new Promise((resolve) => file.generateFile(resolve))
}

function casesOf(n: number): BenchCase[] {
  const input = inputOf(n)
  const bytes = build(input)
  const text = new TextDecoder().decode(bytes)
  const same = { bench: 'nacha', n }
  const reading = { ...same, case: `parse and check ${n} PPD entries` }
  const writing = { ...same, case: `build and write ${n} PPD entries` }
  const objects = { ...same, case: `make objects of ${n} PPD entries` }
  return [
    { ...reading, implementation: '@fistworks/nacha', run: () => check(bytes) },
    { ...reading, implementation: 'achkit', run: () => void validate(text) },
    { ...reading, implementation: 'raw scan, no checks', run: () => void scan(bytes) },
    { ...writing, implementation: '@fistworks/nacha', run: () => void build(input) },
    { ...writing, implementation: 'achkit', run: () => void buildWithAchkit(input) },
    { ...writing, implementation: 'raw buffer write, no checks', run: () => void writeRaw(input) },
    {
      ...objects,
      implementation: '@fistworks/nacha',
      run() {
        for (const batch of decodeFile(bytes).file?.batches ?? [])
          for (const entry of batch.entries) void entry.amountCents
      },
    },
    { ...objects, implementation: 'achkit', run: () => void parse(text) },
  ]
}

/** nach2 takes two minutes for 100,000 entries: its time grows with their square. */
function nach2Case(n: number): BenchCase {
  const input = inputOf(n)
  const run = async () => void (await buildWithNach2(input))
  return { bench: 'nacha', case: `build and write ${n} PPD entries`, implementation: 'nach2', n, run }
}

export const cases: BenchCase[] = [...[1_000, 100_000].flatMap(casesOf), nach2Case(1_000)]
