import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeFile } from '../decode-file.ts'
import { encodeFile } from '../encode-file.ts'
import { anyFile, built } from '../testing/any-file.ts'
import { sampleBatch, sampleEntry, sampleFile } from '../testing/sample-input.ts'
import { diffFiles, isSameFile } from './diff-files.ts'

const entries = [1, 2, 3].map((cents) => sampleEntry({ amountCents: cents * 100, accountNumber: `1234567${cents}` }))
const fileOf = (changed: typeof entries, changes = {}) =>
  built(sampleFile({ batches: [sampleBatch({ entries: changed, ...changes })] }))

describe('a diff', () => {
  test('of a file with itself is empty, whatever its line ends and filler', () => {
    fc.assert(
      fc.property(anyFile, (file) => {
        expect(isSameFile(diffFiles(file, file))).toBe(true)
        const { file: other } = decodeFile(encodeFile(file, { lineEnding: '\r\n' }))
        expect(other && isSameFile(diffFiles(file, other))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('both ways tells of the same places', () => {
    fc.assert(
      fc.property(anyFile, anyFile, (one, other) => {
        const names: Record<string, string> = { before: 'after', after: 'before', added: 'removed', removed: 'added' }
        const turned = (value: unknown): unknown => {
          if (Array.isArray(value)) return value.map(turned)
          if (typeof value !== 'object' || value === null) return value
          return Object.fromEntries(
            Object.entries(value).map(([name, inner]) => [
              names[name] ?? name,
              name === 'kind' && typeof inner === 'string' ? (names[inner] ?? inner) : turned(inner),
            ]),
          )
        }
        const { header, control } = diffFiles(one, other)
        const back = diffFiles(other, one)
        expect(turned([header, control])).toEqual([back.header, back.control])
      }),
      { numRuns: 20 },
    )
  })

  test('names the entry and the field, masked', () => {
    const [first, second, third] = entries
    if (!first || !second || !third) throw new Error('three entries')
    const { header, batches, control } = diffFiles(
      fileOf(entries),
      fileOf([first, { ...second, accountNumber: '99999999', amountCents: 250 }, third]),
    )
    expect(header).toEqual([])
    expect(control.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['totalCreditAmount', '000000000600', '000000000650'],
    ])
    expect(batches).toMatchObject([{ kind: 'changed', before: 0, after: 0, header: [] }])
    expect(batches[0]?.entries).toEqual([
      {
        kind: 'changed',
        before: 1,
        after: 1,
        traceNumber: 'XXXXX0010000002',
        fields: [
          { record: 'entryDetail', field: 'dfiAccountNumber', column: 13, before: 'XXXX5672', after: 'XXXX9999' },
          { record: 'entryDetail', field: 'amount', column: 30, before: '0000000200', after: '0000000250' },
        ],
      },
    ])
    const clear = diffFiles(fileOf(entries), fileOf([{ ...first, accountNumber: '99999999' }, second, third]), {
      masked: false,
    })
    expect(clear.batches[0]?.entries[0]?.fields[0]).toMatchObject({ before: '12345671', after: '99999999' })
  })

  test('finds hidden differences that look alike when masked', () => {
    const [first] = entries
    if (!first) throw new Error('an entry')
    const { batches } = diffFiles(fileOf([first]), fileOf([{ ...first, accountNumber: '99995671' }]))
    expect(batches[0]?.entries[0]?.fields[0]).toMatchObject({ before: 'XXXX5671', after: 'XXXX5671' })
  })

  test('matches entries by content when their trace numbers are new', () => {
    const moved = entries.map((entry, index) => ({ ...entry, traceSequence: 50 + index }))
    const { batches } = diffFiles(fileOf(entries), fileOf(moved), { ignore: ['traceNumber'] })
    expect(batches).toEqual([])
    const shifted = diffFiles(fileOf(entries), fileOf(moved)).batches[0]?.entries
    expect(shifted?.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['changed', 0, 0],
      ['changed', 1, 1],
      ['changed', 2, 2],
    ])
  })

  test('tells what was added and removed', () => {
    const extra = sampleBatch({ secCode: 'CCD', companyIdentification: '9999999999' })
    const one = built(sampleFile({ batches: [sampleBatch(), extra] }))
    const other = built(sampleFile({ batches: [sampleBatch()], fileIdModifier: 'B' }))
    const diff = diffFiles(one, other)
    expect(diff.header.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['fileIdModifier', 'A', 'B'],
    ])
    expect(diff.batches.map(({ kind, before, after }) => [kind, before, after])).toEqual([['removed', 1, null]])
    expect(diffFiles(other, one).batches.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['added', null, 1],
    ])
    const withAddenda = fileOf([sampleEntry({ addenda: ['REF*1\\'] })])
    const without = fileOf([sampleEntry()])
    expect(diffFiles(without, withAddenda).batches[0]?.entries[0]?.fields.map(({ field }) => field)).toEqual([
      'addendaRecordIndicator',
      'recordType',
      'addendaTypeCode',
      'paymentRelatedInformation',
      'addendaSequenceNumber',
      'entryDetailSequenceNumber',
    ])
  })
})
