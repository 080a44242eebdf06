import { describe, expect, test } from 'vitest'
import { RECORD_LENGTH } from './field.ts'
import { FileCheck } from './file-check.ts'
import { Records } from './records.ts'
import { drop, type Edit, put, settle, testNames } from './testing/ach-lines.ts'
import { edited, messages, places } from './testing/judge.ts'
import { type ValidateOptions, validateFile } from './validate-file.ts'
import { Report } from './violation.ts'

const payroll = 'payroll-and-collection'

/** The verdict on a file of which never more than `count` new records are known at once. */
function inWindows(bytes: Uint8Array, count: number, options: ValidateOptions) {
  const stride = RECORD_LENGTH + 1
  const total = bytes.length / stride
  const lines = Uint32Array.from({ length: total }, (_, index) => index + 1)
  const window = (from: number, to: number) =>
    new Records(bytes.subarray(from * stride, to * stride), 0, stride, to - from, lines.subarray(from, to))
  const report = new Report(options)
  const check = new FileCheck(window(0, 0), report, options)
  let from = 0
  for (let to = 0; to < total; ) {
    to = Math.min(total, to + count)
    from += check.run(window(from, to), to === total)
  }
  check.end()
  return report.list()
}

const faulty: readonly (readonly [string, string, readonly Edit[], ValidateOptions?])[] = [
  [
    'headers and controls with faults',
    payroll,
    [put(2, 79, '0'), put(8, 70, '261119'), put(8, 88, '0000001'), put(12, 5, '000009')],
  ],
  ['batches without entries', payroll, [drop(9, 11), drop(3, 6), put(3, 79, '0')]],
  ['no file header', payroll, [drop(1), put(1, 79, '0'), put(1, 70, '261119'), settle]],
  ['goods bought online', 'web', [put(2, 54, 'ORDER     ')], { purchases: [1] }],
  ['payments in a batch of returns', 'returns', [drop(8), put(7, 2, '37'), put(7, 79, '0'), settle]],
]

describe('a file that is seen in windows has the verdict of the whole', () => {
  test.each(testNames('valid'))('%s', (name) => {
    const bytes = edited(name.replace(/\.ach$/, ''), [])
    for (const count of [1, 2, 3]) expect(inWindows(bytes, count, { profile: 'originate' })).toEqual([])
  })

  test.each(faulty.map((each) => [each[0], each] as const))('%s', (_, [, base, edits, options = {}]) => {
    const bytes = edited(base, edits)
    const whole = validateFile(bytes, options)
    expect(whole.length).toBeGreaterThan(0)
    for (const count of [1, 2, 3, 5]) expect(inWindows(bytes, count, options)).toEqual(whole)
  })
})

const balanced = { severities: { 'file.balanced': 'error' } } as const

describe('a file', () => {
  const at = (header: number, control: number, number: string) => [put(header, 88, number), put(control, 88, number)]
  const format = 'batch.header.batch_number.format 10:88'
  test.each([
    ['that has as much debit as credit is balanced', payroll, [put(3, 30, '0000401359'), settle], [], balanced],
    [
      'whose batch number is no number is ordered around it',
      'returns',
      [...at(2, 9, '0000002'), ...at(10, 13, '00000X2'), ...at(14, 17, '0000001')],
      [format, 'file.batch_number.ascending 14:88'],
      {},
    ],
    [
      'whose batch number is zero is ordered around it',
      'returns',
      [...at(2, 9, '0000002'), ...at(10, 13, '0000000'), ...at(14, 17, '0000001')],
      [format, 'file.batch_number.ascending 14:88'],
      {},
    ],
    [
      'without batch header has no order of batches and no goods',
      payroll,
      [drop(1, 2), drop(6, 20)],
      ['parse.entry.outside_batch 1:1', 'parse.file.missing_header 1:1', 'parse.file.missing_control 5:1'],
      { switches: ['allowPartialFile'], purchases: [1] },
    ],
    ['of as many lines as the bank takes', payroll, [], [], { bankLines: 20 }],
    ['in whose batches goods are bought is asked for each', 'web', [put(2, 54, 'ORDER     ')], [], { purchases: [3] }],
  ] as const)('%s', (_, base, edits, expected, options) => {
    expect(places(base, edits, options)).toEqual(expected)
  })

  test('that is not balanced says both sums in dollars', () => {
    expect(messages(payroll, [], balanced)).toEqual(['The debits are 5001.25, the credits 2228.16: expected the same'])
  })
})
