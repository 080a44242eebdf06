import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFile } from '../decode-file.ts'
import { encodeFile } from '../encode-file.ts'
import type { AchFile } from '../file.ts'
import { anyFile, built } from '../testing/any-file.ts'
import { fileWith } from '../testing/sample-input.ts'
import { SEC_SAMPLES } from '../testing/sec-samples.ts'
import { validateFile } from '../validate-file.ts'
import { isAcceptable } from '../violation.ts'
import { balanceFile } from './balance-file.ts'
import { contestDishonoredReturns } from './contest-dishonored.ts'
import { describeFile } from './describe-file.ts'
import { diffFiles } from './diff-files.ts'
import { dishonorReturns } from './dishonor-returns.ts'
import { flattenBatches } from './flatten-batches.ts'
import { makeAcknowledgments } from './make-acknowledgments.ts'
import { makeNotifications } from './make-notifications.ts'
import { makePrenotes } from './make-prenotes.ts'
import { makeReturns } from './make-returns.ts'
import { mergeFiles } from './merge-files.ts'
import { refuseNotifications } from './refuse-notifications.ts'
import { reverseFile } from './reverse-file.ts'
import { segmentFile } from './segment-file.ts'
import { toJson } from './to-json.ts'

const stamp = { fileCreationDate: '2026-11-24', fileIdModifier: 'A', effectiveEntryDate: '2026-11-25' }
const account = { routingNumber: '091000019', accountNumber: '5550001', accountType: 'checking', name: 'ACME' } as const
const correction = { changeCode: 'C05', transactionCode: 32 } as const

const ordersFor = (file: AchFile) =>
  file.batches.flatMap(({ entries }, batch) => Array.from(entries, (_, entry) => ({ batch, entry })))

/** Every operation that makes a file of one, with all entries that there are. */
const OPERATIONS: Readonly<Record<string, (file: AchFile) => readonly (AchFile | null)[]>> = {
  mergeFiles: (file) => mergeFiles([file, file], { maxLines: 40 }).files.map((each) => each.file),
  flattenBatches: (file) => [flattenBatches(file).file],
  segmentFile: (file) => [segmentFile(file).credits, segmentFile(file).debits],
  balanceFile: (file) => [balanceFile(file, { account }).file, balanceFile(file, { account, place: 'own' }).file],
  reverseFile: (file) => [reverseFile(file, { ...stamp, at: '2026-11-24T15:00:00Z', evenIfLate: true }).file],
  makeReturns: (file) => [
    makeReturns(
      file,
      ordersFor(file).map((order) => ({ ...order, code: 'R02' })),
      stamp,
    ).file,
  ],
  dishonorReturns: (file) => [
    dishonorReturns(
      file,
      ordersFor(file).map((order) => ({ ...order, code: 'R67', settledOn: '2026-11-25' })),
      stamp,
    ).file,
  ],
  contestDishonoredReturns: (file) => [
    contestDishonoredReturns(
      file,
      ordersFor(file).map((order) => ({ ...order, code: 'R71' })),
      stamp,
    ).file,
  ],
  makeNotifications: (file) => [
    makeNotifications(
      file,
      ordersFor(file).map((order) => ({ ...order, correction })),
      stamp,
    ).file,
  ],
  refuseNotifications: (file) => [
    refuseNotifications(
      file,
      ordersFor(file).map((order) => ({ ...order, code: 'C61' })),
      stamp,
    ).file,
  ],
  makeAcknowledgments: (file) => [makeAcknowledgments(file, ordersFor(file), stamp).file],
  makePrenotes: (file) => [makePrenotes(file, stamp).file],
}

const original = encodeFile(
  built(
    fileWith(
      Object.values(SEC_SAMPLES)
        .flat()
        .filter(({ secCode }) => secCode !== 'ADV'),
    ),
  ),
)
const mutation = fc.tuple(fc.nat(original.length - 1), fc.integer({ min: 0x20, max: 0xff }))
const mutatedFile = fc
  .array(mutation, { minLength: 1, maxLength: 20 })
  .map((mutations) => {
    const bytes = original.slice()
    for (const [at, byte] of mutations) if (bytes[at] !== 0x0a) bytes[at] = byte
    return decodeFile(bytes).file
  })
  .filter((file) => file !== null)

test.each(Object.entries(OPERATIONS))('%s makes a file that is right, or none, and never throws', (_, operation) => {
  fc.assert(
    fc.property(fc.oneof(anyFile, mutatedFile), (file) => {
      const before = encodeFile(file)
      for (const made of operation(file)) if (made) expect(isAcceptable(validateFile(made))).toBe(true)
      expect(encodeFile(file)).toEqual(before)
    }),
    { numRuns: 60 },
  )
})

test('showing a damaged file never throws', () => {
  fc.assert(
    fc.property(mutatedFile, anyFile, (file, other) => {
      describeFile(file)
      diffFiles(file, other)
      toJson(file, { masked: true })
    }),
    { numRuns: 60 },
  )
})
