import { describe, expect, test } from 'vitest'
import { drop, type Edit, insertAfter, put, repeatAfter, settle, testLines } from '../testing/ach-lines.ts'
import { messages, places } from '../testing/judge.ts'

const addenda10 = testLines('valid/iat.ach')[3] ?? ''
const addenda05 = `705${'NOVEMBER'.padEnd(80)}00010000001`

type Row = [string, string, readonly Edit[], readonly string[]]
const rows: readonly Row[] = [
  [
    'one of an unknown type beside the one that is allowed',
    'payroll-and-collection',
    [repeatAfter(5, 5), put(6, 2, '77'), settle],
    ['parse.addenda.unknown_type 6:2'],
  ],
  [
    'one of another type beside the one that is allowed',
    'payroll-and-collection',
    [repeatAfter(5, 5), put(6, 2, '02'), settle],
    ['addenda.type_for_sec 6:2'],
  ],
  ['one of IAT in a return of PPD', 'returns', [insertAfter(4, addenda10), settle], ['addenda.type_for_sec 5:2']],
  [
    'one of PPD in a return of IAT',
    'iat-return',
    [insertAfter(10, addenda05), put(3, 13, '0009'), settle],
    ['addenda.type_for_sec 11:2'],
  ],
  ['a declared number with none there', 'ctx', [put(6, 55, '0003')], ['addenda.count.declared 6:55']],
  ['a declared number of nothing with two there', 'ctx', [put(3, 55, '0000')], ['addenda.count.declared 3:55']],
  ['no declared number with none there', 'ctx', [put(6, 55, '    ')], ['parse.field.not_numeric 6:55']],
  ['the number of the original in a return', 'returns', [put(19, 55, '0007')], []],
  [
    'an IAT entry without any',
    'iat',
    [drop(4, 12), put(3, 13, '0000'), put(3, 79, '0'), settle],
    ['sec.iat.mandatory_addenda 3:1'],
  ],
  [
    'a trace number of zeros is repeated as any other',
    'cor',
    [put(3, 80, '0'.repeat(15))],
    ['batch.trace_number.odfi 3:80', 'addenda.trace_number 4:80'],
  ],
  ['a trace number that differs in its first digit', 'cor', [put(4, 80, '9')], ['addenda.trace_number 4:80']],
  [
    'a trace number that is none has nothing to repeat',
    'cor',
    [put(3, 94, 'A'), put(4, 93, '99')],
    ['entry.trace_number.format 3:80'],
  ],
  ['a dishonored return that lists no fields', 'returns', [put(12, 4, 'R61'), put(12, 59, '     ')], []],
  [
    'a sequence number that is missing',
    'payroll-and-collection',
    [put(5, 84, '    ')],
    ['parse.field.not_numeric 5:84'],
  ],
]

describe('addenda', () => {
  test.each(rows.map((row) => [row[0], row] as const))('%s', (_, [, base, edits, expected]) => {
    expect(places(base, edits)).toEqual(expected)
  })

  test.each([
    ['ctx', put(3, 55, '0003'), 'The entry says 3, 2 addenda follow'],
    ['ctx', put(3, 55, '0000'), 'The entry says 0, 2 addenda follow'],
    ['enr', put(3, 55, '    '), 'The entry says nothing, 2 addenda follow'],
    ['payroll-and-collection', put(5, 84, '0000'), 'Expected 1, found 0'],
    ['payroll-and-collection', put(5, 88, '0000000'), 'The trace number of the entry ends in 0000002'],
    ['payroll-and-collection', put(5, 2, '02'), 'PPD does not allow addenda of type 02 here'],
    ['cor', put(4, 4, 'C08'), 'C08 is for IAT only'],
    ['returns', put(4, 4, 'r03'), 'Expected a return code, in upper case'],
    ['returns', put(4, 4, 'R99'), 'Expected a return code, in upper case'],
  ])('%s: what is said of them', (base, edit, message) => {
    expect(messages(base, [edit])).toEqual([message])
  })
})

test.each(['98C01', '98C61'])('a return beside a notification %s that is not in a COR batch is refused too', (code) => {
  const returned = testLines('valid/returns.ach')[3] ?? ''
  const found = places('returns', [put(4, 2, code), insertAfter(4, returned), settle])
  expect(found.filter((each) => each.startsWith('addenda.type'))).toEqual([
    'addenda.type_for_sec 4:2',
    'addenda.type_for_sec 5:2',
  ])
})
