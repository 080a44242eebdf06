import { describe, expect, test } from 'vitest'
import { type Edit, put } from '../testing/ach-lines.ts'
import { places } from '../testing/judge.ts'

const payroll = 'payroll-and-collection'
const odfi = (digits: string): readonly Edit[] => [
  put(8, 80, digits),
  put(12, 80, digits),
  put(9, 80, digits),
  put(11, 80, digits),
]

type Row = [string, string, readonly Edit[], readonly string[]]
const rows: readonly Row[] = [
  ['the last ODFI of an assigned prefix', payroll, odfi('12999999'), []],
  ['the first ODFI of a prefix that is not assigned', payroll, odfi('13000000'), ['batch.header.odfi.prefix 8:80']],
  ['a creation date with a hyphen', payroll, [put(1, 24, '26-131')], ['file.header.creation_date.invalid 1:24']],
  ['an IAT batch for a day that is none', 'iat', [put(2, 70, '261399')], ['parse.field.bad_date 2:70']],
  ['a service class of letters', payroll, [put(8, 2, '2X0'), put(12, 2, '2X0')], ['parse.field.not_numeric 8:2']],
  ['a reversal of represented checks', 'rck', [put(2, 54, 'REVERSAL  ')], []],
]

describe('a header', () => {
  test.each(rows.map((row) => [row[0], row] as const))('%s', (_, [, base, edits, expected]) => {
    expect(places(base, edits)).toEqual(expected)
  })
})

test('an origin that is a routing number is right where that is asked for', () => {
  const severities = { 'file.header.immediate_origin.check_digit': 'error' } as const
  expect(places(payroll, [put(1, 14, ' 231380104')], { severities })).toEqual([])
})
