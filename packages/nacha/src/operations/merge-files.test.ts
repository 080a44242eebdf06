import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeFile } from '../encode-file.ts'
import { fileTotals } from '../file-totals.ts'
import { anyFile, built, entryTexts, mergeableFiles } from '../testing/any-file.ts'
import { sampleBatch, sampleEntry, sampleFile } from '../testing/sample-input.ts'
import { validateFile } from '../validate-file.ts'
import { isAcceptable } from '../violation.ts'
import { flattenBatches } from './flatten-batches.ts'
import { mergeFiles } from './merge-files.ts'
import { segmentFile } from './segment-file.ts'

const money = (files: readonly Parameters<typeof fileTotals>[0][]) =>
  files.map(fileTotals).reduce(
    (sum, each) => ({
      entryCount: sum.entryCount + each.entryCount,
      addendaCount: sum.addendaCount + each.addendaCount,
      creditCents: sum.creditCents + each.creditCents,
      debitCents: sum.debitCents + each.debitCents,
      entryHash: (sum.entryHash + each.entryHash) % 10_000_000_000,
    }),
    { entryCount: 0, addendaCount: 0, creditCents: 0, debitCents: 0, entryHash: 0 },
  )

/** Headers of batches, without class and number, once each. */
const batchFields = (files: readonly ReturnType<typeof built>[]) => {
  const worked = { batchNumber: 0, serviceClassCode: 0 }
  const texts = files.flatMap(({ batches }) =>
    batches.map(({ header, headerIat }) =>
      JSON.stringify([{ ...header, ...worked }, headerIat && { ...headerIat, ...worked }]),
    ),
  )
  return [...new Set(texts)].toSorted()
}

describe('merging', () => {
  test('keeps every entry, every header field and all totals', () => {
    fc.assert(
      fc.property(mergeableFiles, (files) => {
        const { files: merged, problems } = mergeFiles(files)
        expect(problems).toEqual([])
        const outputs = merged.map(({ file }) => file)
        expect(entryTexts(outputs).toSorted()).toEqual(entryTexts(files).toSorted())
        expect(money(outputs)).toEqual(money(files))
        expect(batchFields(outputs)).toEqual(batchFields(files))
        expect(outputs).toHaveLength(1)
        for (const file of outputs) expect(isAcceptable(validateFile(file))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('sources say where each entry came from', () => {
    fc.assert(
      fc.property(mergeableFiles, (files) => {
        const [merged] = mergeFiles(files).files
        const traced = merged?.sources.map((batch) =>
          batch.map(({ file, batch: from, entry }) => files[file]?.batches[from]?.entries.at(entry)?.traceNumber),
        )
        expect(merged?.file.batches.map(({ entries }) => [...entries].map(({ traceNumber }) => traceNumber))).toEqual(
          traced,
        )
      }),
      { numRuns: 30 },
    )
  })

  test('holds every limit', () => {
    const limits = fc.record({ maxLines: fc.integer({ min: 10, max: 40 }), maxEntries: fc.integer({ min: 1, max: 6 }) })
    fc.assert(
      fc.property(mergeableFiles, limits, (files, { maxLines, maxEntries }) => {
        const { files: merged, problems } = mergeFiles(files, { maxLines, maxEntries })
        fc.pre(problems.length === 0)
        const outputs = merged.map(({ file }) => file)
        expect(entryTexts(outputs).toSorted()).toEqual(entryTexts(files).toSorted())
        for (const file of outputs) {
          expect(file.records.count).toBeLessThanOrEqual(maxLines)
          expect(fileTotals(file).entryCount).toBeLessThanOrEqual(maxEntries)
        }
        const modifiers = outputs.map(({ header }) => header.fileIdModifier)
        if (new Set(files.map(({ header }) => header.fileIdModifier)).size === files.length) {
          expect(new Set(modifiers).size).toBe(modifiers.length)
        }
      }),
      { numRuns: 60 },
    )
  })

  const fileOf = (amounts: number[], changes = {}) =>
    built(
      sampleFile({
        batches: [sampleBatch({ entries: amounts.map((amountCents) => sampleEntry({ amountCents })) })],
        ...changes,
      }),
    )

  test('begins the next file when credits or debits would pass their limit', () => {
    const { files } = mergeFiles([fileOf([400, 500, 300])], { maxCreditCents: 900 })
    expect(files.map(({ file }) => fileTotals(file).creditCents)).toEqual([900, 300])
    expect(files.map(({ file }) => file.header.fileIdModifier)).toEqual(['A', 'B'])
  })

  test('refuses an entry that alone is over the limit, and names it', () => {
    const { files, problems } = mergeFiles([fileOf([400]), fileOf([500])], { maxCreditCents: 450 })
    expect(files).toEqual([])
    expect(problems).toEqual([
      {
        code: 'entry.over_limit',
        message: 'The entry alone is more than a file may hold',
        file: 1,
        batch: 0,
        entry: 0,
      },
    ])
  })

  test('never splits a balanced batch, nor micro-entries', () => {
    const entries = [sampleEntry({ amountCents: 100 }), sampleEntry({ amountCents: 100, transactionCode: 27 })]
    const balanced = built(sampleFile({ batches: [sampleBatch({ entries })] }))
    expect(mergeFiles([balanced], { maxEntries: 1 }).problems).toMatchObject([{ code: 'batch.indivisible', batch: 0 }])
    const micro = sampleBatch({
      companyEntryDescription: 'ACCTVERIFY',
      entries: [sampleEntry({ amountCents: 12 }), sampleEntry({ amountCents: 7 })],
    })
    const { problems } = mergeFiles([built(sampleFile({ batches: [micro] }))], { maxEntries: 1 })
    expect(problems).toMatchObject([{ code: 'batch.indivisible' }])
  })

  test('leaves files apart whose headers differ, and merges different times only when told the new one', () => {
    const one = fileOf([100])
    const later = fileOf([200], { fileCreationTime: '1000', fileIdModifier: 'B' })
    const elsewhere = fileOf([300], { referenceCode: 'OTHER' })
    expect(mergeFiles([one, later, elsewhere]).files).toHaveLength(3)
    const stamp = { fileCreationDate: '2026-11-20', fileCreationTime: '1100' }
    const { files } = mergeFiles([one, later, elsewhere], { stamp })
    expect(
      files.map(({ file: { header } }) => [header.fileCreationTime, header.fileIdModifier, header.referenceCode]),
    ).toEqual([
      ['1100', 'A', ''],
      ['1100', 'B', 'OTHER'],
    ])
  })

  test('refuses files that are not whole, and none at all', () => {
    expect(mergeFiles([]).problems).toMatchObject([{ code: 'file.none' }])
  })
})

describe('flattening', () => {
  test('keeps every entry and all totals, of every SEC code', () => {
    fc.assert(
      fc.property(anyFile, (file) => {
        const { file: flat, problems } = flattenBatches(file)
        expect(problems).toEqual([])
        if (!flat) return
        expect(entryTexts([flat]).toSorted()).toEqual(entryTexts([file]).toSorted())
        expect(money([flat])).toEqual(money([file]))
        expect(batchFields([flat])).toEqual(batchFields([file]))
        expect(flat.batches.length).toBeLessThanOrEqual(file.batches.length)
        const again = flattenBatches(flat).file
        expect(again && encodeFile(again)).toEqual(encodeFile(flat))
      }),
      { numRuns: 60 },
    )
  })

  test('joins equal headers, but never equal trace numbers', () => {
    const batch = (traceSequence: number) => sampleBatch({ entries: [sampleEntry({ traceSequence })] })
    const file = built(sampleFile({ batches: [batch(7), batch(3), batch(9)] }))
    const traces = (flat: typeof file | null) =>
      flat?.batches.map(({ entries }) => [...entries].map(({ traceNumber }) => Number(traceNumber.slice(8))))
    expect(traces(flattenBatches(file).file)).toEqual([[3, 7, 9]])
    const once = (traceSequence: number) => built(sampleFile({ batches: [batch(traceSequence)] }))
    const [twice] = mergeFiles([once(3), once(3), once(4)]).files
    expect(traces(twice?.file ?? null)).toEqual([[3, 4], [3]])
    expect(traces(twice ? flattenBatches(twice.file).file : null)).toEqual([[3, 4], [3]])
  })
})

describe('segmenting', () => {
  test('keeps every entry and all totals, credits here and debits there', () => {
    fc.assert(
      fc.property(anyFile, (file) => {
        const { credits, debits, problems } = segmentFile(file, { debitFileIdModifier: '7' })
        expect(problems).toEqual([])
        const parts = [credits, debits].filter((part) => part !== null)
        expect(entryTexts(parts).toSorted()).toEqual(entryTexts([file]).toSorted())
        expect(money(parts)).toEqual(money([file]))
        if (credits) expect(fileTotals(credits).debitCents).toBe(0)
        if (debits) expect(fileTotals(debits).creditCents).toBe(0)
        expect(batchFields(parts)).toEqual(batchFields([file]))
      }),
      { numRuns: 60 },
    )
  })

  test('gives the file of debits another modifier, and refuses when there is none left', () => {
    const entries = [sampleEntry(), sampleEntry({ transactionCode: 27 })]
    const file = (fileIdModifier: string) => built(sampleFile({ fileIdModifier, batches: [sampleBatch({ entries })] }))
    const modifiers = ({ credits, debits }: ReturnType<typeof segmentFile>) => [
      credits?.header.fileIdModifier,
      debits?.header.fileIdModifier,
    ]
    expect(modifiers(segmentFile(file('Z')))).toEqual(['Z', '0'])
    expect(modifiers(segmentFile(file('B'), { debitFileIdModifier: 'Q' }))).toEqual(['B', 'Q'])
    expect(segmentFile(file('9')).problems).toMatchObject([{ code: 'file.modifiers_used_up' }])
  })
})
