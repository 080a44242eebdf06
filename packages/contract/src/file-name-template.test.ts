import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  defaultFileNameTemplate,
  FILE_NAME_LENGTH_MAX,
  FILE_NAME_PLACEHOLDERS,
  type FileNameValues,
  fileNameOf,
  fileNameTemplateProblem,
  writtenNumberProblem,
} from './file-name-template.ts'

const VALUES: FileNameValues = {
  date: '2026-03-08',
  time: '0930',
  originId: ' 12-3456789',
  sequence: 42,
  modifier: 'B',
  sha256: 'abcdef0123456789'.repeat(4),
}

describe('a file name', () => {
  test.each([
    [defaultFileNameTemplate(false), 'ACH_20260308_B000042_abcdef01.ach'],
    [defaultFileNameTemplate(true), 'ACH_20260308_B000042_abcdef01.ach.pgp'],
    ['{date:yymmdd}{time}-{sequence}', '260308093000-42'],
    ['{date:mmddyyyy}.{date:mmddyy}.{date:julian}.{sequence:3}', '03082026.030826.067.042'],
    ['{originId}_{date:yyyymmdd}{modifier}.txt', '123456789_20260308B.txt'],
    ['{sequence:2}', '42'],
  ])('%s is %s', (template, expected) => {
    expect(fileNameTemplateProblem(template)).toBeNull()
    expect(fileNameOf(template, VALUES)).toBe(expected)
  })

  test.each([
    ['PAY.ach', 'one name'],
    ['', 'one name'],
    ['{modifier}{date:julian}', 'one name'],
    ['{time}{modifier}', 'one name'],
    ['{date:yyyymmdd}', 'one name'],
    ['in/{sequence}', 'letters, digits'],
    ['{sequence', 'letters, digits'],
    ['sequence}', 'letters, digits'],
    ['pay {hash8}', 'letters, digits'],
    ['{hash8}\n', 'letters, digits'],
    ['{sequenz}', 'unknown'],
    ['{toString}', 'unknown'],
    ['{sequence:0}', 'unknown'],
    ['.{hash8}', 'begin'],
    ['-{hash8}', 'begin'],
    ['{hash8}.', 'end'],
    [`${'x'.repeat(93)}{hash8}`, 'longer'],
  ])('%j is refused: %s', (template, because) => {
    expect(fileNameTemplateProblem(template)).toContain(because)
    expect(() => fileNameOf(template, VALUES)).toThrow(RangeError)
  })

  const piece = fc.oneof(
    fc.constantFrom(...FILE_NAME_PLACEHOLDERS.map((name) => `{${name}}`)),
    fc.stringMatching(/^[A-Za-z0-9._-]{1,12}$/),
  )
  const template = fc
    .array(piece, { minLength: 1, maxLength: 8 })
    .map((pieces) => pieces.join(''))
    .filter((text) => fileNameTemplateProblem(text) === null)
  const file = fc.record({
    date: fc
      .date({ min: new Date('2026-01-01'), max: new Date('2098-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    time: fc.constantFrom('0000', '2359', '120000'),
    originId: fc.constant('1234567890'),
    sequence: fc.integer({ min: 1, max: 999_999_999 }),
    modifier: fc.constantFrom('A', 'Z', '0'),
    sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
  })

  test('of a template that was accepted is a plain name of its length, and no two files share it', () => {
    fc.assert(
      fc.property(template, file, file, (text, one, other) => {
        const name = fileNameOf(text, one)
        expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/)
        expect(name.length).toBeLessThanOrEqual(FILE_NAME_LENGTH_MAX)
        const areTold =
          one.sequence !== other.sequence &&
          one.sha256.slice(0, 8) !== other.sha256.slice(0, 8) &&
          (one.date !== other.date || one.modifier !== other.modifier)
        if (areTold && !text.includes('{sequence}')) expect(fileNameOf(text, other)).not.toBe(name)
      }),
    )
  })
})

test.each([
  ['PAY8800123456789_{sequence}', true],
  ['8800-1234-5678{hash8}', true],
  ['PAY2026_{sequence}{date:yyyymmdd}{hash8}', false],
  ['1234567{sequence:9}', false],
])('%s has a number that looks like that of an account: %s', (template, has) => {
  expect(writtenNumberProblem(template) !== null).toBe(has)
})
