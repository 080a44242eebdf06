import { describe, expect, test } from 'vitest'
import { drop, type Edit, insertAfter, put, settle, testLines } from '../../testing/ach-lines.ts'
import { messages, places } from '../../testing/judge.ts'

const of18 = testLines('valid/iat.ach')[11] ?? ''
const of17 = `717${'INVOICE'.padEnd(80)}00010000001`

describe('a return of IAT', () => {
  test.each([
    ['one addenda 17', [insertAfter(10, of17), put(3, 13, '0009'), settle]],
    ['one addenda 18', [insertAfter(10, of18), put(3, 13, '0009'), settle]],
    ['as many addenda 17 as 18', [insertAfter(10, of17), insertAfter(11, of18), put(3, 13, '0010'), settle]],
  ] as const)('carries not %s', (_, edits) => {
    expect(places('iat-return', edits)).toEqual(['sec.iat.return_addenda 3:1'])
  })

  test.each(['R68', 'R73'])('is not answered with %s', (code) => {
    expect(places('iat-return', [put(11, 4, code)])).toContain('addenda99.iat 11:4')
  })
})

test('addenda that are missing are named', () => {
  expect(messages('iat', [drop(9), put(3, 13, '0008'), settle])).toEqual(['Addenda 15 is missing'])
})

const swap =
  (line: number): Edit =>
  (lines) =>
    lines.toSpliced(line - 1, 2, lines[line] ?? '', lines[line - 1] ?? '')

test('an addenda 17 before 16 is out of order', () => {
  expect(messages('iat', [swap(10)])).toEqual(['Addenda 10 to 16 come first, once each, in order'])
})

test('the type of a payment is read from its addenda 10, wherever that stands', () => {
  expect(places('iat', [swap(24), put(31, 4, 'INVOICE     ')])).toEqual([
    'sec.iat.mandatory_addenda 23:1',
    'sec.iat.type_addenda 23:1',
  ])
})

test('a return of a purchase has lost the addenda 17 that named the terminal', () => {
  expect(places('iat-return', [put(4, 4, 'POP')])).toEqual([])
})

test('the form of a place is told for the field that lacks it', () => {
  const say = (column: number) => messages('iat', [put(6, column, 'CA            ')])[0]
  expect(say(4)).toBe('Expected the form City*State\\')
  expect(say(39)).toBe('Expected the form CC*PostalCode\\')
})

/** How many parts the addenda 17 of a payment begins with that is of this kind at home. */
const parts = { ARC: 1, BOC: 1, RCK: 1, POP: 3, MTE: 4, POS: 4, SHR: 4 }

test.each(Object.entries(parts))('a payment of type %s names its check or terminal in %i parts', (type, count) => {
  const rules = (given: number) => {
    const text = `${Array.from({ length: given }, () => 'AB').join('*')}\\`
    return places('iat', [put(24, 4, type), put(31, 4, text.padEnd(80))])
  }
  expect(rules(count)).toEqual([])
  for (const wrong of [count - 1, count + 1]) expect(rules(wrong)).toEqual(['sec.iat.type_addenda 23:1'])
})
