import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { buildFile } from './build-file.ts'
import { decodeFile } from './decode-file.ts'
import type { FileInput } from './input.ts'
import { makeNotifications } from './operations/make-notifications.ts'
import { testFile } from './testing/ach-lines.ts'
import { sampleFile } from './testing/sample-input.ts'
import { type ValidateOptions, validateFile } from './validate-file.ts'

const bytes = testFile('valid/payroll-and-collection.ach')

/** What comes from JSON has no type that a compiler has looked at. */
const untyped = <Shape>(value: unknown): Shape => JSON.parse(JSON.stringify(value))

describe('options that are not known are refused, so that nothing is checked less than was meant', () => {
  test.each([
    [{ profile: 'Originate' }, "profile 'Originate'"],
    [{ switches: ['allowAnything'] }, "switch 'allowAnything'"],
    [{ severities: { 'entry.rdfi.check_digit': 'fatal' } }, "severity 'fatal' of entry.rdfi.check_digit"],
  ])('%j', (options, words) => {
    expect(() => validateFile(bytes, untyped<ValidateOptions>(options))).toThrow(new RangeError(`Not known: ${words}`))
  })
})

describe('a file is given as bytes', () => {
  test.each([['101 091000019'], [null], [{ header: {} }]])('%j is refused by name', (given) => {
    expect(() => validateFile(untyped<Uint8Array>(given))).toThrow(/^Expected the bytes of a file, as new TextEncoder/)
    expect(() => decodeFile(untyped<Uint8Array>(given))).toThrow(/^Expected the bytes of a file, as new TextEncoder/)
  })

  test('bytes of another realm are bytes', () => {
    const foreign: Uint8Array = runInNewContext('new Uint8Array(length)', { length: bytes.length })
    foreign.set(bytes)
    expect(foreign).not.toBeInstanceOf(Uint8Array)
    expect(validateFile(foreign, { profile: 'originate' })).toEqual([])
    expect(decodeFile(foreign).file?.batches).toHaveLength(2)
  })
})

describe('an input that is no file names the place', () => {
  const [batch] = sampleFile().batches
  const [entry] = batch?.entries ?? []
  const ofBatch = (changes: object) => ({ ...sampleFile(), batches: [{ ...batch, ...changes }] })
  const ofEntry = (changes: object) => ofBatch({ entries: [{ ...entry, ...changes }] })
  test.each([
    [null, '', 'build.field.format'],
    [{}, '/batches', 'build.field.format'],
    [{ batches: [null] }, '/batches/0', 'build.field.format'],
    [ofBatch({ secCode: 'ppd' }), '/batches/0/secCode', 'batch.header.sec'],
    [ofBatch({ odfiIdentification: null }), '/batches/0/odfiIdentification', 'batch.header.odfi.format'],
    [ofBatch({ entries: null }), '/batches/0/entries', 'build.field.format'],
    [ofBatch({ entries: [null] }), '/batches/0/entries/0', 'build.field.format'],
    [ofEntry({ accountNumber: 12_345_678 }), '/batches/0/entries/0/accountNumber', 'build.field.format'],
    [ofEntry({ accountNumber: null }), '/batches/0/entries/0/accountNumber', 'entry.account.required'],
    [ofEntry({ routingNumber: null }), '/batches/0/entries/0/routingNumber', 'entry.rdfi.format'],
    [ofEntry({ individualName: 5 }), '/batches/0/entries/0/individualName', 'build.field.format'],
    [ofEntry({ individualName: null }), '/batches/0/entries/0/individualName', 'entry.name.required'],
    [ofEntry({ addenda: 'INVOICE' }), '/batches/0/entries/0/addenda', 'build.field.format'],
    [ofEntry({ addenda: [{ layout: 'addenda06' }] }), '/batches/0/entries/0/addenda/0', 'build.field.format'],
  ])('%#', (input, path, rule) => {
    const { file, violations } = buildFile(untyped<FileInput>(input))
    expect(file).toBeNull()
    expect(violations.map((each) => [each.path, each.rule])).toEqual([[path, rule]])
  })
})

test('a correction without change code is a problem, no exception', () => {
  const { file } = buildFile(sampleFile())
  if (!file) throw new Error('the sample is right')
  const order = untyped<{ batch: number; entry: number; correction: { changeCode: 'C13'; text: string } }>({
    batch: 0,
    entry: 0,
    correction: { text: '' },
  })
  const stamp = { fileCreationDate: '2026-11-24', fileIdModifier: 'A' } as const
  expect(makeNotifications(file, [order], stamp).problems.map(({ code }) => code)).toEqual([
    'code.unsuitable',
    'value.unfit',
  ])
})
