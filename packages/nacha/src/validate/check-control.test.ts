import { expect, test } from 'vitest'
import { buildFile } from '../build-file.ts'
import { put } from '../testing/ach-lines.ts'
import { messages, places } from '../testing/judge.ts'
import { sampleBatch, sampleEntry, sampleFile } from '../testing/sample-input.ts'

/** Rules that a batch breaks whose credits are 100 times the highest amount and one more. */
const rulesFor = (amountCents: number) => {
  const highest = Array.from({ length: 100 }, () => sampleEntry({ amountCents: 9_999_999_999 }))
  const entries = [...highest, sampleEntry({ amountCents })]
  return buildFile(sampleFile({ batches: [sampleBatch({ entries })] })).violations.map(({ rule }) => rule)
}

test('a total has room for 9,999,999,999.99 and for no cent more', () => {
  expect(rulesFor(99)).toEqual([])
  expect(rulesFor(100)).toEqual(['batch.control.overflow'])
})

test('a total that is no number is not compared with one', () => {
  expect(places('payroll-and-collection', [put(12, 21, 'X')])).toEqual(['parse.field.not_numeric 12:21'])
})

test('both numbers are told, but of a hash', () => {
  const say = (column: number, text: string) => messages('payroll-and-collection', [put(12, column, text)])
  expect(say(21, '000000500126')).toEqual(['The control says 500126, the records make it 500125'])
  expect(say(5, '000009')).toEqual(['The control says 9, the records make it 3'])
  expect(say(11, '0035242299')).toEqual(['The hash is not the sum of the RDFI identifications'])
})
