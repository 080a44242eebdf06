import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { date } from '../../testing/arbitrary.ts'
import { formatChildSupport, parseChildSupport } from './ded.ts'
import { cutAddendaTexts, formatRemittanceItem, joinAddendaTexts, parseRemittance } from './remittance.ts'
import { readSegments, writeSegment } from './segment.ts'
import { formatTaxPayment, parseTaxPayment } from './txp.ts'

const plain = (maximum: number) =>
  fc.string({ unit: fc.constantFrom(...'ABCXYZ0189-. '), minLength: 1, maxLength: maximum })
const cents = fc.integer({ min: 0, max: 9_999_999_999 })

describe('tax payments (TXP)', () => {
  const payment = fc.record({
    identification: plain(15),
    taxType: plain(5),
    periodEnd: date,
    amounts: fc.array(fc.record({ type: fc.constantFrom('T', 'P', 'I', '1', '10401'), amountCents: cents }), {
      minLength: 1,
      maxLength: 2,
    }),
    verification: fc.oneof(
      fc.constant(''),
      plain(6).map((text) => text.replaceAll(' ', 'V')),
    ),
  })

  test('come back as they were written', () => {
    fc.assert(
      fc.property(payment, fc.constantFrom('short' as const, 'long' as const), (value, form) => {
        const written = formatTaxPayment(value, form)
        fc.pre(written.ok)
        expect(written.ok && parseTaxPayment(written.text)).toEqual({ ok: true, value })
      }),
    )
  })

  test('are written with empty elements before the verification', () => {
    const amounts = [{ type: 'T', amountCents: 12_500 }]
    const value = {
      identification: '123456789',
      taxType: '01100',
      periodEnd: '2026-09-30',
      amounts,
      verification: 'ABC123',
    }
    expect(formatTaxPayment(value)).toEqual({ ok: true, text: 'TXP*123456789*01100*260930*T*12500*****ABC123\\' })
    expect(formatTaxPayment({ ...value, verification: '' })).toEqual({
      ok: true,
      text: 'TXP*123456789*01100*260930*T*12500\\',
    })
  })

  test('that are wrong name the elements', () => {
    const reading = parseTaxPayment('TXP*1234567890123456*01100*261399*T*12.50\\')
    expect(reading.ok ? [] : reading.problems.map(({ element }) => element)).toEqual([5, 1, 3])
    expect(parseTaxPayment('DED*CS\\')).toMatchObject({ ok: false, problems: [{ element: 0 }] })
    expect(parseTaxPayment('TXP*1*1*260930*T*1\\TXP*1*1*260930*T*1\\')).toMatchObject({ ok: false })
  })

  test('without an amount, or with one of parts of cents, are refused', () => {
    const value = { identification: '1', taxType: '1', periodEnd: '2026-09-30', amounts: [], verification: '' }
    expect(formatTaxPayment(value).ok).toBe(false)
    expect(formatTaxPayment({ ...value, amounts: [{ type: 'T', amountCents: 1.5 }] }).ok).toBe(false)
    expect(formatTaxPayment({ ...value, amounts: [{ type: 'T', amountCents: 1 }], identification: 'A*B' }).ok).toBe(
      false,
    )
  })
})

describe('child support (DED)', () => {
  const payment = {
    caseIdentifier: '0123456789',
    payDate: '2026-11-20',
    amountCents: 12_550,
    socialSecurityNumber: '900123456',
    medicalSupport: 'Y',
    parentName: 'ROE,JOHN',
    fipsCode: '42101',
    isEmploymentOver: false,
  } as const

  test('is written and read', () => {
    const text = 'DED*CS*0123456789*261120*12550*900123456*Y*ROE,JOHN*42101\\'
    expect(formatChildSupport(payment)).toEqual({ ok: true, text })
    expect(parseChildSupport(text)).toEqual({ ok: true, value: payment })
    const over = { ...payment, isEmploymentOver: true }
    expect(formatChildSupport(over, 'long')).toMatchObject({ text: expect.stringContaining('*20261120*') })
    expect(formatChildSupport(over)).toMatchObject({ text: expect.stringMatching(/\*42101\*Y\\$/) })
  })

  test.each([
    ['socialSecurityNumber', '12345678', 5],
    ['parentName', 'LONGERTHANTEN', 7],
    ['fipsCode', '1234', 8],
    ['payDate', '2026-02-30', 3],
    ['caseIdentifier', '', 2],
  ])('refuses a wrong %s', (name, value, element) => {
    const written = formatChildSupport({ ...payment, [name]: value })
    expect(written.ok ? [] : written.problems.map((problem) => problem.element)).toEqual([element])
    expect(JSON.stringify(written)).not.toContain('12345678')
  })
})

describe('remittance', () => {
  test('is cut and joined without regard to segments', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'AB *\\'), minLength: 1, maxLength: 400 })
      .filter((all) => all === all.trimEnd())
    fc.assert(
      fc.property(text, (whole) => {
        const pieces = cutAddendaTexts(whole)
        expect(pieces.every((piece) => piece.length <= 80)).toBe(true)
        // A file takes the blanks off the end of each piece.
        expect(joinAddendaTexts(pieces.map((piece) => piece.trimEnd()))).toBe(whole)
      }),
    )
  })

  test('of an item comes back, credit notes too', () => {
    const amount = fc.integer({ min: -999_999_999, max: 999_999_999 })
    fc.assert(
      fc.property(amount, (paidCents) => {
        const item = { qualifier: 'IV', reference: '4711-A', paidCents }
        const written = formatRemittanceItem(item)
        expect(written.ok && parseRemittance(written.text)).toEqual({ ok: true, value: [item] })
      }),
    )
    expect(formatRemittanceItem({ qualifier: 'IV', reference: '4711', paidCents: 124_050 })).toEqual({
      ok: true,
      text: 'RMR*IV*4711**1240.50\\',
    })
  })

  test('is found in a whole set that names its own separators', () => {
    const isa = `ISA|00|          |00|          |ZZ|SENDER         |ZZ|RECEIVER       |261120|0915|U|00401|000000001|0|P|>~`
    const set = `${isa}ST|820|0001~RMR|IV|4711||1240.5~REF|VV|X~RMR|IV|4712||-12~SE|4|0001~`
    expect(isa).toHaveLength(106)
    expect(parseRemittance(set)).toEqual({
      ok: true,
      value: [
        { qualifier: 'IV', reference: '4711', paidCents: 124_050 },
        { qualifier: 'IV', reference: '4712', paidCents: -1_200 },
      ],
    })
    expect(readSegments(set).map(({ name }) => name)).toEqual(['ISA', 'ST', 'RMR', 'REF', 'RMR', 'SE'])
  })

  test('without invoice or amount names the elements', () => {
    const reading = parseRemittance('RMR*I***12,50\\')
    expect(reading.ok ? [] : reading.problems.map(({ element }) => element)).toEqual([1, 2, 4])
    expect(parseRemittance('REF*VV*1\\')).toMatchObject({ ok: false, problems: [{ element: 0 }] })
  })

  test('segments refuse what would break them', () => {
    expect(writeSegment({ name: 'REF', elements: ['A*B', 'C\\D', 'E\nF'] })).toMatchObject({
      problems: [{ element: 1 }, { element: 2 }, { element: 3 }],
    })
    expect(writeSegment({ name: 'REF', elements: ['X'.repeat(80)] })).toMatchObject({ problems: [{ element: 0 }] })
  })
})
