import { describe, expect, test } from 'vitest'
import { buildFile } from './build-file.ts'
import { fileWith, sampleBatch, sampleEntry, sampleFile } from './testing/sample-input.ts'
import { transactionCodeFor } from './transaction-code.ts'

const rulesAndPaths = (input: Parameters<typeof buildFile>[0]) =>
  buildFile(input).violations.map(({ rule, path }) => `${path} ${rule}`)

describe('buildFile', () => {
  test('names every problem of an input at once, in its order', () => {
    const input = sampleFile({
      immediateDestination: '091000018',
      fileCreationDate: '2026-11-31',
      fileIdModifier: 'a',
      batches: [
        sampleBatch({
          companyName: '',
          companyEntryDescription: 'payroll',
          effectiveEntryDate: '2026-11-26',
          entries: [
            sampleEntry({ transactionCode: 24, amountCents: 1.5, addenda: ['ONE', 'TWO'] }),
            sampleEntry({ routingNumber: '231380105', accountNumber: '', individualName: '' }),
            sampleEntry({ routingNumber: '2313', amountCents: -1, accountNumber: '••••6789' }),
            sampleEntry({ amountCents: 0, traceSequence: 1 }),
          ],
        }),
        sampleBatch({ odfiIdentification: '091000018', entries: [] }),
      ],
    })
    expect(rulesAndPaths(input).toSorted()).toEqual(
      [
        '/immediateDestination file.header.immediate_destination.check_digit',
        '/fileCreationDate file.header.creation_date.invalid',
        '/fileIdModifier file.header.file_id_modifier',
        '/batches/0/companyName batch.header.company_name.required',
        '/batches/0/companyEntryDescription batch.description.reserved_word',
        '/batches/0/effectiveEntryDate date.eed.not_banking_day',
        '/batches/0/entries/0/transactionCode entry.transaction_code.sec',
        '/batches/0/entries/0/amountCents entry.amount.range',
        '/batches/0/entries/0/addenda/1 addenda.count.maximum',
        '/batches/0/entries/1/routingNumber entry.rdfi.check_digit',
        '/batches/0/entries/1/accountNumber entry.account.required',
        '/batches/0/entries/1/individualName entry.name.required',
        '/batches/0/entries/2/routingNumber entry.rdfi.format',
        '/batches/0/entries/2/amountCents entry.amount.range',
        '/batches/0/entries/2/accountNumber entry.account.masked',
        '/batches/0/entries/3/amountCents entry.amount.zero',
        '/batches/0/entries/3/traceSequence batch.trace_number.ascending',
        '/batches/0/entries/3/traceSequence file.trace_number.duplicate',
        '/batches/1 batch.entries.none',
        '/batches/1/odfiIdentification batch.header.odfi.format',
      ].toSorted(),
    )
  })

  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a fraction', 0.5],
    ['a negative', -100],
    ['more than ten digits', 10_000_000_000],
    ['past safe integers', 2 ** 53],
  ])('refuses %s as an amount', (_, amountCents) => {
    const input = sampleFile({ batches: [sampleBatch({ entries: [sampleEntry({ amountCents })] })] })
    expect(rulesAndPaths(input)).toEqual(['/batches/0/entries/0/amountCents entry.amount.range'])
  })

  test.each([
    [{ individualName: 'A NAME OF TWENTY-THREE.' }, 'Has 23 characters, at most 22 fit'],
    [{ individualName: '山田' }, 'Holds a character that takes more than one byte: write it in plain letters'],
    [{ amountCents: 0.5 }, 'Must be a whole number from 0 to 9,999,999,999 (cents)'],
    [{ transactionCode: 100 }, 'Must be a whole number from 0 to 99'],
    [{ routingNumber: '2313' }, 'Must be 9 digits'],
    [{ accountNumber: '****' }, 'The account number is masked: enter the whole number'],
  ])('says what to do about %j', (change, message) => {
    const input = sampleFile({ batches: [sampleBatch({ entries: [sampleEntry(change)] })] })
    expect(buildFile(input).violations.map((each) => each.message)).toEqual([message])
  })

  test.each([
    [{ fileCreationDate: '1999-12-31' }, '/fileCreationDate', 'Must be a day from 2000 to 2099 of the form YYYY-MM-DD'],
    [{ fileCreationTime: '9:15' }, '/fileCreationTime', 'Must be 4 digits'],
  ])('says what to do about %j of the file', (change, path, message) => {
    const [found, ...others] = buildFile(sampleFile(change)).violations
    expect([found?.path, found?.message, others]).toEqual([path, message, []])
  })

  test('lists at most so many problems, and says that there are more', () => {
    const entries = Array.from({ length: 50 }, () => sampleEntry({ routingNumber: '231380105' }))
    const { violations } = buildFile(sampleFile({ batches: [sampleBatch({ entries })] }), { maxViolations: 10 })
    expect(violations).toHaveLength(11)
    expect(violations.at(-1)?.rule).toBe('violations.limit')
  })

  test('numbers traces through the whole file, onwards from a given one', () => {
    const entries = [sampleEntry(), sampleEntry({ traceSequence: 40 }), sampleEntry()]
    const { file } = buildFile(sampleFile({ batches: [sampleBatch({ entries }), sampleBatch()] }))
    const traces = file?.batches.flatMap((batch) => [...batch.entries].map(({ traceNumber }) => traceNumber))
    expect(traces).toEqual(['091000010000001', '091000010000040', '091000010000041', '091000010000042'])
  })

  test('refuses the same trace number twice in a batch', () => {
    const entries = [sampleEntry({ traceSequence: 7 }), sampleEntry({ traceSequence: 7 })]
    expect(rulesAndPaths(sampleFile({ batches: [sampleBatch({ entries })] }))).toEqual([
      '/batches/0/entries/1/traceSequence batch.trace_number.ascending',
      '/batches/0/entries/1/traceSequence file.trace_number.duplicate',
    ])
  })

  test.each([
    [[22, 32], 220],
    [[27, 37], 225],
    [[22, 27], 200],
  ])('codes %j make service class %i', (codes, serviceClassCode) => {
    const entries = codes.map((transactionCode) => sampleEntry({ transactionCode }))
    const { file } = buildFile(sampleFile({ batches: [sampleBatch({ entries })] }))
    expect(file?.batches[0]?.header.serviceClassCode).toBe(serviceClassCode)
  })

  test('puts a 9-digit destination after a blank and a 10-character origin as it is', () => {
    const { file } = buildFile(sampleFile({ immediateOrigin: '1123456789' }))
    expect(file?.header.immediateDestination).toBe(' 091000019')
    expect(file?.header.immediateOrigin).toBe('1123456789')
  })

  test('fills to a multiple of ten records for any number of entries', () => {
    for (let count = 1; count <= 12; count++) {
      const entries = Array.from({ length: count }, () => sampleEntry())
      const { file } = buildFile(sampleFile({ batches: [sampleBatch({ entries })] }))
      expect(file?.records.count).toBe(Math.ceil((count + 4) / 10) * 10)
    }
  })
})

describe('transaction codes', () => {
  test.each([
    ['checking', 'credit', false, 22],
    ['checking', 'debit', false, 27],
    ['savings', 'credit', false, 32],
    ['savings', 'debit', true, 38],
    ['checking', 'credit', true, 23],
    ['generalLedger', 'debit', false, 47],
    ['loan', 'credit', false, 52],
    ['loan', 'debit', false, 55],
  ] as const)('%s %s, prenote %s: %i', (accountType, direction, prenote, code) => {
    expect(transactionCodeFor({ accountType, direction, prenote })).toBe(code)
  })

  test('there is no prenote debit of a loan', () => {
    expect(() => transactionCodeFor({ accountType: 'loan', direction: 'debit', prenote: true })).toThrow(RangeError)
  })
})

describe('what only the caller knows', () => {
  const order = (changes: { isPurchase?: boolean; companyEntryDescription: string }) => {
    const { entries: _, ...common } = sampleBatch()
    const entry = { ...sampleEntry({ transactionCode: 27 }), paymentTypeCode: 'S' }
    return buildFile(fileWith([{ ...common, ...changes, secCode: 'WEB', entries: [entry] }])).warnings
  }

  test('goods bought online are described as PURCHASE', () => {
    const [warning, ...others] = order({ isPurchase: true, companyEntryDescription: 'ORDER' })
    expect([warning?.rule, warning?.path, others]).toEqual([
      'rule.purchase_description',
      '/batches/0/companyEntryDescription',
      [],
    ])
    expect(order({ isPurchase: true, companyEntryDescription: 'PURCHASE' })).toEqual([])
    expect(order({ companyEntryDescription: 'ORDER' })).toEqual([])
  })

  test('a file of more lines than the bank takes is refused', () => {
    expect(buildFile(sampleFile(), { bankLines: 10 }).violations).toEqual([])
    expect(buildFile(sampleFile(), { bankLines: 9 }).violations.map(({ rule }) => rule)).toEqual([
      'file.lines.bank_limit',
    ])
  })
})
