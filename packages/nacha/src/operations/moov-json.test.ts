import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeFile } from '../decode-file.ts'
import { encodeFile } from '../encode-file.ts'
import type { AchFile } from '../file.ts'
import { testFile, testNames } from '../testing/ach-lines.ts'
import { anyFile, built } from '../testing/any-file.ts'
import { fileWith, sampleBatch, sampleEntry, sampleFile } from '../testing/sample-input.ts'
import { SEC_SAMPLES } from '../testing/sec-samples.ts'
import { fromMoovJson } from './from-moov-json.ts'
import { toMoovJson } from './to-moov-json.ts'

/** The records of a file but for its filler, whose number the form does not hold. */
function recordsOf(file: AchFile | null): string[] {
  const lines = file ? new TextDecoder('latin1').decode(encodeFile(file)).trim().split('\n') : []
  return lines.filter((line) => !/^9{94}$/.test(line)).map((line) => line.padEnd(94))
}

describe("a file in moov-io/ach's JSON", () => {
  test('comes back as the same bytes, with nothing left unread', () => {
    fc.assert(
      fc.property(anyFile, (file) => {
        const { file: again, problems, violations, ignored } = fromMoovJson(toMoovJson(file))
        expect({ problems, ignored }).toEqual({ problems: [], ignored: [] })
        expect(violations.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(again && encodeFile(again)).toEqual(encodeFile(file))
      }),
      { numRuns: 150 },
    )
  })

  test.each(Object.keys(SEC_SAMPLES))('comes back as the same bytes: %s', (name) => {
    const file = built(fileWith(SEC_SAMPLES[name] ?? []))
    expect(recordsOf(fromMoovJson(toMoovJson(file)).file)).toEqual(recordsOf(file))
  })

  /** What the form cannot hold, by the records that change: reserved text, a file control that is missing, letters in numbers. */
  const CHANGED: Readonly<Record<string, RegExp>> = {
    'samples/20110805A.ach': /^9/,
    'samples/adv-noFileControl.ach': /^9/,
    'samples/return-no-file-header-control.ach': /^9/,
    'samples/invalid-two-micro-deposits.ach': /8A/,
  }
  const names = ['valid', 'samples'].flatMap((folder) => testNames(folder).map((name) => `${folder}/${name}`))

  test.each(names)('is read back also when it is wrong: %s', (name) => {
    const { file } = decodeFile(testFile(name), { profile: 'lenient' })
    if (!file) return
    const { file: again, problems, ignored } = fromMoovJson(toMoovJson(file), { profile: 'lenient' })
    expect({ problems, ignored }).toEqual({ problems: [], ignored: [] })
    const kept = (each: AchFile | null) => recordsOf(each).filter((record) => !CHANGED[name]?.test(record))
    expect(kept(again)).toEqual(kept(file))
  })

  test('keeps amounts that no number holds exactly', () => {
    const file = built(fileWith(SEC_SAMPLES['iat'] ?? []))
    const bytes = new TextDecoder('latin1').decode(encodeFile(file)).replace(/^(710...)\d{18}/m, '$1987654321098765433')
    const { file: large } = decodeFile(new TextEncoder().encode(bytes))
    if (!large) throw new Error('not read')
    expect(toMoovJson(large)).toContain('"foreignPaymentAmount": 987654321098765433,')
    expect(recordsOf(fromMoovJson(toMoovJson(large)).file)).toEqual(recordsOf(large))
  })

  test('has the members of moov-io/ach', () => {
    const entry = sampleEntry({ addenda: ['REF*1\\'] })
    const text = toMoovJson(built(sampleFile({ batches: [sampleBatch({ entries: [entry] })] })))
    expect(JSON.parse(text)).toEqual({
      fileHeader: {
        immediateDestination: '091000019',
        immediateOrigin: '1234567890',
        fileCreationDate: '261120',
        fileCreationTime: '0915',
        fileIDModifier: 'A',
        immediateDestinationName: '',
        immediateOriginName: '',
        referenceCode: '',
      },
      batches: [
        {
          batchHeader: {
            serviceClassCode: 220,
            companyName: 'ACME TOOLS',
            companyDiscretionaryData: '',
            companyIdentification: '1234567890',
            standardEntryClassCode: 'PPD',
            companyEntryDescription: 'PAYROLL',
            companyDescriptiveDate: '',
            effectiveEntryDate: '261123',
            settlementDate: '',
            originatorStatusCode: 1,
            ODFIIdentification: '09100001',
            batchNumber: 1,
          },
          entryDetails: [
            {
              transactionCode: 22,
              RDFIIdentification: '23138010',
              checkDigit: '4',
              DFIAccountNumber: '12345678',
              amount: 124_050,
              identificationNumber: ' '.repeat(15),
              individualName: 'JANE DOE'.padEnd(22),
              discretionaryData: '  ',
              addendaRecordIndicator: 1,
              traceNumber: '091000010000001',
              addenda05: [
                {
                  typeCode: '05',
                  paymentRelatedInformation: 'REF*1\\',
                  sequenceNumber: 1,
                  entryDetailSequenceNumber: 1,
                },
              ],
              category: 'Forward',
            },
          ],
          batchControl: {
            serviceClassCode: 220,
            entryAddendaCount: 2,
            entryHash: 23_138_010,
            totalDebit: 0,
            totalCredit: 124_050,
            companyIdentification: '1234567890',
            messageAuthentication: '',
            ODFIIdentification: '09100001',
            batchNumber: 1,
          },
          offset: null,
        },
      ],
      IATBatches: [],
      fileControl: {
        batchCount: 1,
        blockCount: 1,
        entryAddendaCount: 2,
        entryHash: 23_138_010,
        totalDebit: 0,
        totalCredit: 124_050,
      },
      NotificationOfChange: [],
      ReturnEntries: [],
      validateOpts: null,
    })
  })

  test('repeats returns and notifications in their lists, names the kind of each entry, and has IAT and ADV apart', () => {
    const pages = Object.entries(SEC_SAMPLES).map(([name, batches]) => {
      return [name, JSON.parse(toMoovJson(built(fileWith(batches)))) as Record<string, unknown[]>] as const
    })
    const all = JSON.stringify(pages)
    for (const kind of ['Forward', 'Return', 'NOC', 'DishonoredReturn', 'DishonoredReturnContested']) {
      expect(all).toContain(`"category":"${kind}"`)
    }
    const members = [
      'addenda02',
      'addenda98',
      'addenda98Refused',
      'addenda99',
      'addenda99Dishonored',
      'addenda99Contested',
    ]
    for (const member of [
      ...members,
      'addenda10',
      'addenda18',
      'advEntryDetails',
      'advBatchControl',
      'fileADVControl',
    ]) {
      expect(all).toContain(`"${member}":`)
    }
    for (const [name, page] of pages) {
      for (const each of [...(page['NotificationOfChange'] ?? []), ...(page['ReturnEntries'] ?? [])]) {
        expect([name, page['batches']]).toEqual([name, expect.arrayContaining([each])])
      }
    }
    expect(pages.some(([, page]) => page['NotificationOfChange']?.length)).toBe(true)
    expect(pages.some(([, page]) => page['ReturnEntries']?.length)).toBe(true)
  })

  test('can be masked, and is refused then', () => {
    const text = toMoovJson(built(sampleFile()), { masked: true })
    for (const number of ['12345678', '231380104', '23138010', '091000019']) expect(text).not.toContain(number)
    expect(fromMoovJson(text).problems).toContainEqual(expect.objectContaining({ path: '/masked' }))
  })

  test('keeps addenda that no member is for, and damage it can hold', () => {
    const original = encodeFile(built(fileWith([...(SEC_SAMPLES['iat'] ?? []), ...(SEC_SAMPLES['ctx'] ?? [])])))
    const lines = new TextDecoder('latin1').decode(original)
    for (const [from, to] of [
      [/^705/m, '742'],
      [/^716/m, '712'],
      [/ACME TOOLS {6}/, ' ACME TOOLS     '],
      [/^(6.{78})1.{15}/m, '$11               '],
    ] as const) {
      const { file } = decodeFile(new TextEncoder().encode(lines.replace(from, to)))
      if (!file) throw new Error('not read')
      const sorted = (each: AchFile | null) => recordsOf(each).toSorted()
      expect(sorted(fromMoovJson(toMoovJson(file)).file)).toEqual(sorted(file))
    }
  })
})
