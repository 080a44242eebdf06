import { expect, test } from 'vitest'
import { decodeFile } from '../decode-file.ts'
import { encodeFile } from '../encode-file.ts'
import { type Edit, put } from '../testing/ach-lines.ts'
import { built } from '../testing/any-file.ts'
import { sampleBatch, sampleEntry, sampleFile } from '../testing/sample-input.ts'
import { balanceFile } from './balance-file.ts'
import { flattenBatches } from './flatten-batches.ts'
import { mergeFiles } from './merge-files.ts'
import { segmentFile } from './segment-file.ts'

const entries = [sampleEntry({ amountCents: 100 }), sampleEntry({ amountCents: 250, transactionCode: 27 })]
const whole = built(sampleFile({ batches: [sampleBatch({ entries }), sampleBatch({ entries })] }))

/** Lines: 1 file header; 2, 6 batch headers; 5, 9 batch controls. */
function edited(...edits: Edit[]) {
  const lines = new TextDecoder().decode(encodeFile(whole)).trimEnd().split('\n')
  const text = edits.reduce((each, edit) => edit(each), lines).join('\n')
  const { file } = decodeFile(new TextEncoder().encode(text))
  if (!file) throw new Error('not read')
  return file
}

const account = { routingNumber: '091000019', accountNumber: '5550001', accountType: 'checking', name: 'ACME' } as const

test('batches that settled on other days, or of another status, stay apart', () => {
  const settled = edited(put(2, 76, '327'), put(6, 76, '328'))
  const flat = flattenBatches(settled).file
  expect(flat?.batches.map(({ header }) => header.settlementDate)).toEqual(['327', '328'])
  const federal = flattenBatches(edited(put(6, 79, '2'))).file
  expect(federal?.batches.map(({ header }) => header.originatorStatusCode)).toEqual(['1', '2'])
  expect(flattenBatches(whole).file?.batches).toHaveLength(1)
})

test('the form of the parties is kept to the byte', () => {
  const leadingZero = edited(put(1, 4, '0091000019'))
  const [merged] = mergeFiles([leadingZero], { validation: { profile: 'lenient' } }).files
  expect(merged?.file.header.immediateDestination).toBe('0091000019')
})

test('a batch with an authentication code is kept whole or refused', () => {
  const signed = edited(put(5, 55, 'A1B2C3D4'))
  const flat = flattenBatches(signed).file
  expect(flat?.batches.map(({ control }) => control.messageAuthenticationCode)).toEqual(['A1B2C3D4', ''])
  const refused = { code: 'batch.authenticated', batch: 0 }
  expect(segmentFile(signed).problems).toMatchObject([refused])
  expect(balanceFile(signed, { account }).problems).toMatchObject([refused])
  expect(mergeFiles([signed], { maxEntries: 1 }).problems[0]).toMatchObject({ code: 'batch.indivisible', batch: 0 })
})

test('what breaks the rules is refused with its violations, unless they are switched off', () => {
  const wrong = edited(put(3, 12, '9'))
  const { file, problems, violations } = flattenBatches(wrong)
  expect(file).toBeNull()
  expect(problems).toMatchObject([{ code: 'file.invalid' }])
  expect(violations.map(({ rule }) => rule)).toContain('entry.rdfi.check_digit')
  expect(flattenBatches(wrong, { validation: { switches: ['allowInvalidCheckDigit'] } }).file).not.toBeNull()
})

test('debits have a limit of their own', () => {
  const { files } = mergeFiles([whole], { maxDebitCents: 250 })
  expect(files.map(({ file }) => file.control.totalDebitAmount)).toEqual([250, 250])
  expect(mergeFiles([whole], { maxDebitCents: 249 }).problems.map(({ code }) => code)).toContain('entry.over_limit')
})
