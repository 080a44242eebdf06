import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildFile } from './build-file.ts'
import { decodeFile } from './decode-file.ts'
import { encodeFile, type LineEnding } from './encode-file.ts'
import type { Entry } from './entries.ts'
import type { AchFile } from './file.ts'
import { fileTotals } from './file-totals.ts'
import type { EntryInput, FileInput } from './input.ts'
import { testFile } from './testing/ach-lines.ts'
import { fileInput } from './testing/arbitrary.ts'
import { sampleBatch, sampleEntry, sampleFile } from './testing/sample-input.ts'
import { validateFile } from './validate-file.ts'

function built(input: FileInput): AchFile {
  const { file, violations } = buildFile(input)
  if (!file) throw new Error(JSON.stringify(violations))
  return file
}

function decoded(bytes: Uint8Array): AchFile {
  const { file, violations } = decodeFile(bytes)
  if (!file) throw new Error(JSON.stringify(violations))
  return file
}

function inputOfEntry(entry: Entry): EntryInput {
  const { transactionCode, routingNumber, accountNumber, amountCents, addenda } = entry
  const { individualName, individualIdentification, discretionaryData } = entry
  const texts = { individualName, individualIdentification, discretionaryData }
  return { transactionCode, routingNumber, accountNumber, amountCents, ...texts, addenda }
}

/** The input again, from what a file says. */
function inputOf(file: AchFile): FileInput {
  const { header } = file
  return {
    ...header,
    immediateDestination: header.immediateDestination.trim(),
    immediateOrigin: header.immediateOrigin.trim(),
    batches: file.batches.map((batch) => ({
      secCode: batch.header.standardEntryClassCode as 'PPD',
      companyName: batch.header.companyName,
      companyDiscretionaryData: batch.header.companyDiscretionaryData,
      companyIdentification: batch.header.companyIdentification,
      companyEntryDescription: batch.header.companyEntryDescription,
      companyDescriptiveDate: batch.header.companyDescriptiveDate,
      effectiveEntryDate: batch.header.effectiveEntryDate,
      odfiIdentification: batch.header.odfiIdentification,
      entries: [...batch.entries].map(inputOfEntry),
    })),
  }
}

describe('files', () => {
  test('what was built reads back as what was put in, whatever the line ending', () => {
    const endings = fc.constantFrom<LineEnding>('\n', '\r\n', '')
    fc.assert(
      fc.property(fileInput, endings, (input, lineEnding) => {
        const bytes = encodeFile(built(input), { lineEnding })
        expect(decodeFile(bytes).violations).toEqual([])
        expect(inputOf(decoded(bytes))).toEqual(input)
      }),
    )
  })

  test('what was built has nothing to complain about in any profile', () => {
    fc.assert(
      fc.property(fileInput, (input) => {
        const bytes = encodeFile(built(input))
        for (const profile of ['standard', 'originate'] as const) {
          expect(validateFile(bytes, { profile }).filter(({ severity }) => severity === 'error')).toEqual([])
        }
      }),
    )
  })

  test('totals are those of the input', () => {
    fc.assert(
      fc.property(fileInput, (input) => {
        const entries = input.batches.flatMap((batch) => batch.entries)
        const cents = (credit: boolean) =>
          entries
            .filter(({ transactionCode }) => [22, 32].includes(transactionCode) === credit)
            .reduce((sum, { amountCents }) => sum + amountCents, 0)
        expect(fileTotals(built(input))).toEqual({
          batchCount: input.batches.length,
          entryCount: entries.length,
          addendaCount: entries.flatMap(({ addenda = [] }) => addenda).length,
          creditCents: cents(true),
          debitCents: cents(false),
          entryHash: entries.reduce((sum, { routingNumber }) => sum + Number(routingNumber.slice(0, 8)), 0) % 1e10,
        })
      }),
    )
  })

  test.each(['payroll-and-collection', 'prenotes', 'zero-dollar-remittance', 'exactly-one-block'])(
    'encoding a decoded %s gives the same bytes',
    (name) => {
      const bytes = testFile(`valid/${name}.ach`)
      expect(encodeFile(decoded(bytes))).toEqual(bytes)
    },
  )

  test('the same file reads alike with LF, CRLF, CR, no line ends, blank lines and an end-of-file mark', () => {
    const text = new TextDecoder().decode(testFile('valid/payroll-and-collection.ach'))
    const variants = [
      text.replaceAll('\n', '\r\n'),
      text.replaceAll('\n', '\r'),
      text.replaceAll('\n', ''),
      text.trimEnd(),
      text.replace('\n', '\n\n'),
      `${text}\x1a`,
      `${text.replaceAll('\n', '')}\n`,
    ]
    const expected = inputOf(decoded(new TextEncoder().encode(text)))
    for (const variant of variants) {
      const bytes = new TextEncoder().encode(variant)
      expect(validateFile(bytes)).toEqual([])
      expect(inputOf(decoded(bytes))).toEqual(expected)
    }
  })

  test('Windows-1252 and UTF-8 give the same text', () => {
    const input = sampleFile({ batches: [sampleBatch({ entries: [sampleEntry({ individualName: 'JOSE' })] })] })
    const text = new TextDecoder().decode(encodeFile(built(input))).replace('JOSE', 'JOSÉ')
    const utf8 = new TextEncoder().encode(text)
    const single = Uint8Array.from(text, (character) => character.charCodeAt(0))
    for (const bytes of [utf8, single]) expect(decoded(bytes).batches[0]?.entries.at(0)?.individualName).toBe('JOSÉ')
  })
})

test('two single bytes are not taken for one character of UTF-8 where that would shift the line', () => {
  const lines = new TextDecoder().decode(encodeFile(built(sampleFile()))).replace('JANE DOE', 'JANE \u00c3\u00a9E')
  const bytes = Uint8Array.from(lines, (character) => character.charCodeAt(0))
  expect(decoded(bytes).batches[0]?.entries.at(0)?.individualName).toBe('JANE \u00c3\u00a9E')
  expect(encodeFile(decoded(bytes))).toEqual(bytes)
})

describe('hostile bytes', () => {
  const original = testFile('valid/payroll-and-collection.ach')
  const mutation = fc.tuple(
    fc.nat(original.length - 1),
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom('set', 'drop', 'double'),
  )

  test('never throw, whatever is changed in a file', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 12 }), (mutations) => {
        let bytes = [...original]
        for (const [place, byte, kind] of mutations) {
          if (kind === 'set') bytes[place] = byte
          else if (kind === 'drop') bytes = bytes.toSpliced(place, 1)
          else bytes = bytes.toSpliced(place, 0, ...bytes.slice(place, place + 95))
        }
        const given = Uint8Array.from(bytes)
        const { file } = decodeFile(given)
        if (file) for (const batch of file.batches) expect([...batch.entries]).toHaveLength(batch.entries.length)
        expect(Array.isArray(validateFile(given, { profile: 'originate' }))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('never throw, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_000 }), (bytes) => {
        expect(decodeFile(bytes).violations.length + validateFile(bytes).length).toBeGreaterThan(0)
      }),
    )
  })
})
