import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addBankingDays } from '../banking-day.ts'
import { decodeFile } from '../decode-file.ts'
import { encodeFile } from '../encode-file.ts'
import type { AchFile } from '../file.ts'
import { built, paymentFile } from '../testing/any-file.ts'
import { fileWith, sampleBatch, sampleEntry, sampleFile } from '../testing/sample-input.ts'
import { SEC_SAMPLES } from '../testing/sec-samples.ts'
import { validateFile } from '../validate-file.ts'
import { isAcceptable } from '../violation.ts'
import { type ReversalOptions, reverseFile } from './reverse-file.ts'

const entriesOf = (file: AchFile | null) => file?.batches.flatMap(({ entries }) => [...entries]) ?? []

/** A reversal on the banking day after the file settles. */
function soon(file: AchFile): ReversalOptions {
  const settled = file.batches[0]?.header.effectiveEntryDate ?? ''
  const day = addBankingDays(settled, 1)
  return {
    fileCreationDate: day,
    fileIdModifier: 'R',
    at: `${day}T15:00:00Z`,
    effectiveEntryDate: day,
    settledOn: settled,
  }
}

const options = {
  fileCreationDate: '2026-11-24',
  fileCreationTime: '1000',
  fileIdModifier: 'R',
  at: '2026-11-24T15:00:00Z',
  effectiveEntryDate: '2026-11-25',
} satisfies ReversalOptions

describe('a reversal', () => {
  test('of a reversal has the amounts and directions of the original', () => {
    fc.assert(
      fc.property(paymentFile, (file) => {
        const once = reverseFile(file, soon(file))
        expect(once.problems).toEqual([])
        if (!once.file) return
        expect(isAcceptable(validateFile(once.file))).toBe(true)
        const twice = reverseFile(once.file, soon(once.file))
        expect(twice.problems).toEqual([])
        const who = ({ transactionCode, amountCents, accountNumber, routingNumber, addenda, individualName }: never) =>
          JSON.stringify([transactionCode, amountCents, accountNumber, routingNumber, addenda, individualName])
        const texts = (each: AchFile | null) =>
          entriesOf(each)
            .map((entry) => who(entry as never))
            .toSorted()
        expect(texts(twice.file)).toEqual(texts(file))
      }),
      { numRuns: 60 },
    )
  })

  test('changes nothing but codes, description, dates, traces and numbers, and links every entry', () => {
    fc.assert(
      fc.property(paymentFile, (file) => {
        const { file: reversal, links } = reverseFile(file, soon(file))
        expect(links).toHaveLength(entriesOf(file).length)
        const traces = new Set(entriesOf(file).map(({ traceNumber }) => traceNumber))
        for (const { original, reversal: back } of links) {
          const was = file.batches[original.batch]?.entries.at(original.entry)
          const batch = reversal?.batches[back.batch]
          const is = batch?.entries.at(back.entry)
          expect(was?.traceNumber).toBe(original.traceNumber)
          expect(is?.traceNumber).toBe(back.traceNumber)
          expect(traces.has(back.traceNumber)).toBe(false)
          expect({ ...is?.record, transactionCode: 0, traceNumber: '' }).toEqual({
            ...was?.record,
            transactionCode: 0,
            traceNumber: '',
          })
          const header = file.batches[original.batch]?.header
          expect(batch?.header).toMatchObject({
            companyName: header?.companyName,
            companyIdentification: header?.companyIdentification,
            companyDiscretionaryData: header?.companyDiscretionaryData,
            standardEntryClassCode: header?.standardEntryClassCode,
            companyEntryDescription: 'REVERSAL',
          })
        }
      }),
      { numRuns: 40 },
    )
  })

  test.each(['ach', 'arc', 'cie', 'ctx', 'iat', 'mte', 'pop', 'pos', 'rck', 'tel', 'trc', 'web'])(
    'is right for the payments of %s',
    (name) => {
      const file = built(fileWith(SEC_SAMPLES[name] ?? [sampleBatch()]))
      const { file: reversal, problems, leftOut } = reverseFile(file, options)
      expect(problems).toEqual([])
      expect(reversal && validateFile(reversal).filter(({ severity }) => severity === 'error')).toEqual([])
      expect(entriesOf(reversal).length + leftOut.length).toBe(entriesOf(file).length)
    },
  )

  test('flips the codes of every kind of account, 52 to 55 too', () => {
    const codes = [22, 27, 32, 37, 42, 47, 52]
    const entries = codes.map((transactionCode) => sampleEntry({ transactionCode }))
    const { file } = reverseFile(built(sampleFile({ batches: [sampleBatch({ entries })] })), options)
    const flipped = new Map(
      reverseFile(built(sampleFile({ batches: [sampleBatch({ entries })] })), options).links.map(
        ({ original, reversal }) => [
          codes[original.entry],
          file?.batches[reversal.batch]?.entries.at(reversal.entry)?.transactionCode,
        ],
      ),
    )
    expect([...flipped].toSorted(([a = 0], [b = 0]) => a - b)).toEqual([
      [22, 27],
      [27, 22],
      [32, 37],
      [37, 32],
      [42, 47],
      [47, 42],
      [52, 55],
    ])
    // Credits and debits apart: 220 and 225.
    expect(file?.batches.map(({ header }) => header.serviceClassCode)).toEqual([220, 225])
    const back = file && reverseFile(file, { ...options, effectiveEntryDate: '2026-11-27', settledOn: '2026-11-25' })
    expect(
      entriesOf(back?.file ?? null)
        .map(({ transactionCode }) => transactionCode)
        .toSorted((a, b) => a - b),
    ).toEqual(codes)
  })

  test('takes back chosen batches and entries only', () => {
    const entries = [1, 2, 3].map((amountCents) => sampleEntry({ amountCents }))
    const file = built(sampleFile({ batches: [sampleBatch({ entries }), sampleBatch({ entries })] }))
    const select = { batches: [1], entries: [{ batch: 0, entry: 2 }] }
    const { links } = reverseFile(file, { ...options, select })
    expect(links.map(({ original: { batch, entry } }) => [batch, entry])).toEqual([
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ])
    const wrong = { batches: [7], entries: [{ batch: 0, entry: 9 }] }
    expect(reverseFile(file, { ...options, select: wrong }).problems.map(({ code }) => code)).toEqual([
      'entry.unknown',
      'batch.unknown',
    ])
  })

  test('leaves prenotes out, and refuses one that was chosen', () => {
    const entries = [sampleEntry(), sampleEntry({ transactionCode: 23, amountCents: 0 })]
    const file = built(sampleFile({ batches: [sampleBatch({ entries })] }))
    expect(reverseFile(file, options).leftOut).toEqual([{ batch: 0, entry: 1 }])
    const select = { entries: [{ batch: 0, entry: 1 }] }
    expect(reverseFile(file, { ...options, select }).problems).toMatchObject([{ code: 'entry.transaction_code' }])
  })

  test('clears the same-day sign of the original', () => {
    const file = built(sampleFile({ batches: [sampleBatch({ companyDescriptiveDate: 'NOV 20' })] }))
    expect(reverseFile(file, options).file?.batches[0]?.header.companyDescriptiveDate).toBe('NOV 20')
    const sameDay = built(
      sampleFile({ batches: [sampleBatch({ companyDescriptiveDate: 'SD1300', effectiveEntryDate: '2026-11-20' })] }),
    )
    expect(reverseFile(sameDay, options).file?.batches[0]?.header.companyDescriptiveDate).toBe('')
  })

  test.each(['returns', 'cor', 'adv'])('refuses %s', (name) => {
    const file = built(fileWith(SEC_SAMPLES[name] ?? []))
    expect(reverseFile(file, options).problems[0]).toMatchObject({ code: 'entry.category' })
  })
})

describe('the time for a reversal', () => {
  // The sample settles on Monday 23 November 2026; Thanksgiving is the 26th: five banking days end on the 1st.
  const on = (day: string, more: Partial<ReversalOptions> = {}) =>
    reverseFile(built(sampleFile()), { ...options, at: `${day}T15:00:00Z`, effectiveEntryDate: day, ...more }).problems

  test('is five banking days after settlement', () => {
    expect(on('2026-12-01')).toEqual([])
    expect(on('2026-12-02')).toMatchObject([{ code: 'date.late', batch: 0 }])
    expect(on('2026-12-02')[0]?.message).toContain('until 2026-12-01')
    expect(on('2026-12-02', { evenIfLate: true })).toEqual([])
  })

  test('counts the day on which the reversal takes effect, too', () => {
    expect(on('2026-12-01', { effectiveEntryDate: '2026-12-02' })).toMatchObject([{ code: 'date.late' }])
  })

  test('is 24 hours after the error was found', () => {
    const found = (discoveredAt: string) => on('2026-11-24', { discoveredAt })
    expect(found('2026-11-23T15:00:00Z')).toEqual([])
    expect(found('2026-11-23T14:59:59Z')).toMatchObject([{ code: 'date.late' }])
  })

  test('is not before the original settles', () => {
    expect(on('2026-11-20')).toMatchObject([{ code: 'date.invalid' }])
  })

  test('counts from the day the Operator filled in', () => {
    const bytes = encodeFile(built(sampleFile()))
    // Day 329 is Wednesday the 25th: five banking days end on the 3rd.
    bytes.set(new TextEncoder().encode('329'), 95 + 75)
    const { file } = decodeFile(bytes)
    const late = (day: string) =>
      file && reverseFile(file, { ...options, at: `${day}T15:00:00Z`, effectiveEntryDate: day }).problems
    expect(late('2026-12-03')).toEqual([])
    expect(late('2026-12-04')).toMatchObject([{ code: 'date.late' }])
  })
})
