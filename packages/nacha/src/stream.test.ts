import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeFile } from './decode-file.ts'
import { encodeFile, encodeStream } from './encode-file.ts'
import { FileCheck } from './file-check.ts'
import { LineReader } from './line-reader.ts'
import { readStream, type StreamItem } from './read-stream.ts'
import { testFile, testNames } from './testing/ach-lines.ts'
import { validateFile, validateStream } from './validate-file.ts'
import { Report } from './violation.ts'

/** The bytes cut at these places, in order. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge))
}

async function drained(pieces: Iterable<Uint8Array>) {
  const items: StreamItem[] = []
  const stream = readStream(pieces)
  for (;;) {
    const next = await stream.next()
    if (next.done) return { items, violations: next.value }
    items.push(next.value)
  }
}

const seen = (items: readonly StreamItem[]) =>
  items.map((item) =>
    item.kind === 'entry'
      ? { ...item.entry, record: item.entry.record, addendaRecords: item.entry.addendaRecords }
      : item,
  )

const files = ['valid', 'samples'].flatMap((folder) => testNames(folder).map((name) => `${folder}/${name}`))
const variants: readonly (readonly [string, (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['CR', (text) => text.replaceAll('\n', '\r')],
  ['no line ends', (text) => text.replaceAll('\n', '')],
  ['a byte order mark and blank lines', (text) => `\u00ef\u00bb\u00bf${text.replaceAll('\n', '\n\n')}\u001a`],
]
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('a stream in any pieces is judged like the whole', () => {
  test.each(variants)('%s', async (_, change) => {
    const places = fc.array(fc.nat(5_000), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), places, async (name, cuts) => {
        const bytes = latin1(change(new TextDecoder('latin1').decode(testFile(name))))
        const whole = validateFile(bytes)
        expect(await validateStream(cut(bytes, cuts))).toEqual(whole)
        const { items, violations } = await drained(cut(bytes, cuts))
        expect(violations).toEqual(whole)
        expect(seen(items)).toEqual(seen((await drained([bytes])).items))
      }),
      { numRuns: 60 },
    )
  })

  test('byte by byte', async () => {
    for (const name of files.slice(0, 12)) {
      const bytes = testFile(name)
      const single = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))
      expect(await validateStream(single)).toEqual(validateFile(bytes))
    }
  })
})

/** What the lines of a text become when it comes in these pieces. */
function laidOut(pieces: readonly Uint8Array[], maxLines: number) {
  const report = new Report({})
  const reader = new LineReader(report, maxLines)
  for (const piece of pieces) reader.push(piece)
  reader.end()
  reader.summarize()
  const { bytes, lines, count } = reader.records
  return { bytes: bytes.slice(0, count * 94), lines: lines?.slice(0, count), violations: report.list() }
}

test('lines of any length and kind become the same records at once, in pieces and byte by byte', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '6'.repeat(94),
      '7'.repeat(93),
      '8'.repeat(95),
      '5'.repeat(47),
      '9'.repeat(46),
      `${'a'.repeat(93)}\u00e9`,
    ),
    fc.constantFrom('', ' ', ' '.repeat(94), `${'b'.repeat(92)}\u00c3\u00a9`, `${'c'.repeat(94)}${' '.repeat(6)}`),
  )
  const texts = fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n', '\r')), { maxLength: 40 })
  const places = fc.array(fc.nat(4_000), { maxLength: 30 })
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 50 }), fc.boolean(), places, (lines, maxLines, hasEnds, cuts) => {
      const bytes = latin1(lines.map(([text, end]) => (hasEnds ? text + end : text)).join(''))
      const single = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))
      const expected = laidOut(single, maxLines)
      expect(laidOut([bytes], maxLines)).toEqual(expected)
      expect(laidOut(cut(bytes, cuts), maxLines)).toEqual(expected)
    }),
    {
      numRuns: 200,
      examples: [
        [
          [
            ['6'.repeat(94), '\n'],
            ['8'.repeat(95), '\n'],
          ],
          50,
          true,
          [96],
        ],
      ],
    },
  )
})

test.each(testNames('valid'))('%s streams the entries that the file has', async (name) => {
  const bytes = testFile(`valid/${name}`)
  const { items, violations } = await drained(cut(bytes, [100, 1_000]))
  expect(violations.filter(({ severity }) => severity === 'error')).toEqual([])
  const { file } = decodeFile(bytes)
  const entries = file?.batches.flatMap((batch) => [...batch.entries]) ?? []
  const streamed = items.filter((item) => item.kind === 'entry').map(({ entry }) => entry)
  expect(streamed.map((each) => [each.line, each.record, each.addendaRecords])).toEqual(
    entries.map((each) => [each.line, each.record, each.addendaRecords]),
  )
  const controls = items.filter((item) => item.kind === 'batchControl').map(({ control }) => control)
  expect(controls).toEqual(file?.batches.map(({ control }) => control))
  expect(items.at(-1)).toMatchObject({ kind: 'fileControl', control: file?.control })
})

test('memory does not grow with a stream: a window is kept, not the file', () => {
  const [header = '', batch = '', entry = ''] = new TextDecoder().decode(testFile('valid/pop.ach')).split('\n')
  const report = new Report({})
  const reader: LineReader = new LineReader(report, 1_000_000, () => run())
  const check = new FileCheck(reader.records, report, {})
  const run = () => reader.drop(check.run(reader.records, false))
  reader.push(latin1(`${header}\n${batch}\n`))
  const entries = latin1(`${entry}\n`.repeat(1_000))
  for (let round = 0; round < 200; round++) reader.push(entries)
  expect(reader.records.bytes.length).toBeLessThan(200_000)
})

describe('writing', () => {
  const { file } = decodeFile(testFile('valid/returns.ach'))
  if (!file) throw new Error('the file reads')

  test.each([
    {},
    { lineEnding: '\r\n' as const },
    { lineEnding: '' as const },
    { hasFinalLineEnding: false },
    { isBlocked: false },
  ])('a stream gives the same bytes: %j', (options) => {
    const pieces = [...encodeStream(file, options)]
    expect(new Uint8Array(pieces.flatMap((piece) => [...piece]))).toEqual(encodeFile(file, options))
  })

  test('line ends and filler are as the bank wants them', () => {
    const text = (options: Parameters<typeof encodeFile>[1]) => new TextDecoder().decode(encodeFile(file, options))
    expect(text({ lineEnding: '\r\n' }).split('\r\n')).toHaveLength(file.records.count + 1)
    expect(text({ hasFinalLineEnding: false })).toMatch(/[^\n]$/)
    expect(text({ isBlocked: false })).not.toMatch(/9{94}/)
    expect(decodeFile(encodeFile(file, { isBlocked: false })).file?.records.count).toBe(file.structure.control + 1)
    const unfilled = decodeFile(encodeFile(file, { isBlocked: false })).file
    expect(unfilled && new TextDecoder().decode(encodeFile(unfilled, { isBlocked: true }))).toBe(text({}))
  })
})
