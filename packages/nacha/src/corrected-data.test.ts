import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountNumberProblem } from './account-number.ts'
import { type CorrectedData, formatCorrectedData, parseCorrectedData } from './corrected-data.ts'
import { checkDigitOf } from './routing-number-problem.ts'

const ROUTING = '987654320'
const LONG = '12345678901234567'

describe('at the exact positions', () => {
  test.each<[CorrectedData, string]>([
    [{ changeCode: 'C01', accountNumber: LONG }, '12345678901234567            '],
    [{ changeCode: 'C02', routingNumber: ROUTING }, '987654320                    '],
    [{ changeCode: 'C03', routingNumber: ROUTING, accountNumber: LONG }, '987654320   12345678901234567'],
    [{ changeCode: 'C03', routingNumber: ROUTING, accountNumber: '12-34 567' }, '987654320   12-34 567        '],
    [{ changeCode: 'C04', individualName: 'JANE DOE' }, 'JANE DOE                     '],
    [{ changeCode: 'C05', transactionCode: 32 }, '32                           '],
    [{ changeCode: 'C06', accountNumber: LONG, transactionCode: 22 }, '12345678901234567   22       '],
    [
      { changeCode: 'C07', routingNumber: ROUTING, accountNumber: LONG, transactionCode: 37 },
      '9876543201234567890123456737 ',
    ],
    [
      { changeCode: 'C07', routingNumber: ROUTING, accountNumber: '12345678', transactionCode: 22 },
      '98765432012345678         22 ',
    ],
    [{ changeCode: 'C09', identification: 'EMPLOYEE 7' }, 'EMPLOYEE 7                   '],
    [{ changeCode: 'C13', text: 'RMR MISSING' }, 'RMR MISSING                  '],
    [{ changeCode: 'C14', secCode: 'IAT' }, 'IAT                          '],
  ])('%o', (data, text) => {
    expect(formatCorrectedData(data)).toEqual({ ok: true, text })
    expect(parseCorrectedData(data.changeCode, text)).toEqual({ ok: true, data, readBy: 'positions' })
    expect(parseCorrectedData(data.changeCode, text.trimEnd())).toEqual({ ok: true, data, readBy: 'positions' })
  })

  test('IAT has 35 positions: long accounts, names and identifications of banks', () => {
    const account: CorrectedData = { changeCode: 'C01', accountNumber: 'GB33BUKB20201555555555/EXTRA-123456' }
    const bank: CorrectedData = { changeCode: 'C08', receivingBankIdentification: 'BUKBGB22' }
    for (const data of [account, bank]) {
      const written = formatCorrectedData(data, { isIat: true })
      expect(written).toMatchObject({ ok: true, text: expect.stringMatching(/^.{35}$/) })
      const text = written.ok ? written.text : ''
      expect(parseCorrectedData(data.changeCode, text, { isIat: true })).toEqual({
        ok: true,
        data,
        readBy: 'positions',
      })
    }
    expect(formatCorrectedData(account)).toMatchObject({ ok: false, problem: { field: 'accountNumber' } })
    expect(formatCorrectedData(bank)).toMatchObject({ ok: false, problem: { message: 'C08 is for IAT only' } })
  })
})

describe('as real notifications deviate', () => {
  test.each<[string, string, Partial<Record<string, string | number>>]>([
    ['C03 with the account at the right', '987654320            12345678', { accountNumber: '12345678' }],
    ['C03 with one blank between', '987654320 12345678', { routingNumber: ROUTING, accountNumber: '12345678' }],
    ['C03 with a blank inside the account', '987654320 1234 5678', { accountNumber: '1234 5678' }],
    ['C06 with the code at 28-29', '12345678                   22', { accountNumber: '12345678', transactionCode: 22 }],
    ['C06 with one blank between', '12345678 32', { accountNumber: '12345678', transactionCode: 32 }],
    ['C07 with the code at 28-29', '98765432012345678          22', { accountNumber: '12345678', transactionCode: 22 }],
    ['C07 with blanks between', '987654320 12345678 22', { accountNumber: '12345678', transactionCode: 22 }],
    ['C01 not at the left', '   12345678', { accountNumber: '12345678' }],
    ['C02 not at the left', '  987654320', { routingNumber: ROUTING }],
    ['C05 not at the left', '   27', { transactionCode: 27 }],
  ])('%s is read by its parts, and says so', (what, text, expected) => {
    const reading = parseCorrectedData(what.slice(0, 3), text)
    expect(reading).toMatchObject({ ok: true, readBy: 'parts', data: expected })
  })
})

describe('what cannot be read names the place, without the numbers', () => {
  test.each([
    ['C01', '', 1, 'accountNumber', 'The account number is missing'],
    ['C01', '1234*678', 1, 'accountNumber', 'The account number is masked: enter the whole number'],
    ['C01', '12345678            9', 21, null, 'Expected blanks'],
    ['C02', '987654321', 1, 'routingNumber', 'Expected a routing number with a right check digit'],
    ['C02', '98765432', 1, 'routingNumber', 'Expected a routing number with a right check digit'],
    ['C03', '987654320', 13, 'accountNumber', 'The account number is missing'],
    ['C03', '98765432012345678', 10, 'accountNumber', 'Expected blanks'],
    ['C05', '20', 1, 'transactionCode', 'Expected a transaction code of 2 digits'],
    ['C06', '12345678', 21, 'transactionCode', 'Expected a transaction code of 2 digits'],
    ['C07', '98765432012345678         99', 27, 'transactionCode', 'Expected a transaction code of 2 digits'],
    ['C07', '987654320                 22', 10, 'accountNumber', 'The account number is missing'],
    ['C14', 'PPD', 1, 'secCode', 'Expected IAT'],
    ['C08', 'BUKBGB22', 1, null, 'C08 is for IAT only'],
    ['C99', '1', 1, null, "'C99' is no change code that carries corrected data"],
    ['C13', 'X'.repeat(30), 30, null, 'Corrected data is 29 positions'],
  ] as const)('%s %s', (code, text, position, field, message) => {
    expect(parseCorrectedData(code, text)).toEqual({
      ok: false,
      problem: { field, position, column: position + 35, message },
    })
  })

  test('a refused notification is read by the code of the one it refuses', () => {
    expect(parseCorrectedData('C65', ROUTING)).toMatchObject({
      problem: { message: expect.stringContaining('positions 65-67') },
    })
  })

  test('no text makes it throw, and no message holds four digits in a row of what was given', () => {
    const code = fc.constantFrom('C01', 'C02', 'C03', 'C05', 'C06', 'C07', 'C09', 'C13', 'C61', 'X')
    const text = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[0-9 ]{0,31}$/))
    fc.assert(
      fc.property(code, text, (changeCode, given) => {
        const reading = parseCorrectedData(changeCode, given)
        if (!reading.ok) expect(reading.problem.message).not.toMatch(/\d{4}/)
      }),
    )
  })
})

describe('what does not fit is refused by its field', () => {
  test.each<[CorrectedData, number, string]>([
    [{ changeCode: 'C01', accountNumber: `${LONG}8` }, 1, 'The account number has 18 characters, at most 17 fit'],
    [{ changeCode: 'C03', routingNumber: ROUTING, accountNumber: '' }, 13, 'The account number is missing'],
    [{ changeCode: 'C06', accountNumber: '1234', transactionCode: 20 }, 21, 'Expected a transaction code of 2 digits'],
    [{ changeCode: 'C04', individualName: 'X'.repeat(23) }, 1, 'The name has 23 characters, at most 22 fit'],
    [{ changeCode: 'C09', identification: ' 7' }, 1, 'The identification number starts or ends with a blank'],
    [{ changeCode: 'C13', text: 'A\tB' }, 1, 'The text holds a control character'],
  ])('%o', (data, position, message) => {
    expect(formatCorrectedData(data)).toMatchObject({ ok: false, problem: { position, message } })
  })
})

const routingNumber = fc.integer({ min: 1_000_000, max: 99_999_999 }).map((number) => {
  const digits = String(number).padStart(8, '0')
  return `${digits}${checkDigitOf(digits)}`
})
const accountNumber = fc
  .stringMatching(/^[A-Z0-9][A-Z0-9 -]{0,16}$/)
  .filter((text) => accountNumberProblem(text) === null)
const transactionCode = fc.constantFrom(22, 27, 32, 37, 42, 47, 52)

test('what is written is read back, at its positions', () => {
  const data: fc.Arbitrary<CorrectedData> = fc.oneof(
    fc.record({ changeCode: fc.constant('C01' as const), accountNumber }),
    fc.record({ changeCode: fc.constant('C02' as const), routingNumber }),
    fc.record({ changeCode: fc.constant('C03' as const), routingNumber, accountNumber }),
    fc.record({ changeCode: fc.constant('C05' as const), transactionCode }),
    fc.record({ changeCode: fc.constant('C06' as const), accountNumber, transactionCode }),
    fc.record({ changeCode: fc.constant('C07' as const), routingNumber, accountNumber, transactionCode }),
  )
  fc.assert(
    fc.property(data, fc.boolean(), (given, isIat) => {
      const written = formatCorrectedData(given, { isIat })
      const text = written.ok ? written.text : ''
      expect(text).toHaveLength(isIat ? 35 : 29)
      expect(parseCorrectedData(given.changeCode, text, { isIat })).toEqual({
        ok: true,
        data: given,
        readBy: 'positions',
      })
    }),
  )
})

test('values between single blanks are found too, and marked as found by parts', () => {
  fc.assert(
    fc.property(routingNumber, accountNumber, transactionCode, (routing, account, code) => {
      // With 17 characters there is no room for the blanks.
      fc.pre(account.length < 17)
      const reading = parseCorrectedData('C07', `${routing} ${account} ${code}`)
      expect(reading).toMatchObject({
        readBy: 'parts',
        data: { routingNumber: routing, accountNumber: account, transactionCode: code },
      })
    }),
  )
})
