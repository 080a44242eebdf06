import { describe, expect, test } from 'vitest'
import { buildFile } from '../build-file.ts'
import { encodeFile } from '../encode-file.ts'
import { bytesOf, drop, type Edit, insertAfter, put, repeatAfter, settle, testLines } from '../testing/ach-lines.ts'
import { sampleFile } from '../testing/sample-input.ts'
import { type ValidateOptions, validateFile, validateStream } from '../validate-file.ts'
import type { RuleId } from './rules.ts'

const edited = (base: string, edits: readonly Edit[]) =>
  bytesOf(edits.reduce((lines, edit) => edit(lines), testLines(`valid/${base}.ach`)))
const check = (base: string, edits: readonly Edit[], options: ValidateOptions = {}) =>
  validateFile(edited(base, edits), options)
const found = (base: string, edits: readonly Edit[], options: ValidateOptions = {}) =>
  check(base, edits, options).map(({ rule }) => rule)

describe('the day of a transaction at a terminal is one of its month', () => {
  const last = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  test.each(last.map((day, index) => [String(index + 1).padStart(2, '0'), day] as const))('month %s', (month, day) => {
    const on = (text: string) => found('pos', [put(4, 26, text)])
    expect([on(`${month}01`), on(`${month}${day}`)]).toEqual([[], []])
    for (const wrong of [`${month}00`, `${month}${day + 1}`]) expect(on(wrong)).toEqual(['addenda02.date'])
  })
  test.each(['0001', '1301', '    '])('%j is none', (text) => {
    expect(found('pos', [put(4, 26, text)])).toEqual(['addenda02.date'])
  })
})

type Row = [string, string, readonly Edit[], readonly RuleId[], ValidateOptions?]
const payroll = 'payroll-and-collection'

const blankAddenda = ' '.repeat(44)
/** The first entry of `pos` alone, as its bank returns it. */
const returnedCard: readonly Edit[] = [
  put(3, 2, '26'),
  put(4, 2, `99R03091000010000001      23138010${blankAddenda}`),
  drop(6, 9),
  settle,
]

const rows: readonly Row[] = [
  ['a prenote of one cent', 'prenotes', [put(3, 30, '0000000001'), settle], ['entry.amount.prenote']],
  [
    'a zero-dollar entry of one cent',
    'zero-dollar-remittance',
    [put(3, 30, '0000000001'), settle],
    ['entry.amount.zero_dollar'],
  ],
  [
    'a zero-dollar entry without addenda',
    'zero-dollar-remittance',
    [put(3, 79, '0'), drop(4), settle],
    ['entry.amount.zero_dollar'],
  ],
  ['a payment of one cent', payroll, [put(3, 30, '0000000001'), settle], []],
  ['a converted check of 25,000.00', 'arc', [put(3, 30, '0002500000'), settle], []],
  ['a transaction code of letters', payroll, [put(3, 2, 'A2'), settle], ['parse.field.not_numeric']],
  ['transaction code 00', payroll, [put(3, 2, '00'), settle], ['entry.transaction_code.unknown']],
  ['advice code 80', 'adv', [put(3, 2, '80'), settle], ['sec.adv.transaction_code']],
  ['advice code 88', 'adv', [put(4, 2, '88'), settle], []],
  ['advice code 89', 'adv', [put(3, 2, '89'), settle], ['sec.adv.transaction_code']],
  ['advice day 001', 'adv', [put(3, 88, '001')], []],
  ['advice day 366', 'adv', [put(3, 88, '366')], []],
  ['advice day 000', 'adv', [put(3, 88, '000')], ['sec.adv.julian_day']],
  ['advice day 367', 'adv', [put(3, 88, '367')], ['sec.adv.julian_day']],
  // Both codes with one direction; the filter below leaves the totals out.
  ['two advices of the same amount', 'adv', [put(4, 2, '81')], [], { profile: 'originate' }],
  ['advice numbered 0000', 'adv', [put(3, 91, '0000')], ['sec.adv.sequence']],
  ['two advices numbered 0001', 'adv', [put(4, 91, '0001')], ['sec.adv.sequence']],
  ['settlement day 000', payroll, [put(8, 76, '000')], ['batch.header.settlement_date']],
  [
    'neither word of XCK',
    'rck',
    [put(5, 54, 'PAYMENT   '), put(5, 5, 'ACME TOOLS      ')],
    Array(2).fill('sec.xck.words'),
  ],
  ['both exchange indicators of IAT', 'iat', [put(2, 21, 'XX'), put(2, 23, '4')], ['sec.iat.fx', 'sec.iat.fx']],
  [
    'a returned card entry of a type that is no number',
    'pos',
    [...returnedCard, put(3, 77, 'X1')],
    ['parse.field.not_numeric'],
  ],
  ['a returned IAT entry screened in its own way', 'iat-return', [put(3, 77, '7')], ['sec.iat.ofac']],
  [
    'a file cut off inside a batch',
    payroll,
    [drop(7, 20)],
    ['parse.batch.missing_control', 'parse.file.missing_control'],
  ],
  ['a second control in place of filler', payroll, [repeatAfter(13, 13), drop(21)], ['parse.file.duplicate_control']],
  ['settlement day 001', payroll, [put(8, 76, '001')], []],
  ['settlement day 366', payroll, [put(8, 76, '366')], ['date.julian']],
  ['settlement day of letters', payroll, [put(8, 76, 'A27')], ['batch.header.settlement_date']],
  ['batch number 0', payroll, [put(8, 88, '0000000'), put(12, 88, '0000000')], ['batch.header.batch_number.format']],
  ['service class 000', payroll, [put(2, 2, '000'), put(7, 2, '000')], ['batch.header.service_class']],
  ['service class 001', payroll, [put(2, 2, '001'), put(7, 2, '001')], ['batch.header.service_class']],
  [
    'ODFI 00000000',
    payroll,
    [put(8, 80, '00000000'), put(12, 80, '00000000')],
    ['batch.header.odfi.required', 'batch.trace_number.odfi', 'batch.trace_number.odfi'],
  ],
  ['an addenda numbered 0000', payroll, [put(5, 84, '0000')], ['addenda.sequence']],
  [
    'an addenda of entry 0000000',
    payroll,
    [put(4, 88, '0000000')],
    ['batch.trace_number.ascending', 'addenda.entry_sequence'],
  ],
  ['a count of addenda in letters', 'ctx', [put(3, 55, 'A002')], ['parse.field.not_numeric']],
  ['a control character in a batch control', payroll, [put(7, 60, '\t')], ['parse.character.control']],
  [
    'a control character in a file control',
    payroll,
    [put(13, 60, '\t')],
    ['parse.character.control', 'parse.field.reserved_used'],
  ],
  ['a control character in an IAT header', 'iat', [put(2, 56, '\t')], ['parse.character.control']],
  [
    'a trace number twice in a row',
    payroll,
    [put(11, 88, '0000004')],
    ['batch.trace_number.ascending', 'file.trace_number.duplicate'],
  ],
  [
    'two addenda 17 and three 18',
    'iat',
    [
      repeatAfter(11, 11),
      put(12, 84, '0002'),
      repeatAfter(13, 13),
      repeatAfter(14, 14),
      put(14, 84, '0002'),
      put(15, 84, '0003'),
      put(3, 13, '0012'),
      settle,
    ],
    [],
  ],
  [
    'two addenda 17 and four 18',
    'iat',
    [
      repeatAfter(11, 11),
      put(12, 84, '0002'),
      repeatAfter(13, 13),
      repeatAfter(14, 14),
      repeatAfter(15, 15),
      put(14, 84, '0002'),
      put(15, 84, '0003'),
      put(16, 84, '0004'),
      put(3, 13, '0013'),
      settle,
    ],
    ['sec.iat.optional_addenda'],
  ],
  [
    'three addenda 17',
    'iat',
    [repeatAfter(11, 11), repeatAfter(12, 12), put(12, 84, '0002'), put(13, 84, '0003'), put(3, 13, '0011'), settle],
    ['sec.iat.optional_addenda'],
  ],
  [
    'five addenda 18',
    'iat',
    [
      drop(11),
      ...[11, 12, 13, 14].map((line) => repeatAfter(line, line)),
      ...[12, 13, 14, 15].map((line) => put(line, 84, `000${line - 10}`)),
      put(3, 13, '0012'),
      settle,
    ],
    [],
  ],
  [
    'six addenda 18',
    'iat',
    [
      drop(11),
      ...[11, 12, 13, 14, 15].map((line) => repeatAfter(line, line)),
      ...[12, 13, 14, 15, 16].map((line) => put(line, 84, `000${line - 10}`)),
      put(3, 13, '0013'),
      settle,
    ],
    ['sec.iat.optional_addenda'],
  ],
  [
    'an addenda 13 before 12',
    'iat',
    [insertAfter(5, testLines('valid/iat.ach')[6] ?? ''), drop(8)],
    ['sec.iat.mandatory_addenda'],
  ],
  ['a micro-entry of 99 cents', 'web', [put(11, 30, '0000000099'), settle], []],
  ['a micro-entry of 1.00', 'web', [put(11, 30, '0000000100'), settle], ['rule.micro_entry'], { profile: 'originate' }],
  ['an hour that is none of same-day', payroll, [put(8, 64, 'SD1200')], ['date.same_day.indicator']],
  ['same-day on another day', payroll, [put(8, 64, 'SD1300')], ['date.same_day.indicator']],
  ['same-day on its day', payroll, [put(8, 64, 'SD1300'), put(8, 70, '261120')], []],
  ['blanks inside a destination', payroll, [put(1, 4, ' 12345678 ')], ['file.header.immediate_destination.format']],
  ['wages that are a return', 'returns', [put(2, 54, 'SALARY    ')], []],
  ['a salary', payroll, [put(2, 54, 'SALARY    ')], ['rule.payroll_description'], { profile: 'originate' }],
  [
    'a salary on the first day of the rule',
    payroll,
    [put(2, 54, 'SALARY    '), put(2, 70, '260320')],
    ['rule.payroll_description', 'date.eed.past'],
    { profile: 'originate' },
  ],
  [
    'a salary before the rule',
    payroll,
    [put(2, 54, 'SALARY    '), put(2, 70, '260319')],
    ['date.eed.past'],
    { profile: 'originate' },
  ],
  ['no effective day', payroll, [put(8, 70, '      ')], ['date.eed.missing'], { asOf: '2026-11-20' }],
]

describe('at the edge of a rule', () => {
  // An edit of a code turns the direction of its entry, and no `settle` follows.
  test.each(rows.map((row) => [row[0], row] as const))('%s', (_, [, base, edits, rules, options = {}]) => {
    expect(found(base, edits, options).filter((rule) => !rule.includes('.control.total_'))).toEqual(rules)
  })
})

describe('what cannot be counted is one fault: the controls are not told to differ from it', () => {
  test.each<[string, Edit, RuleId]>([
    ['an amount with a blank', put(3, 30, '00001240 0'), 'parse.field.not_numeric'],
    ['a code without direction', put(3, 2, '20'), 'entry.transaction_code.unknown'],
    ['a bank with a letter', put(3, 4, '2313801A'), 'entry.rdfi.format'],
  ])('%s', (_, edit, rule) => {
    expect(found(payroll, [edit])).toEqual([rule])
  })
})

describe('a violation says what stands where', () => {
  const messageOf = (edits: readonly Edit[], options: ValidateOptions = {}) =>
    check(payroll, edits, options)[0]?.message
  test.each([
    ['the position of a control character', [put(3, 56, '\t')], 'Control character 9 at position 56'],
    ['the character that not every bank takes', [put(3, 41, '~')], "'~'"],
    ['the trace numbers that do not ascend', [put(3, 88, '0000009')], '0000002 follows 0000009'],
    ['that addenda follow', [put(4, 79, '0')], 'Addenda follow'],
    ['that none follow', [put(3, 79, '1')], 'No addenda follow'],
    ['a transaction code of one digit', [put(3, 2, '01'), settle], '01 is no'],
    [
      'the line of the same payment',
      [
        repeatAfter(3, 3),
        put(4, 88, '0000002'),
        put(5, 88, '0000003'),
        put(6, 88, '0000003'),
        put(7, 88, '0000004'),
        settle,
      ],
      'on line 3',
    ],
  ] as const)('%s', (_, edits, words) => {
    expect(messageOf(edits, { profile: 'originate', severities: { 'file.trace_number.duplicate': 'off' } })).toContain(
      words,
    )
  })

  test.each([
    ['a batch without entries', [drop(9, 11), settle]],
    ['a record that is no filler', [put(20, 90, '     ')]],
    ['too little filler', [drop(20)]],
  ] as const)('%s is told of in column 1', (_, edits) => {
    expect(check(payroll, edits).map(({ column }) => column)).toEqual([1])
  })
})

test('a stream longer than its window has the filler and the totals that it should', async () => {
  const input = sampleFile()
  const [batch] = input.batches
  const [entry] = batch?.entries ?? []
  const entries = Array.from({ length: 3_000 }, (_, index) => ({ ...entry, accountNumber: String(index + 1) }))
  const { file } = buildFile({ ...input, batches: [{ ...batch, entries }] } as typeof input)
  const bytes = file ? encodeFile(file) : new Uint8Array()
  const pieces = Array.from({ length: Math.ceil(bytes.length / 9_000) }, (_, at) =>
    bytes.subarray(at * 9_000, at * 9_000 + 9_000),
  )
  expect(bytes.length).toBeGreaterThan(3_000 * 95)
  expect(await validateStream(pieces, { profile: 'originate' })).toEqual([])
})
