import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeFile } from '../encode-file.ts'
import { fileTotals } from '../file-totals.ts'
import { built, entryTexts, paymentFile } from '../testing/any-file.ts'
import { fileWith, sampleBatch, sampleFile } from '../testing/sample-input.ts'
import { SEC_SAMPLES } from '../testing/sec-samples.ts'
import { validateFile } from '../validate-file.ts'
import { isAcceptable } from '../violation.ts'
import { balanceFile } from './balance-file.ts'

const account = {
  routingNumber: '091000019',
  accountNumber: '5550001234',
  accountType: 'checking',
  name: 'ACME TOOLS',
} as const

describe.each(['batch', 'own'] as const)('offsets in place %s', (place) => {
  test('make debits and credits equal, and keep every payment', () => {
    fc.assert(
      fc.property(paymentFile, (file) => {
        const { file: balanced, problems } = balanceFile(file, { account, place })
        expect(problems).toEqual([])
        if (!balanced) return
        const { creditCents, debitCents } = fileTotals(balanced)
        const before = fileTotals(file)
        expect(creditCents).toBe(debitCents)
        expect(creditCents).toBe(before.creditCents + before.debitCents)
        const texts = entryTexts([balanced])
        expect(entryTexts([file]).every((text) => texts.includes(text))).toBe(true)
        expect(isAcceptable(validateFile(balanced))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('balancing again changes nothing', () => {
    fc.assert(
      fc.property(paymentFile, (file) => {
        const once = balanceFile(file, { account, place }).file
        const twice = once && balanceFile(once, { account, place }).file
        expect(twice && encodeFile(twice)).toEqual(once && encodeFile(once))
      }),
      { numRuns: 40 },
    )
  })
})

describe('balancing', () => {
  test('adds one debit for credits, under class 200 and the next trace number', () => {
    const { file } = balanceFile(built(sampleFile()), { account: { ...account, accountType: 'savings' } })
    const [batch] = file?.batches ?? []
    const offset = batch?.entries.at(1)
    expect(batch?.header.serviceClassCode).toBe(200)
    expect(batch?.entries.length).toBe(2)
    expect(offset).toMatchObject({
      transactionCode: 37,
      amountCents: 124_050,
      accountNumber: '5550001234',
      routingNumber: '091000019',
      individualName: 'ACME TOOLS',
      individualIdentification: 'OFFSET',
      traceNumber: '091000010000002',
    })
  })

  test('leaves a batch without money as it is', () => {
    const prenote = { ...sampleBatch().entries[0], transactionCode: 23, amountCents: 0 }
    const file = built(sampleFile({ batches: [sampleBatch({ entries: [prenote as never] })] }))
    const { file: balanced } = balanceFile(file, { account })
    expect(balanced && encodeFile(balanced)).toEqual(encodeFile(file))
  })

  test.each(['iat', 'cor', 'returns'])('refuses %s', (name) => {
    const file = built(fileWith(SEC_SAMPLES[name] ?? []))
    expect(balanceFile(file, { account }).problems.length).toBeGreaterThan(0)
  })

  test('a code that holds only debits is balanced by a CCD batch after it', () => {
    const file = built(fileWith(SEC_SAMPLES['tel'] ?? []))
    expect(balanceFile(file, { account }).problems).toMatchObject([{ code: 'batch.sec_excluded' }])
    const { file: balanced } = balanceFile(file, { account, place: 'own' })
    expect(
      balanced?.batches.map(({ secCode, header }) => [secCode, header.serviceClassCode, header.batchNumber]),
    ).toEqual([
      ['TEL', 225, 1],
      ['CCD', 220, 2],
    ])
  })

  test('refuses an account that cannot be right, without its number', () => {
    const { problems } = balanceFile(built(sampleFile()), {
      account: { ...account, routingNumber: '091000018', accountNumber: 'XXXX1234', name: ' ' },
    })
    expect(problems.map(({ code }) => code)).toEqual(['account.invalid', 'account.invalid', 'value.missing'])
    expect(JSON.stringify(problems)).not.toMatch(/091000018|1234/)
  })
})
