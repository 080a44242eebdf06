import { describe, expect, test } from 'vitest'
import { decodeFile } from '../decode-file.ts'
import type { AchFile } from '../file.ts'
import { built } from '../testing/any-file.ts'
import { fileWith, sampleBatch, sampleEntry, sampleFile } from '../testing/sample-input.ts'
import { SEC_SAMPLES } from '../testing/sec-samples.ts'
import { validateFile } from '../validate-file.ts'
import { contestDishonoredReturns } from './contest-dishonored.ts'
import { dishonorReturns } from './dishonor-returns.ts'
import { makeAcknowledgments, refuseAcknowledgments } from './make-acknowledgments.ts'
import { makeNotifications } from './make-notifications.ts'
import { makePrenotes, prenoteCodeFor } from './make-prenotes.ts'
import { makeReturns } from './make-returns.ts'
import { microEntryBatch } from './micro-entries.ts'
import type { Outcome } from './problem.ts'
import { refuseNotifications } from './refuse-notifications.ts'

const stamp = { fileCreationDate: '2026-11-24', fileCreationTime: '0600', fileIdModifier: 'A' }
const first = { batch: 0, entry: 0 }
const payments = built(
  sampleFile({
    immediateOriginName: 'ACME',
    immediateDestinationName: 'BANK',
    batches: [
      sampleBatch({
        entries: [
          sampleEntry({ addenda: ['REF*1\\'] }),
          sampleEntry({ transactionCode: 37, accountNumber: '998877', routingNumber: '091000019' }),
        ],
      }),
    ],
  }),
)

function right({ file, problems, violations }: Outcome): AchFile {
  expect({ problems, errors: violations.filter(({ severity }) => severity === 'error') }).toEqual({
    problems: [],
    errors: [],
  })
  if (!file) throw new Error('refused')
  expect(validateFile(file, { profile: 'standard' }).filter(({ severity }) => severity !== 'info')).toEqual([])
  return file
}

const entryOf = (file: AchFile, batch = 0, entry = 0) => {
  const found = file.batches[batch]?.entries.at(entry)
  if (!found) throw new Error('no such entry')
  return found
}

describe('returns', () => {
  test('go back to the originating bank with the original trace and a code of their own', () => {
    const file = right(makeReturns(payments, [{ ...first, code: 'R03' }], stamp))
    const entry = entryOf(file)
    expect(file.header).toMatchObject({
      immediateDestination: '1234567890',
      immediateOrigin: ' 091000019',
      immediateDestinationName: 'ACME',
      immediateOriginName: 'BANK',
    })
    expect(file.batches[0]?.header).toMatchObject({
      companyName: 'ACME TOOLS',
      odfiIdentification: '23138010',
      serviceClassCode: 220,
      originatorStatusCode: '1',
    })
    expect(entry).toMatchObject({
      transactionCode: 21,
      routingNumber: '091000019',
      accountNumber: '12345678',
      amountCents: 124_050,
      individualName: 'JANE DOE',
      traceNumber: '231380100000001',
      category: 'return',
    })
    expect(entry.addendaRecords).toMatchObject([
      {
        layout: 'addenda99',
        returnReasonCode: 'R03',
        originalTraceNumber: '091000010000001',
        originalRdfiIdentification: '23138010',
        traceNumber: '231380100000001',
      },
    ])
  })

  test('of different banks stand in batches of their own', () => {
    const orders = [
      { ...first, code: 'R03' },
      { batch: 0, entry: 1, code: 'R01' },
    ]
    const file = right(makeReturns(payments, orders, { ...stamp, firstTraceSequence: 40 }))
    expect(file.batches.map(({ header, entries }) => [header.odfiIdentification, entries.at(0)?.traceNumber])).toEqual([
      ['23138010', '231380100000040'],
      ['09100001', '091000010000041'],
    ])
    expect(entryOf(file, 1).transactionCode).toBe(36)
  })

  test.each(['arc', 'ccd', 'cie', 'ctx', 'dne', 'enr', 'iat', 'mte', 'pop', 'pos', 'rck', 'tel', 'trc', 'web'])(
    'are right for the payments of %s',
    (name) => {
      const original = built(fileWith(SEC_SAMPLES[name] ?? [{ ...sampleBatch(), secCode: 'CCD' }]))
      const orders = original.batches.flatMap(({ entries }, batch) =>
        [...entries].map((_, entry) => ({ batch, entry, code: 'R02' })),
      )
      const file = right(makeReturns(original, orders, stamp))
      expect(file.batches.reduce((sum, { entries }) => sum + entries.length, 0)).toBe(orders.length)
    },
  )

  test('of IAT keep 10 to 16 and tell the forward amount', () => {
    const file = right(makeReturns(built(fileWith(SEC_SAMPLES['iat'] ?? [])), [{ ...first, code: 'R03' }], stamp))
    const { addendaRecords, record } = entryOf(file)
    expect(addendaRecords.map((each) => each?.layout)).toEqual([
      'addenda10',
      'addenda11',
      'addenda12',
      'addenda13',
      'addenda14',
      'addenda15',
      'addenda16',
      'addenda99Iat',
    ])
    expect(addendaRecords[7]).toMatchObject({ originalForwardAmount: '0000012500' })
    expect(record).toMatchObject({ numberOfAddenda: 8 })
  })

  test.each([
    ['a code for debits on a credit', { code: 'R01' }, 'code.unsuitable'],
    ['a code that is not assigned', { code: 'R99' }, 'code.unsuitable'],
    ['a code that answers a return', { code: 'R61' }, 'code.unsuitable'],
    ['a death without its date', { code: 'R15' }, 'value.missing'],
    ['a date of death without death', { code: 'R03', dateOfDeath: '2026-11-01' }, 'value.missing'],
    ['R17 without a field', { code: 'R17' }, 'value.missing'],
    ['a text that breaks the line', { code: 'R17', information: 'NAME\n6220' }, 'value.unfit'],
    ['a text that is too long', { code: 'R17', information: 'X'.repeat(45) }, 'value.unfit'],
    ['a return after its deadline', { code: 'R03', on: '2026-11-27' }, 'date.late'],
  ])('refuse %s', (_, order, code) => {
    const { problems, file } = makeReturns(payments, [{ ...first, ...order }], stamp)
    expect(file).toBeNull()
    expect(problems).toMatchObject([{ code, batch: 0, entry: 0 }])
  })

  test('hold the deadline of the code, unless told otherwise', () => {
    // Settled on Monday the 23rd: by the opening of Wednesday the 25th.
    expect(makeReturns(payments, [{ ...first, code: 'R03', on: '2026-11-25' }], stamp).problems).toEqual([])
    const late = { ...first, code: 'R03', on: '2026-11-27', evenIfLate: true }
    expect(makeReturns(payments, [late], stamp).problems).toEqual([])
  })

  test('refuse an entry twice, one that is not there, and all problems at once', () => {
    const orders = [
      { ...first, code: 'R03' },
      { ...first, code: 'R02' },
      { batch: 4, entry: 0, code: 'R02' },
    ]
    const codes = makeReturns(payments, orders, stamp).problems.map(({ code }) => code)
    expect(codes).toEqual(['entry.chosen_twice', 'entry.unknown'])
  })

  test('are not made of returns, notifications and advice', () => {
    for (const name of ['returns', 'cor', 'adv']) {
      const { problems } = makeReturns(built(fileWith(SEC_SAMPLES[name] ?? [])), [{ ...first, code: 'R02' }], stamp)
      expect(problems.length).toBeGreaterThan(0)
    }
  })
})

describe('what is answered to a return', () => {
  const returned = right(makeReturns(payments, [{ ...first, code: 'R03' }], stamp))
  const settledOn = '2026-11-25'
  const dishonor = { ...first, code: 'R69', wrongFields: ['01', '03'], settledOn }
  const dishonored = right(dishonorReturns(returned, [dishonor], { ...stamp, firstTraceSequence: 9 }))

  test('a dishonored return copies the original and the return', () => {
    const entry = entryOf(dishonored)
    expect(entry).toMatchObject({
      transactionCode: 21,
      routingNumber: '231380104',
      traceNumber: '091000010000009',
      category: 'dishonored',
    })
    expect(entry.addendaRecords).toMatchObject([
      {
        dishonoredReturnReasonCode: 'R69',
        originalTraceNumber: '091000010000001',
        originalRdfiIdentification: '23138010',
        returnTraceNumber: '231380100000001',
        returnSettlementDate: '329',
        returnReasonCode: '03',
        addendaInformation: '01*03',
      },
    ])
  })

  test('a contested one carries all three traces', () => {
    const order = { ...first, code: 'R76', settledOn: '2026-11-30' }
    const entry = entryOf(right(contestDishonoredReturns(dishonored, [order], stamp)))
    expect(entry).toMatchObject({ routingNumber: '091000019', category: 'contested', traceNumber: '231380100000001' })
    expect(entry.addendaRecords).toMatchObject([
      {
        contestedReturnReasonCode: 'R76',
        originalTraceNumber: '091000010000001',
        returnTraceNumber: '231380100000001',
        returnSettlementDate: '329',
        returnReasonCode: '03',
        dishonoredReturnTraceNumber: '091000010000009',
        dishonoredReturnSettlementDate: '334',
        dishonoredReturnReasonCode: '69',
      },
    ])
  })

  test.each([
    ['R69 without its fields', { ...dishonor, wrongFields: undefined }, 'value.missing'],
    ['fields that there are none of', { ...dishonor, wrongFields: ['08'] }, 'value.missing'],
    ['fields with another code', { ...dishonor, code: 'R67' }, 'code.unsuitable'],
    ['a code of a return', { ...dishonor, code: 'R03', wrongFields: undefined }, 'code.unsuitable'],
    ['an unknown settlement', { ...dishonor, settledOn: undefined }, 'value.missing'],
    ['more than five banking days', { ...dishonor, on: '2026-12-04' }, 'date.late'],
  ])('a dishonor refuses %s', (_, order, code) => {
    expect(dishonorReturns(returned, [order], stamp).problems).toMatchObject([{ code }])
  })

  test.each([
    ['R73 without its dates', { code: 'R73', settledOn }, ['code.unsuitable', 'value.missing']],
    ['an answer to another code', { code: 'R75', settledOn }, ['code.unsuitable']],
    ['more than two banking days', { code: 'R76', settledOn, on: '2026-12-01' }, ['date.late']],
  ])('a contest refuses %s', (_, order, codes) => {
    const { problems } = contestDishonoredReturns(dishonored, [{ ...first, ...order }], stamp)
    expect(problems.map(({ code }) => code)).toEqual(codes)
  })

  test('a payment is neither dishonored nor contested, a return of IAT never', () => {
    expect(dishonorReturns(payments, [dishonor], stamp).problems).toMatchObject([{ code: 'entry.category' }])
    expect(contestDishonoredReturns(returned, [{ ...first, code: 'R76' }], stamp).problems).toMatchObject([
      { code: 'entry.category' },
    ])
    const iat = built(fileWith(SEC_SAMPLES['iat-return'] ?? []))
    expect(dishonorReturns(iat, [dishonor], stamp).problems[0]).toMatchObject({ code: 'batch.sec_excluded' })
  })
})

describe('notifications of change', () => {
  const correction = { changeCode: 'C03', routingNumber: '091000019', accountNumber: '12345678901234567' } as const
  const notified = right(makeNotifications(payments, [{ ...first, correction }], stamp))

  test('are COR entries without money, the corrected data at its positions', () => {
    const entry = entryOf(notified)
    expect(notified.batches[0]?.secCode).toBe('COR')
    expect(entry).toMatchObject({ transactionCode: 21, amountCents: 0, routingNumber: '091000019', category: 'noc' })
    expect(entry.addendaRecords).toMatchObject([
      {
        changeCode: 'C03',
        originalTraceNumber: '091000010000001',
        correctedData: '091000019   12345678901234567',
      },
    ])
  })

  test('of IAT are IATCOR', () => {
    const iat = built(fileWith(SEC_SAMPLES['iat'] ?? []))
    const wrong = { changeCode: 'C01', accountNumber: '98765432109876543211' } as const
    const file = right(makeNotifications(iat, [{ ...first, correction: wrong }], stamp))
    expect(file.batches[0]).toMatchObject({ secCode: 'COR', isIat: true, headerIat: { iatIndicator: 'IATCOR' } })
    expect(entryOf(file).addendaRecords).toMatchObject([{ layout: 'addenda98Iat', correctedData: wrong.accountNumber }])
  })

  test('are refused with the notification copied', () => {
    const file = right(refuseNotifications(notified, [{ ...first, code: 'C62' }], stamp))
    expect(entryOf(file).addendaRecords).toMatchObject([
      {
        layout: 'addenda98Refused',
        refusedChangeCode: 'C62',
        changeCode: 'C03',
        correctedData: '091000019   12345678901234567',
        traceSequenceNumber: '0000001',
      },
    ])
    const late = { ...first, code: 'C62', receivedOn: '2026-11-24', on: '2026-12-10' }
    expect(refuseNotifications(notified, [late], stamp).problems).toMatchObject([{ code: 'date.late' }])
    expect(refuseNotifications(notified, [{ ...first, code: 'C01' }], stamp).problems).toMatchObject([
      { code: 'code.unsuitable' },
    ])
  })

  test.each([
    ['corrected data that cannot be', { changeCode: 'C02', routingNumber: '091000018' }, 'value.unfit'],
    ['a code for IAT', { changeCode: 'C08', receivingBankIdentification: 'X' }, 'code.unsuitable'],
    ['a withdrawn code', { changeCode: 'C04', individualName: 'JANE' }, 'code.unsuitable'],
  ] as const)('refuse %s', (_, wrong, code) => {
    const { problems } = makeNotifications(payments, [{ ...first, correction: wrong }], stamp)
    expect(problems.map((each) => each.code)).toContain(code)
  })

  test('are in time within two banking days', () => {
    const made = (on: string) => makeNotifications(payments, [{ ...first, correction, on }], stamp).problems
    expect(made('2026-11-25')).toEqual([])
    expect(made('2026-11-27')).toMatchObject([{ code: 'date.late' }])
  })
})

describe('acknowledgments', () => {
  const dated = { ...stamp, effectiveEntryDate: '2026-11-25' }
  const asked = (secCode: 'CCD' | 'CTX', transactionCode = 22) => {
    const entry = { ...sampleEntry({ discretionaryData: 'AK', transactionCode }), receivingCompanyName: 'BEST CO' }
    const { individualName: _, ...ctx } = entry
    const { receivingCompanyName: __, ...ccd } = entry
    const { secCode: ___, entries: ____, ...header } = sampleBatch({ companyEntryDescription: 'INVOICES' })
    return built(
      fileWith([secCode === 'CCD' ? { ...header, secCode, entries: [ccd] } : { ...header, secCode, entries: [ctx] }]),
    )
  }

  test.each([
    ['CCD', 'ACK', 22, 24],
    ['CTX', 'ATX', 32, 34],
  ] as const)('of %s are %s without money', (from, to, was, is) => {
    const file = right(makeAcknowledgments(asked(from, was), [{ ...first, text: 'REF*OK\\' }], dated))
    expect(file.batches[0]?.secCode).toBe(to)
    expect(entryOf(file)).toMatchObject({ transactionCode: is, amountCents: 0, addenda: ['REF*OK\\'] })
    expect(entryOf(file).record).toMatchObject({ originalEntryTraceNumber: '091000010000001' })
    const refused = right(refuseAcknowledgments(file, [{ ...first, code: 'A2' }], dated))
    expect(entryOf(refused)).toMatchObject({ discretionaryData: 'A2', routingNumber: '231380104' })
    expect(refuseAcknowledgments(refused, [{ ...first, code: 'A2' }], dated).problems).toMatchObject([
      { code: 'entry.category' },
    ])
  })

  test('are made only when asked for, of credits of companies', () => {
    expect(makeAcknowledgments(payments, [first], dated).problems).toMatchObject([{ code: 'batch.sec_excluded' }])
    expect(makeAcknowledgments(asked('CCD', 27), [first], dated).problems).toMatchObject([
      { code: 'entry.transaction_code' },
    ])
    const silent = built(sampleFile({ batches: [sampleBatch({ secCode: 'CCD' })] }))
    expect(makeAcknowledgments(silent, [first], dated).problems).toMatchObject([{ code: 'value.missing' }])
  })
})

describe('prenotes', () => {
  const when = { ...stamp, effectiveEntryDate: '2026-11-25' }

  test('are the payments without money and addenda', () => {
    const file = right(makePrenotes(payments, when))
    expect(
      [...(file.batches[0]?.entries ?? [])].map(({ transactionCode, amountCents, addendaCount, traceNumber }) => [
        transactionCode,
        amountCents,
        addendaCount,
        traceNumber,
      ]),
    ).toEqual([
      [23, 0, 0, '091000010000003'],
      [38, 0, 0, '091000010000004'],
    ])
  })

  test.each(['ctx', 'iat', 'pos', 'cie', 'tel'])('are right for %s', (name) => {
    const sample = SEC_SAMPLES[name] ?? []
    right(makePrenotes(built(fileWith(sample)), when))
  })

  test('there are none for checks, nor for debits of loans', () => {
    expect(makePrenotes(built(fileWith(SEC_SAMPLES['arc'] ?? [])), when).problems).toMatchObject([
      { code: 'batch.sec_excluded' },
      { code: 'batch.sec_excluded' },
    ])
    expect([22, 27, 32, 37, 42, 47, 52, 55, 21, 24].map(prenoteCodeFor)).toEqual([
      23,
      28,
      33,
      38,
      43,
      48,
      53,
      null,
      null,
      null,
    ])
  })
})

describe('micro-entries', () => {
  const who = {
    secCode: 'PPD',
    companyName: 'ACME TOOLS',
    companyIdentification: '1234567890',
    effectiveEntryDate: '2026-11-23',
    odfiIdentification: '091000019',
  } as const
  const account = {
    routingNumber: '231380104',
    accountNumber: '12345678',
    accountType: 'savings',
    individualName: 'JANE DOE',
  } as const

  test('are two credits, and one debit that takes both back', () => {
    const { batch } = microEntryBatch({ ...who, tests: [{ ...account, creditCents: [12, 7], takeBack: true }] })
    if (!batch) throw new Error('refused')
    const file = built(fileWith([batch]))
    expect([...(file.batches[0]?.entries ?? [])].map((each) => [each.transactionCode, each.amountCents])).toEqual([
      [32, 12],
      [32, 7],
      [37, 19],
    ])
    expect(file.batches[0]?.header.companyEntryDescription).toBe('ACCTVERIFY')
    expect(validateFile(file, { profile: 'originate' }).filter(({ rule }) => rule === 'rule.micro_entry')).toEqual([])
  })

  test.each([
    ['1.00', [100, 7], false],
    ['nothing', [0, 7], false],
    ['parts of cents', [1.5, 7], false],
    ['a debit of 1.00', [50, 50], true],
  ] as const)('refuse %s', (_, creditCents, takeBack) => {
    const { problems } = microEntryBatch({ ...who, tests: [{ ...account, creditCents, takeBack }] })
    expect(problems).toMatchObject([{ code: 'amount.invalid', entry: 0 }])
  })
})

test('a file without control is refused by every operation', () => {
  const lines = new TextDecoder().decode(new Uint8Array(payments.records.bytes)).split('\n').slice(0, 5)
  const { file } = decodeFile(new TextEncoder().encode(lines.join('\n')), { switches: ['allowPartialFile'] })
  if (!file) throw new Error('not read')
  expect(makeReturns(file, [{ ...first, code: 'R03' }], stamp).problems[0]).toMatchObject({ code: 'file.partial' })
})
