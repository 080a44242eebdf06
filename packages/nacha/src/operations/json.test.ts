import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeFile } from '../decode-file.ts'
import { encodeFile } from '../encode-file.ts'
import { testFile, testNames } from '../testing/ach-lines.ts'
import { anyFile, built } from '../testing/any-file.ts'
import { fileWith, sampleBatch, sampleEntry, sampleFile } from '../testing/sample-input.ts'
import { SEC_SAMPLES } from '../testing/sec-samples.ts'
import { fromJson } from './from-json.ts'
import { toJson, toJsonText } from './to-json.ts'

const through = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('JSON', () => {
  test('of any file comes back as the same bytes', () => {
    fc.assert(
      fc.property(anyFile, (file) => {
        const { file: again, problems, violations } = fromJson(through(toJson(file)))
        expect(problems).toEqual([])
        expect(violations.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(again && encodeFile(again)).toEqual(encodeFile(file))
      }),
      { numRuns: 80 },
    )
  })

  test('as text, entry by entry, is the text of the whole', () => {
    fc.assert(
      fc.property(anyFile, fc.boolean(), (file, masked) => {
        expect([...toJsonText(file, { masked })].join('')).toBe(JSON.stringify(toJson(file, { masked }), null, 2))
      }),
      { numRuns: 40 },
    )
    for (const name of testNames('samples')) {
      const { file } = decodeFile(testFile(`samples/${name}`), { profile: 'lenient' })
      if (file) expect([...toJsonText(file)].join('')).toBe(JSON.stringify(toJson(file), null, 2))
    }
  })

  test('carries what is wrong in a file, too', () => {
    const names = testNames('samples')
    expect(names.length).toBeGreaterThan(5)
    for (const name of names) {
      const { file } = decodeFile(testFile(`samples/${name}`), { profile: 'lenient' })
      if (!file) continue
      const { file: again, problems } = fromJson(through(toJson(file)), { profile: 'lenient' })
      expect(problems).toEqual([])
      expect(again && encodeFile(again)).toEqual(encodeFile(file))
    }
  })

  test('of mutated files comes back as the same bytes', () => {
    const file = built(fileWith([...(SEC_SAMPLES['iat'] ?? []), ...(SEC_SAMPLES['ctx'] ?? [])]))
    const original = encodeFile(file)
    const mutation = fc.tuple(
      fc.nat(original.length - file.structure.fillerCount * 95 - 1),
      fc.integer({ min: 0x20, max: 0xff }),
    )
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 12 }), (mutations) => {
        const bytes = original.slice()
        for (const [at, byte] of mutations) if (bytes[at] !== 0x0a) bytes[at] = byte
        const { file: mutated } = decodeFile(bytes)
        fc.pre(mutated !== null)
        const { file: again, problems } = fromJson(through(toJson(mutated as typeof file)))
        expect(problems).toEqual([])
        expect(again && encodeFile(again)).toEqual(bytes)
      }),
      { numRuns: 300 },
    )
  })

  test('has the documented shape', () => {
    const entry = sampleEntry({ addenda: ['REF*1\\'] })
    expect(toJson(built(sampleFile({ batches: [sampleBatch({ entries: [entry] })] })))).toEqual({
      format: 'fistworks.nacha/1',
      header: {
        immediateDestination: ' 091000019',
        immediateOrigin: '1234567890',
        fileCreationDate: '2026-11-20',
        fileCreationTime: '0915',
        fileIdModifier: 'A',
      },
      batches: [
        {
          header: {
            serviceClassCode: 220,
            companyName: 'ACME TOOLS',
            companyIdentification: '1234567890',
            secCode: 'PPD',
            companyEntryDescription: 'PAYROLL',
            effectiveEntryDate: '2026-11-23',
            originatorStatusCode: '1',
            odfiIdentification: '09100001',
            batchNumber: 1,
          },
          entries: [
            {
              transactionCode: 22,
              routingNumber: '231380104',
              accountNumber: '12345678',
              amountCents: 124_050,
              individualName: 'JANE DOE',
              addendaRecordIndicator: 1,
              traceNumber: '091000010000001',
              addenda: [
                {
                  layout: 'addenda05',
                  paymentRelatedInformation: 'REF*1\\',
                  addendaSequenceNumber: 1,
                  entryDetailSequenceNumber: '0000001',
                },
              ],
            },
          ],
          control: {
            serviceClassCode: 220,
            entryAddendaCount: 2,
            entryHash: 23_138_010,
            totalDebitCents: 0,
            totalCreditCents: 124_050,
            companyIdentification: '1234567890',
            odfiIdentification: '09100001',
            batchNumber: 1,
          },
        },
      ],
      control: {
        batchCount: 1,
        blockCount: 1,
        entryAddendaCount: 2,
        entryHash: 23_138_010,
        totalDebitCents: 0,
        totalCreditCents: 124_050,
      },
    })
  })

  const json = () =>
    through(toJson(built(sampleFile()))) as Record<string, never> & { batches: Record<string, never>[] }

  test('without controls has them worked out; with wrong ones it says so and repairs nothing', () => {
    const { control: _, batches, ...rest } = json()
    const without = { ...rest, batches: batches.map(({ control: __, ...batch }) => batch) }
    const made = fromJson(without)
    expect(made.file && encodeFile(made.file)).toEqual(encodeFile(built(sampleFile())))
    const wrong = json() as unknown as { control: { totalCreditCents: number } }
    wrong.control.totalCreditCents = 1
    const { file, violations } = fromJson(wrong)
    expect(violations.map(({ rule }) => rule)).toContain('file.control.total_credit')
    expect(file?.control.totalCreditAmount).toBe(1)
  })

  test.each([
    ['no object', 7, ''],
    ['another format', { ...json(), format: 'x' }, '/format'],
    ['a name that is not known', { ...json(), contol: {} }, '/contol'],
    ['what was masked', through(toJson(built(sampleFile()), { masked: true })), '/masked'],
    ['batches that are no list', { ...json(), batches: {} }, '/batches'],
    [
      'an entry that is no object',
      { ...json(), batches: [{ ...json().batches[0], entries: [null] }] },
      '/batches/0/entries/0',
    ],
  ])('refuses %s and says where', (_, given, path) => {
    const { file, problems } = fromJson(given)
    expect(file).toBeNull()
    expect(problems.map((each) => 'path' in each && each.path)).toContain(path)
  })

  test.each([
    ['amountCents', '12.50'],
    ['amountCents', 12.5],
    ['amountCents', undefined],
    ['routingNumber', '23138010'],
    ['accountNumber', '1'.repeat(18)],
    ['individualName', 'JANE\n6220'],
    ['individualName', 'ж'],
    ['traceNumber', '1'],
    ['individualNam', 'JANE'],
  ])('refuses %s %j with its path, without the value', (name, value) => {
    const given = json()
    const [batch] = given.batches as unknown as { entries: Record<string, unknown>[] }[]
    const [entry] = batch?.entries ?? []
    if (!entry) throw new Error('no entry')
    if (value === undefined) delete entry[name]
    else entry[name] = value
    const { problems } = fromJson(given)
    expect(problems).toMatchObject([{ path: `/batches/0/entries/0/${name}` }])
    expect(JSON.stringify(problems)).not.toContain('1'.repeat(18))
  })

  test('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void fromJson(value)))
    fc.assert(fc.property(fc.jsonValue(), (batches) => void fromJson({ ...json(), batches })))
    fc.assert(
      fc.property(
        fc.jsonValue(),
        (entries) => void fromJson({ ...json(), batches: [{ ...json().batches[0], entries }] }),
      ),
    )
  })
})
