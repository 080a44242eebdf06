import { expect, test } from 'vitest'
import { RETURN_CODES, RETURN_RATE_LEVELS, returnCode, returnCodeProblem } from './return-code.ts'
import { isCustomReturnCode, isRetiredReturnCode, RETIRED_RETURN_CODES, returnCodeKind } from './return-code-kind.ts'

/** Written from the rules, not from the table: code, frame, S for a written statement, whether it may be sent again. */
const FACTS = `
R01 2BD - retry|R02 2BD - fix|R03 2BD - fix|R04 2BD - fix|R05 60CD S auth|R06 AGR - fix|R07 60CD S auth|R08 2BD - auth
R09 2BD - retry|R10 60CD S auth|R11 60CD S new60|R12 2BD - fix|R14 2BD - no|R15 2BD - no|R16 2BD - no|R17 2BD - fix
R20 2BD - fix|R21 2BD - fix|R22 2BD - fix|R23 2BD-refusal - auth|R24 2BD - no|R29 2BD - auth|R31 AGR - auth
R33 60CD - no|R37 60CD S no|R38 60CD - no|R39 2BD - no|R50 2BD - no|R51 60CD S no|R52 60CD - no|R53 60CD S no
R90 OWN - no|R13 OP - fix|R18 OP - fix|R19 OP - fix|R25 OP - fix|R26 OP - fix|R27 OP - fix|R28 OP - fix|R30 OP - fix
R32 OP - fix|R34 OP - fix|R35 OP - fix|R36 OP - fix|R61 5BD - no|R62 5BD - no|R67 5BD - no|R68 5BD - no|R69 5BD - no
R70 5BD - no|R71 2BD-D - no|R72 2BD-D - no|R73 2BD-D - no|R74 2BD-D - no|R75 2BD-D - no|R76 2BD-D - no|R77 2BD-D - no`
const facts = FACTS.trim().split(/[\n|]/)

test.each(facts)('%s', (fact) => {
  const row = returnCode(fact.slice(0, 3))
  expect(`${row?.code} ${row?.frame} ${row?.writtenStatement ? 'S' : '-'} ${row?.again}`).toBe(fact)
})

test('every code that is assigned has a row, and no other', () => {
  const enrollment = ['R40', 'R41', 'R42', 'R43', 'R44', 'R45', 'R46', 'R47']
  const gateway = ['R80', 'R81', 'R82', 'R83', 'R84', 'R85']
  const expected = [...facts.map((fact) => fact.slice(0, 3)), ...enrollment, ...gateway].toSorted()
  expect([...RETURN_CODES.keys()]).toEqual(expected)
})

test('what a validator knows of the codes is what the table says', () => {
  for (let number = 0; number < 100; number++) {
    const code = `R${String(number).padStart(2, '0')}`
    expect(returnCodeKind(code), code).toBe(returnCode(code)?.kind ?? null)
    expect(isRetiredReturnCode(code), code).toBe(RETIRED_RETURN_CODES[code] !== undefined)
  }
  for (const code of ['r01', 'R1', 'R001', 'C01', '']) expect(returnCodeKind(code)).toBeNull()
})

test('every row speaks to a person: whole sentences, no code needed to understand them', () => {
  for (const { code, reason, advice } of RETURN_CODES.values()) {
    expect(reason, code).toMatch(/^[A-Z].*\.$/)
    expect(advice, code).toMatch(/^[A-Z].*\.$/)
  }
})

test('a contested code answers the dishonor code it belongs to', () => {
  const answers = [...RETURN_CODES.values()].filter((row) => row.answers).map((row) => [row.code, row.answers])
  expect(answers).toEqual([
    ['R73', 'R68'],
    ['R74', 'R69'],
    ['R75', 'R67'],
    ['R76', 'R69'],
    ['R77', 'R62'],
  ])
})

test('rates count the codes of their category', () => {
  expect(RETURN_RATE_LEVELS.map(({ level, thresholdBasisPoints }) => [level, thresholdBasisPoints])).toEqual([
    ['unauthorized', 50],
    ['administrative', 300],
    ['overall', 1500],
  ])
  for (const { level, codes } of RETURN_RATE_LEVELS) {
    if (!codes) continue
    const rows = [...RETURN_CODES.values()].filter((row) => row.categories.some((category) => category === level))
    expect(codes).toEqual(rows.map((row) => row.code))
  }
})

test.each([
  ['R01', 'PPD', 'debit', null],
  ['R01', 'PPD', 'credit', 'R01 is for debits only'],
  ['R01', 'RCK', 'debit', 'R01 is not for RCK'],
  ['R05', 'PPD', 'debit', 'R05 is for CCD, CTX only'],
  ['R10', 'CCD', 'debit', 'R10 is not for CCD'],
  ['R23', 'CCD', 'debit', 'R23 is for credits only'],
  ['R29', 'CTX', 'debit', null],
  ['R37', 'BOC', 'debit', null],
  ['R38', 'POP', 'debit', 'R38 is for ARC, BOC only'],
  ['R61', 'IAT', 'debit', 'R61 is not for IAT'],
  ['R84', 'PPD', 'credit', 'R84 is for IAT only'],
  ['R85', 'IAT', 'credit', 'R85 is not for IAT'],
  ['R63', 'PPD', 'debit', 'R63 (wrong amount) is an old dishonor code that is not used any more'],
  ['R48', 'PPD', 'debit', 'R48 is not assigned'],
  ['R97', 'PPD', 'debit', 'R97 is not assigned: some processors have own codes there, ask which one sent it'],
  ['01', 'PPD', 'debit', 'A return code is R and two digits'],
] as const)('%s on a %s %s', (code, secCode, direction, problem) => {
  expect(returnCodeProblem(code, { secCode, direction })).toBe(problem)
})

test('own codes of processors lie in R91 to R99: R90 is assigned', () => {
  expect(['R89', 'R90', 'R91', 'R99'].map(isCustomReturnCode)).toEqual([false, false, true, true])
})
