import { describe, expect, test } from 'vitest'
import { drop, type Edit, put, settle } from '../testing/ach-lines.ts'
import { places } from '../testing/judge.ts'
import type { ValidateOptions } from '../validate-file.ts'

const payroll = 'payroll-and-collection'
const both =
  (header: number, control: number, text: string): Edit =>
  (lines) =>
    put(12, control, text)(put(8, header, text)(lines))
const reversal = [put(8, 54, 'REVERSAL  '), both(2, 2, '200'), put(9, 2, '22')]

type Row = [string, string, readonly Edit[], readonly string[], ValidateOptions?]
const rows: readonly Row[] = [
  [
    'a first trace number of zeros is 15 digits and follows nothing',
    payroll,
    [both(80, 80, '00000000'), put(9, 80, '000000000000000'), put(10, 88, '0000000'), put(11, 80, '000000000000001')],
    ['batch.header.odfi.required 8:80'],
  ],
  [
    'a batch header on the first line is checked as any other',
    payroll,
    [drop(1), put(1, 79, '0'), put(1, 70, '261126'), settle],
    ['parse.file.missing_header 1:1', 'date.eed.not_banking_day 1:70', 'batch.header.originator_status 1:79'],
  ],
  [
    'a reversal of one cent each way',
    payroll,
    [...reversal, put(9, 30, '0000000001'), put(11, 30, '0000000001'), settle],
    ['batch.description.reversal_direction 8:54'],
  ],
  ['a reversal with credits of nothing', payroll, [...reversal, put(9, 2, '23'), put(9, 30, '0000000000'), settle], []],
  [
    'the day of a batch without entries',
    payroll,
    [put(8, 70, '261119'), drop(9, 11), settle],
    ['batch.entries.none 8:1', 'date.eed.past 8:70'],
  ],
  ['entries of an unknown SEC code are counted and summed', payroll, [put(8, 51, 'XYZ')], ['batch.header.sec 8:51']],
  ['a return without name', 'returns', [put(3, 55, ' '.repeat(22))], []],
  [
    'a payment right after a return',
    'returns',
    [drop(8), put(7, 2, '37'), put(7, 79, '0'), settle],
    ['batch.category.mixed 7:1'],
  ],
  [
    'transaction code 98 makes no notification of change',
    payroll,
    [put(3, 2, '98'), settle],
    ['entry.transaction_code.unknown 3:2'],
  ],
  ['transaction code 99 makes no return', payroll, [put(3, 2, '99'), settle], ['entry.transaction_code.unknown 3:2']],
  [
    'a control of entries without header is not compared with one',
    payroll,
    [drop(8)],
    ['parse.entry.outside_batch 8:1', 'file.filler.count 12:1'],
    { switches: ['allowPartialFile'] },
  ],
]

describe('a batch', () => {
  test.each(rows.map((row) => [row[0], row] as const))('%s', (_, [, base, edits, expected, options]) => {
    // The controls cannot be right for an entry whose code has no direction.
    expect(places(base, edits, options).filter((each) => !each.includes('.control.total_'))).toEqual(expected)
  })
})
