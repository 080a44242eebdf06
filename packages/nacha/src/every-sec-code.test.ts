import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildFile } from './build-file.ts'
import { decodeFile } from './decode-file.ts'
import { encodeFile, type LineEnding } from './encode-file.ts'
import type { Entry } from './entries.ts'
import type { AnyEntry, BatchInput } from './input.ts'
import { SEC_CODES } from './sec-code.ts'
import { testFile } from './testing/ach-lines.ts'
import { routingNumber, safeText } from './testing/arbitrary.ts'
import { fileWith } from './testing/sample-input.ts'
import { SEC_SAMPLES } from './testing/sec-samples.ts'

const account = fc.integer({ min: 1, max: 999_999_999_999_999 }).map(String)
const NAMES = ['individualName', 'receivingCompanyName', 'identificationNumber']

/** Another entry of the same kind: other bank, account, amount, names. */
function varied(entry: AnyEntry): fc.Arbitrary<AnyEntry> {
  const names = NAMES.filter((name) => name in entry)
  return fc
    .record({
      routingNumber,
      accountNumber: account,
      amountCents: entry.amountCents === 0 ? fc.constant(0) : fc.integer({ min: 1, max: 240_000 }),
      ...Object.fromEntries(names.map((name) => [name, safeText(15)])),
    })
    .map((changes) => ({ ...entry, ...changes }) as AnyEntry)
}

function variedBatch(batch: BatchInput): fc.Arbitrary<BatchInput> {
  const entries = fc.array(fc.constantFrom(...batch.entries).chain(varied), { minLength: 1, maxLength: 6 })
  return entries.map((each) => ({ ...batch, entries: each }) as BatchInput)
}

const WORKED_OUT = ['addendaSequenceNumber', 'entryDetailSequenceNumber', 'traceNumber']
const without = (record: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(record).filter(([name, value]) => !names.includes(name) && value !== ''))

/** What was put in, from what an entry says. */
function inputOf(entry: Entry, given: AnyEntry): object {
  const record: Readonly<Record<string, unknown>> = { ...entry.record }
  const own = Object.keys(given).filter((name) => name in record)
  const addenda = entry.addendaRecords.map((each) =>
    each?.layout === 'addenda05' ? each.paymentRelatedInformation : without(each ?? {}, WORKED_OUT),
  )
  return {
    ...Object.fromEntries(own.map((name) => [name, record[name]])),
    transactionCode: entry.transactionCode,
    routingNumber: entry.routingNumber,
    accountNumber: entry.accountNumber,
    amountCents: entry.amountCents,
    ...(given.addenda ? { addenda } : {}),
  }
}

describe.each(Object.entries(SEC_SAMPLES))('%s', (name, samples) => {
  test('what was built reads back as what was put in, and writes the same bytes', () => {
    const batches = fc.tuple(...samples.map(variedBatch))
    fc.assert(
      fc.property(batches, fc.constantFrom<LineEnding>('\n', '\r\n', ''), (given, lineEnding) => {
        const built = buildFile(fileWith(given))
        expect(built.violations).toEqual([])
        const bytes = built.file ? encodeFile(built.file, { lineEnding }) : new Uint8Array()
        const { file } = decodeFile(bytes)
        expect(file && encodeFile(file, { lineEnding })).toEqual(bytes)
        for (const [index, batch] of given.entries()) {
          const read = [...(file?.batches[index]?.entries ?? [])]
          expect(read.map((entry, at) => inputOf(entry, batch.entries[at] as AnyEntry))).toEqual(batch.entries)
          expect(file?.batches[index]?.secCode).toBe('iatIndicator' in batch ? 'COR' : batch.secCode)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('the file under test-data/valid is the sample built', () => {
    const { file } = buildFile(fileWith(samples))
    expect(file && encodeFile(file)).toEqual(testFile(`valid/${name}.ach`))
  })
})

test('every SEC code has a sample', () => {
  const seen = new Set(Object.values(SEC_SAMPLES).flatMap((batches) => batches.map(({ secCode }) => secCode)))
  expect([...seen].toSorted()).toEqual(Object.keys(SEC_CODES).toSorted())
})
