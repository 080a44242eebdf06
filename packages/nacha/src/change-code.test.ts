import { expect, test } from 'vitest'
import { CHANGE_CODES, changeCode, changeCodeProblem } from './change-code.ts'
import { changeCodeKind, isRetiredChangeCode, RETIRED_CHANGE_CODES } from './change-code-kind.ts'
import { CORRECTED_DATA } from './corrected-data-layout.ts'

test('every assigned code has a row with sentences for a person', () => {
  const codes = 'C01 C02 C03 C04 C05 C06 C07 C08 C09 C13 C14 C61 C62 C63 C64 C65 C66 C67 C68 C69'
  expect([...CHANGE_CODES.keys()].join(' ')).toBe(codes)
  for (const { code, reason, advice } of CHANGE_CODES.values()) {
    expect(reason, code).toMatch(/^[A-Z].*\.$/)
    expect(advice, code).toMatch(/^[A-Z].*\.$/)
  }
})

test('what a validator knows of the codes is what the table says', () => {
  for (let number = 0; number < 100; number++) {
    const code = `C${String(number).padStart(2, '0')}`
    expect(changeCodeKind(code), code).toBe(changeCode(code)?.kind ?? null)
    expect(isRetiredChangeCode(code), code).toBe(RETIRED_CHANGE_CODES[code] !== undefined)
    expect(Object.hasOwn(CORRECTED_DATA, code), code).toBe(changeCodeKind(code) === 'change')
  }
})

test.each([
  ['C01', false, null],
  ['C01', true, null],
  ['C04', false, 'C04 was withdrawn on 2015-03-20: it is read, but not sent'],
  ['C08', false, 'C08 is for IAT only'],
  ['C08', true, null],
  ['C14', true, 'C14 is not for IAT'],
  ['C61', true, 'C61 is not for IAT'],
  ['C61', false, null],
  ['C10', false, 'C10 (company name) is not used any more'],
  ['C20', false, 'C20 is not assigned'],
  ['R01', false, 'A change code is C and two digits'],
])('%s, IAT %s', (code, isIat, problem) => {
  expect(changeCodeProblem(code, { isIat, on: '2026-11-20' })).toBe(problem)
})

test('the name could be corrected until its code was withdrawn', () => {
  expect(changeCodeProblem('C04', { isIat: false, on: '2015-03-19' })).toBeNull()
  expect(changeCodeProblem('C04', { isIat: false, on: '2015-03-20' })).not.toBeNull()
})
