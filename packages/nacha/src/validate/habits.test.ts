import { describe, expect, test } from 'vitest'
import { type Edit, put, settle, testLines } from '../testing/ach-lines.ts'
import { places } from '../testing/judge.ts'
import type { ValidateOptions } from '../validate-file.ts'

const payroll = 'payroll-and-collection'
const strict = { profile: 'originate' } as const
const debits = [put(2, 2, '225'), put(7, 2, '225'), put(3, 2, '27'), put(4, 2, '27'), put(6, 2, '27')]
const firstAccount = testLines('valid/prenotes.ach')[2]?.slice(12, 29) ?? ''

type Row = [string, string, readonly Edit[], readonly string[], ValidateOptions?]
const rows: readonly Row[] = [
  ['a settlement day 90 days after the file', payroll, [put(8, 76, '049')], []],
  ['a settlement day 91 days after the file', payroll, [put(8, 76, '050')], ['date.julian 8:76']],
  ['a settlement day 90 days before the file', payroll, [put(8, 76, '234')], []],
  ['a settlement day 91 days before the file', payroll, [put(8, 76, '233')], ['date.julian 8:76']],
  ['the first of January for a file of June', payroll, [put(1, 24, '260615'), put(8, 76, '001')], ['date.julian 8:76']],
  [
    'an hour that is none of same-day, on the day itself',
    payroll,
    [put(8, 64, 'SD1200'), put(8, 70, '261120')],
    ['date.same_day.indicator 8:64'],
  ],
  ['the most that settles on the same day', payroll, [put(2, 70, '261120'), put(3, 30, '0100000000'), settle], []],
  ['a salary that is collected', payroll, [put(2, 54, 'SALARY    '), ...debits, settle], [], strict],
  ['a salary that is announced', 'prenotes', [put(2, 54, 'SALARY    ')], [], strict],
  ['credits two banking days ahead', payroll, [put(2, 70, '261124')], [], { ...strict, asOf: '2026-11-20' }],
  [
    'debits one banking day and a weekend ahead',
    payroll,
    [put(8, 70, '261124')],
    [],
    { ...strict, asOf: '2026-11-23' },
  ],
  [
    'goods bought on the first day of the rule',
    'web',
    [put(2, 54, 'ORDER     '), put(2, 70, '260320')],
    ['rule.purchase_description 2:54', 'date.eed.past 2:70'],
    { purchases: [1] },
  ],
  [
    'goods bought before the rule',
    'web',
    [put(2, 54, 'ORDER     '), put(2, 70, '260319')],
    ['date.eed.past 2:70'],
    { purchases: [1] },
  ],
  ['an order in a batch that is not said to be of goods', 'web', [put(2, 54, 'ORDER     ')], [], { purchases: [2] }],
  ['an order when nothing is said of goods', 'web', [put(2, 54, 'ORDER     ')], []],
  ['credits of a batch of goods', 'web', [], [], { purchases: [2] }],
  ['returned micro-entries', 'returns', [put(2, 54, 'ACCTVERIFY')], []],
  ['the same account announced twice', 'prenotes', [put(4, 2, '23'), put(4, 13, firstAccount)], [], strict],
  [
    'two IAT payments to accounts that differ at their end',
    'iat',
    [put(3, 2, '22'), put(3, 13, '0009'), put(13, 2, '22'), put(13, 13, '0009'), put(13, 59, '1')],
    ['addenda.count.declared 13:13'],
    strict,
  ],
  [
    'a cent that is there twice',
    'web',
    [...[11, 12].map((line) => put(line, 30, '0000000001')), put(13, 30, '0000000002'), settle],
    ['rule.duplicate_entry 12:1'],
    strict,
  ],
  [
    'an IAT payment that is there twice',
    'iat',
    [put(3, 2, '22'), put(3, 13, '0009'), put(13, 2, '22'), put(13, 13, '0009')],
    ['rule.duplicate_entry 13:1', 'addenda.count.declared 13:13'],
    strict,
  ],
]

describe('dates and habits of a batch', () => {
  test.each(rows.map((row) => [row[0], row] as const))('%s', (_, [, base, edits, expected, options]) => {
    expect(places(base, edits, options)).toEqual(expected)
  })
})
