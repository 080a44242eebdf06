import { expect, test } from 'vitest'
import { encodeFile } from '../encode-file.ts'
import { built } from '../testing/any-file.ts'
import { fileWith, sampleFile } from '../testing/sample-input.ts'
import { SEC_SAMPLES } from '../testing/sec-samples.ts'
import { annotate } from './annotate.ts'
import { money, wordsOf } from './code-words.ts'
import { describeFile, descriptionLines } from './describe-file.ts'

test('a file is described in words', () => {
  const lines = [...descriptionLines(describeFile(built(sampleFile({ immediateDestinationName: 'FIRST BANK' }))))]
  expect(lines).toEqual([
    'File A of 2026-11-20 at 09:15; from XXXXXX7890 to FIRST BANK; 1 batch with 1 entry, credits 1,240.50 USD, debits 0.00 USD',
    "  Batch 1: PPD, Prearranged payment or deposit; 'PAYROLL' of ACME TOOLS (XXXXXX7890); effective 2026-11-23; 1 entry, credits 1,240.50 USD, debits 0.00 USD",
    '    1,240.50 USD, credit to a checking account, account XXXX5678 at bank XXXXX0104, for J... D.., trace XXXXX0010000001',
  ])
})

test('every SEC code and every addenda has words, the same of a file and of its description', () => {
  for (const batches of Object.values(SEC_SAMPLES)) {
    const file = built(fileWith(batches))
    const text = [...descriptionLines(describeFile(file))].join('\n')
    expect([...descriptionLines(file)].join('\n')).toBe(text)
    const clear = [...descriptionLines(file, { masked: false })]
    expect(clear).toEqual([...descriptionLines(describeFile(file, { masked: false }))])
    expect(text).not.toMatch(/undefined|NaN|\[object|transaction code \d/)
  }
  const said = (name: string) =>
    [...descriptionLines(describeFile(built(fileWith(SEC_SAMPLES[name] ?? []))))].join('\n')
  expect(said('returns')).toContain('Return R03: ')
  expect(said('returns')).toContain('Dishonored R69, answers R03: ')
  expect(said('returns')).toContain('Contested R73, answers R68: ')
  expect(said('cor')).toContain('Notification C01: ')
  expect(said('cor')).toContain('Refusal C62 of C01: ')
  expect(said('iat')).toContain('USD to CAD in CA')
})

test('every position of every record is annotated once, with what codes mean', () => {
  for (const batches of Object.values(SEC_SAMPLES)) {
    const bytes = encodeFile(built(fileWith(batches)))
    for (const { layout, fields, raw } of annotate(bytes, { masked: false })) {
      if (layout === null) expect(raw).toBe('9'.repeat(94))
      else expect(fields.map((field) => field.raw).join('')).toBe(raw)
    }
  }
  const records = annotate(encodeFile(built(sampleFile())))
  const field = (line: number, name: string) => records[line - 1]?.fields.find((each) => each.field === name)
  expect(field(1, 'fileCreationDate')).toMatchObject({
    raw: '261120',
    meaning: '2026-11-20',
    column: 24,
    lastColumn: 29,
  })
  expect(field(2, 'standardEntryClassCode')).toMatchObject({ raw: 'PPD', meaning: 'Prearranged payment or deposit' })
  expect(field(3, 'transactionCode')).toMatchObject({ raw: '22', meaning: 'credit to a checking account' })
  expect(field(3, 'amount')).toMatchObject({ words: 'Amount', meaning: '1,240.50 USD' })
  expect(records[5]).toMatchObject({ layout: null, words: 'Filler' })
})

test('names and amounts read well', () => {
  expect(wordsOf('dfiAccountNumber')).toBe('DFI account number')
  expect(wordsOf('originalRdfiIdentification')).toBe('Original RDFI identification')
  expect(wordsOf('addenda05')).toBe('Addenda 05')
  expect([0, 5, 99, 100, 123_456_789, '00000000000000000012'].map(money)).toEqual([
    '0.00',
    '0.05',
    '0.99',
    '1.00',
    '1,234,567.89',
    '0.12',
  ])
})
