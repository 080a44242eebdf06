import { describe, expect, test } from 'vitest'
import { type Edit, put, settle } from '../testing/ach-lines.ts'
import { judge, messages, places } from '../testing/judge.ts'

const payroll = 'payroll-and-collection'

type Row = [string, string, readonly Edit[], readonly string[]]
const rows: readonly Row[] = [
  ['an account of zeros and hyphens', payroll, [put(3, 13, '00-00   ')], ['entry.account.zero 3:13']],
  ['a name that begins with a blank', payroll, [put(3, 55, ' JANE DOE')], []],
  ['the lowest routing number there is', payroll, [put(3, 4, '000000001'), settle], ['entry.rdfi.check_digit 3:12']],
  [
    'a routing number and an account that are missing both',
    payroll,
    [put(3, 4, ' '.repeat(26)), settle],
    ['entry.rdfi.required 3:4', 'entry.account.required 3:13'],
  ],
  ['a check digit that is none leaves the hash as it was', payroll, [put(3, 12, 'X')], ['entry.rdfi.format 3:4']],
  [
    'a check digit that is none hides no wrong hash',
    payroll,
    [put(3, 12, 'X'), put(7, 11, '0036382452')],
    ['entry.rdfi.format 3:4', 'batch.control.entry_hash 7:11'],
  ],
  ['a zero-dollar IAT payment to savings', 'iat', [put(3, 2, '34'), put(3, 30, '0000000000'), settle], []],
  [
    'a zero-dollar IAT payment to a ledger',
    'iat',
    [put(3, 2, '44'), put(3, 30, '0000000000'), settle],
    ['entry.transaction_code.sec 3:2'],
  ],
  [
    'a zero-dollar IAT payment to a loan',
    'iat',
    [put(3, 2, '54'), put(3, 30, '0000000000'), settle],
    ['entry.transaction_code.sec 3:2'],
  ],
]

describe('an entry', () => {
  test.each(rows.map((row) => [row[0], row] as const))('%s', (_, [, base, edits, expected]) => {
    expect(places(base, edits)).toEqual(expected)
  })

  test.each([
    ['the first blank', put(3, 13, '12 4 678'), 'Blank at position 15'],
    ['a code of one digit', put(3, 2, '01'), '01 is no transaction code'],
    ['the check digit', put(3, 12, '5'), 'The check digit is 5, the other digits make it 4'],
  ])('%s is named', (_, edit, message) => {
    expect(messages(payroll, [edit])).toContain(message)
  })

  test.each([
    ['80', 'unknown'],
    ['81', 'sec'],
    ['88', 'sec'],
    ['89', 'unknown'],
  ])('of code %s outside ADV breaks entry.transaction_code.%s', (code, rule) => {
    const found = places(payroll, [put(3, 2, code), settle]).filter((each) => !each.includes('.control.total_'))
    expect(found).toEqual([`entry.transaction_code.${rule} 3:2`])
  })

  test('the first character that is strange in an account is named', () => {
    expect(messages(payroll, [put(3, 13, '12*4/678')], { profile: 'originate' })).toEqual([
      'The account number may hold letters, digits, blanks and hyphens, not what stands at position 15',
    ])
  })

  test('a strange character in an account is a fault of the account alone', () => {
    expect(places(payroll, [put(3, 13, '1234~678')], { profile: 'originate' })).toEqual([
      'entry.account.characters 3:13',
    ])
  })

  test('a strange character in a number is a fault of the number alone', () => {
    expect(places(payroll, [put(5, 84, '~001')], { profile: 'originate' })).toEqual(['parse.field.not_numeric 5:84'])
  })

  test('the characters that no bank takes are named with their code and place', () => {
    expect(judge(payroll, [put(3, 60, '\t')]).map(({ message }) => message)).toEqual([
      'Control character 9 at position 60',
    ])
  })
})
