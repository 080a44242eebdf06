import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeFile } from '../encode-file.ts'
import { built } from '../testing/any-file.ts'
import { fileWith, sampleBatch, sampleFile } from '../testing/sample-input.ts'
import { SEC_SAMPLES } from '../testing/sec-samples.ts'
import { fromMoovJson } from './from-moov-json.ts'
import { toMoovJson } from './to-moov-json.ts'

type Given = Record<string, unknown>

const fileHeader = {
  id: 'made-up',
  immediateDestination: '091000019',
  immediateOrigin: '121042882',
  fileCreationDate: '261120',
  fileCreationTime: '0915',
  fileIDModifier: 'A',
}
const batchHeader = {
  serviceClassCode: 220,
  companyName: 'ACME TOOLS',
  companyIdentification: '1234567890',
  standardEntryClassCode: 'PPD',
  companyEntryDescription: 'PAYROLL',
  effectiveEntryDate: '261123',
  ODFIIdentification: '09100001',
}
const entry = {
  transactionCode: 22,
  RDFIIdentification: '23138010',
  checkDigit: '4',
  DFIAccountNumber: '12345678         ',
  amount: 124_050,
  individualName: 'JANE DOE',
}
const withEntry = (changes: Given, header: Given = {}) => ({
  fileHeader,
  batches: [{ batchHeader: { ...batchHeader, ...header }, entryDetails: [{ ...entry, ...changes }] }],
})
const read = (json: unknown) => fromMoovJson(JSON.stringify(json))
const linesOf = (json: unknown) => {
  const { file, problems } = read(json)
  expect(problems).toEqual([])
  return file ? new TextDecoder('latin1').decode(encodeFile(file)).split('\n') : []
}

describe("reading moov-io/ach's JSON", () => {
  test('works out controls, numbers and traces that are left out', () => {
    const { file, violations } = read(withEntry({}))
    expect(violations.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(file?.control.totalCreditAmount).toBe(124_050)
    const [batch] = file?.batches ?? []
    expect(batch?.header).toMatchObject({ batchNumber: 1, originatorStatusCode: '1' })
    expect(batch?.entries.at(0)).toMatchObject({ traceNumber: '091000010000001', amountCents: 124_050 })
    const nothing = { batchControl: null, advBatchControl: {}, advEntryDetails: null, offset: null }
    const nulls = { IATBatches: null, fileControl: null, NotificationOfChange: null, ReturnEntries: null }
    const [given] = withEntry({}).batches
    expect(linesOf({ fileHeader, batches: [null, { ...given, ...nothing }], ...nulls })).toEqual(linesOf(withEntry({})))
  })

  test('reports a control that is wrong, and repairs nothing', () => {
    const json = JSON.parse(toMoovJson(built(sampleFile()))) as { fileControl: { totalCredit: number } }
    json.fileControl.totalCredit = 1
    const { file, violations } = read(json)
    expect(violations.map(({ rule }) => rule)).toContain('file.control.total_credit')
    expect(file?.control.totalCreditAmount).toBe(1)
  })

  test.each([
    ['effectiveEntryDate', '2026-11-23T00:00:00Z', '261123'],
    ['effectiveEntryDate', '2026-11-23T23:30:00.123-05:00', '261123'],
    ['effectiveEntryDate', '11/23/2026', '261123'],
    ['companyDescriptiveDate', '2026-11-23T13:30:00Z', 'SD1330'],
  ])('takes %s %s', (name, given, written) => {
    expect(linesOf(withEntry({}, { [name]: given }))[1]).toContain(written)
  })

  test('takes names in any case, and a time as a moment', () => {
    const { fileCreationTime: _, ...header } = fileHeader
    const json = {
      FILEHEADER: { ...header, FileCreationTime: '0000-01-01T09:15:00Z' },
      Batches: withEntry({}).batches,
      iatBatches: [],
    }
    expect(linesOf(json)).toEqual(linesOf(withEntry({})))
  })

  test('fills what was shortened: zeros before numbers, a blank before the parties', () => {
    const lines = linesOf(
      withEntry({ RDFIIdentification: '9100001', checkDigit: '9' }, { ODFIIdentification: '091000019' }),
    )
    expect(lines[0]).toMatch(/^101 091000019 121042882261120/)
    expect(lines[1]?.slice(79, 87)).toBe('09100001')
    expect(lines[2]?.slice(3, 12)).toBe('091000019')
  })

  test('gives a receiver in CTX its count of addenda when it has none', () => {
    const addenda05 = [{ paymentRelatedInformation: 'ONE' }, { paymentRelatedInformation: 'TWO' }]
    const lines = linesOf(withEntry({ addenda05, individualName: 'RECEIVER' }, { standardEntryClassCode: 'CTX' }))
    expect(lines[2]?.slice(54, 79)).toBe(`0002${'RECEIVER'.padEnd(16)}    1`)
    expect(lines[4]).toBe(`705${'TWO'.padEnd(80)}00020000001`)
  })

  test('puts batches of both lists in the order of their numbers', () => {
    const file = built(fileWith([...(SEC_SAMPLES['iat'] ?? []), sampleBatch(), ...(SEC_SAMPLES['iat'] ?? [])]))
    const { file: again } = fromMoovJson(toMoovJson(file))
    expect(again && encodeFile(again)).toEqual(encodeFile(file))
  })

  test('takes an offset whose entry is there, and refuses one that it would have to make', () => {
    const [batch] = withEntry({}).batches
    const offset = { routingNumber: '231380104', accountNumber: '12345678', accountType: 'checking', description: '' }
    expect(read({ fileHeader, batches: [{ ...batch, offset }] }).problems).toEqual([])
    const other = { ...offset, accountNumber: '87654321' }
    expect(read({ fileHeader, batches: [{ ...batch, offset: other }] }).problems).toMatchObject([
      { path: '/batches/0/offset' },
    ])
  })

  test('tells which members it did not read, and what validateOpts asks for', () => {
    const validateOpts = { customTraceNumbers: true, skipAll: false, preserveSpaces: true }
    const { ignored, switches, violations } = read({
      ...withEntry({ id: 'x', lineNumber: 3, addenda5: [] }),
      validateOpts,
    })
    expect(ignored).toEqual(['/batches/0/entryDetails/0/addenda5', '/validateOpts/preserveSpaces'])
    expect(switches).toEqual(['customTraceNumbers'])
    expect(violations.filter(({ severity }) => severity === 'error')).toEqual([])
    const lies = { ...withEntry({ checkDigit: '5' }), validateOpts: { allowInvalidCheckDigit: true } }
    expect(read(lies).violations.filter(({ severity }) => severity === 'error')).not.toEqual([])
  })
})

describe('refuses, and says where', () => {
  const at = '/batches/0/entryDetails/0'
  test.each([
    ['amount', '124050'],
    ['amount', 12.5],
    ['amount', -1],
    ['amount', 10_000_000_000],
    ['amount', undefined],
    ['amount', {}],
    ['transactionCode', undefined],
    ['DFIAccountNumber', 12345678],
    ['DFIAccountNumber', '1'.repeat(18)],
    ['RDFIIdentification', '231380105'],
    ['individualName', 'JANE\n6220'],
    ['individualName', 'ж'],
    ['traceNumber', ['1']],
    ['addenda05', 'text'],
    ['addenda98', [null, 7]],
  ])('%s %j', (name, value) => {
    const { file, problems } = read(withEntry({ [name]: value }))
    expect(file).toBeNull()
    expect(problems).toMatchObject([{ path: name === 'addenda98' ? `${at}/${name}/1` : `${at}/${name}` }])
    expect(JSON.stringify(problems)).not.toContain('1'.repeat(18))
  })

  const [batch] = withEntry({}).batches
  const inOtherList = { IATBatchHeader: { standardEntryClassCode: 'PPD' }, IATEntryDetails: [] }
  test.each([
    ['no object', [], ''],
    ['no file header', { batches: [] }, '/fileHeader'],
    ['batches that are no list', { ...withEntry({}), batches: {} }, '/batches'],
    ['a batch that is no object', { ...withEntry({}), batches: [7] }, '/batches/0'],
    ['a batch without header', { ...withEntry({}), batches: [{}] }, '/batches/0/batchHeader'],
    ['entries that are no list', { fileHeader, batches: [{ ...batch, entryDetails: {} }] }, '/batches/0/entryDetails'],
    ['an entry that is no object', { fileHeader, batches: [{ ...batch, entryDetails: ['x'] }] }, at],
    ['entries of ADV', { fileHeader, batches: [{ ...batch, advEntryDetails: [{}] }] }, '/batches/0/advEntryDetails'],
    [
      'a day that is none',
      withEntry({}, { effectiveEntryDate: '2026-02-30' }),
      '/batches/0/batchHeader/effectiveEntryDate',
    ],
    [
      'IAT among the others',
      withEntry({}, { standardEntryClassCode: 'IAT' }),
      '/batches/0/batchHeader/standardEntryClassCode',
    ],
    [
      'others among IAT',
      { fileHeader, IATBatches: [inOtherList] },
      '/IATBatches/0/IATBatchHeader/standardEntryClassCode',
    ],
    ['a name that stands there twice', withEntry({ Amount: 1 }), `${at}/Amount`],
    ['validateOpts that are no object', { ...withEntry({}), validateOpts: 'all' }, '/validateOpts'],
    ['addenda that are no record', withEntry({ addenda: ['7'] }), `${at}/addenda/0`],
  ])('%s', (_, json, path) => {
    const { file, problems } = read(json)
    expect(file).toBeNull()
    expect(problems.map((each) => each.path)).toContain(path)
  })

  test('text that is no JSON, without repeating it', () => {
    for (const text of ['', '{"a": 12345678', 'null', '{}x', '\u0000']) {
      const { file, problems } = fromMoovJson(text)
      expect([file, problems.length]).toEqual([null, 1])
      expect(JSON.stringify(problems)).not.toContain('12345678')
    }
  })

  test('what a prototype would add', () => {
    const text = JSON.stringify(withEntry({})).replace('"amount":124050', '"__proto__":{"amount":1},"constructor":{}')
    const { problems } = fromMoovJson(text)
    expect(problems).toMatchObject([{ path: `${at}/amount` }])
    const whole = JSON.stringify(withEntry({})).replace('"amount"', '"__proto__":{"amount":1},"toString":1,"amount"')
    const { file, ignored } = fromMoovJson(whole)
    expect(ignored).toEqual([`${at}/__proto__`, `${at}/toString`])
    expect(file?.batches[0]?.entries.at(0)?.amountCents).toBe(124_050)
    expect(Object.hasOwn(Object.prototype, 'amount')).toBe(false)
  })

  test('depth and length, in time', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(fromMoovJson(deep).file).toBeNull()
    const unread = JSON.stringify(withEntry({})).replace(/\}$/, `,"deep":${deep}}`)
    for (const text of [unread, unread.replace('"JANE DOE"', '"1234567890123456"')]) {
      const { file, ignored, problems } = fromMoovJson(text)
      expect(file ? ignored : problems.map(({ path }) => path)).toEqual([file ? '/deep' : ''])
    }
    const blanks = `${' '.repeat(300_000)}x`
    expect(read(withEntry({ individualName: blanks })).problems).toMatchObject([{ path: `${at}/individualName` }])
    const addenda = Array.from({ length: 300_000 }, () => `742${'X'.repeat(91)}`)
    expect(read(withEntry({ addenda })).problems).toMatchObject([{ path: '' }])
    const many = { fileHeader, batches: Array.from({ length: 20_000 }, () => 7) }
    expect(read(many).problems.length).toBe(1_000)
  })

  test('anything else, without a throw', () => {
    const json = () => JSON.parse(JSON.stringify(withEntry({}))) as Given
    fc.assert(fc.property(fc.string(), (text) => void fromMoovJson(text)))
    fc.assert(fc.property(fc.jsonValue(), (value) => void read(value)))
    for (const name of ['fileHeader', 'batches', 'IATBatches', 'fileControl', 'validateOpts']) {
      fc.assert(
        fc.property(fc.jsonValue(), (value) => void read({ ...json(), [name]: value })),
        { numRuns: 40 },
      )
    }
    for (const name of [...Object.keys(entry), 'addenda02', 'addenda05', 'addenda', 'traceNumber']) {
      fc.assert(
        fc.property(fc.jsonValue(), (value) => void read(withEntry({ [name]: value }))),
        { numRuns: 40 },
      )
    }
  })
})
