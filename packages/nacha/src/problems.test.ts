import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountNumberProblem } from './account-number.ts'
import { isRoutingNumber } from './routing-number.ts'
import { routingNumberProblem } from './routing-number-problem.ts'
import { routingNumber } from './testing/arbitrary.ts'
import { maximumLength, textProblem } from './text-problem.ts'

describe('routing numbers', () => {
  test.each(['231380104', '091000019', '121042882', '011401533', '076401251'])('%s is one', (text) => {
    expect(isRoutingNumber(text)).toBe(true)
    expect(routingNumberProblem(text)).toBeNull()
  })

  test.each([
    ['', 'is missing'],
    ['23138010', 'has 8 digits, needs 9'],
    ['1', 'has 1 digit, needs 9'],
    ['2313801040', 'has 10 digits, needs 9'],
    ['23138010X', 'may hold digits only'],
    ['231380104 ', 'may hold digits only'],
    ['٢٣١٣٨٠١٠٤', 'may hold digits only'],
    ['231380105', 'check digit is wrong'],
    ['000000000', 'is all zeros'],
  ])('%j %s', (text, problem) => {
    expect(isRoutingNumber(text)).toBe(false)
    expect(routingNumberProblem(text)).toContain(problem)
  })

  test('one wrong digit is always noticed', () => {
    fc.assert(
      fc.property(routingNumber, fc.nat(8), fc.integer({ min: 1, max: 9 }), (right, place, shift) => {
        const wrong = (Number(right[place]) + shift) % 10
        expect(isRoutingNumber(right)).toBe(true)
        expect(isRoutingNumber(right.slice(0, place) + wrong + right.slice(place + 1))).toBe(false)
      }),
    )
  })
})

describe('account numbers', () => {
  test.each(['1', '12345678901234567', '744-5678-99', 'A1 99', 'XYZ123', 'X1234567', '0012'])('%j is taken', (text) => {
    expect(accountNumberProblem(text)).toBeNull()
  })

  test.each([
    ['', 'is missing'],
    ['   ', 'is missing'],
    ['123456789012345678', 'has 18 characters, at most 17 fit'],
    ['****6789', 'is masked'],
    ['••••6789', 'is masked'],
    ['XXXX6789', 'is masked'],
    ['xxxxxx', 'is masked'],
    ['XX-1234', 'is masked'],
    ['12_34', "not '_'"],
    ['12\t34', 'may hold letters'],
    ['12é', "not 'é'"],
    [' 123', 'starts or ends with a blank'],
    ['0000', 'holds only zeros'],
  ])('%j %s', (text, problem) => {
    expect(accountNumberProblem(text)).toContain(problem)
  })
})

describe('texts', () => {
  test('lengths are those of the record tables', () => {
    expect([maximumLength('companyName'), maximumLength('individualName')]).toEqual([16, 22])
    expect(maximumLength('paymentRelatedInformation')).toBe(80)
    expect(textProblem('companyName', 'SEVENTEEN LETTERS')).toBe('has 17 characters, at most 16 fit')
    expect(textProblem('companyName', 'SIXTEEN LETTERS.')).toBeNull()
  })

  test('only optional texts may be empty', () => {
    expect(textProblem('companyEntryDescription', ' ')).toBe('is missing')
    expect(textProblem('individualName', '')).toBe('is missing')
    expect(textProblem('companyDiscretionaryData', '')).toBeNull()
  })

  test.each(['é', '~', '"', '\n', '–', '😀'])('%j is not taken by every bank', (character) => {
    expect(textProblem('individualName', `JANE ${character}`)).toContain('which not every bank takes')
  })
})
