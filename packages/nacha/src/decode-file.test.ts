import { describe, expect, test } from 'vitest'
import { decodeFile } from './decode-file.ts'
import { bytesOf, drop, type Edit, put, repeatAfter, testFile, testLines } from './testing/ach-lines.ts'

const edited = (edit: Edit) => decodeFile(bytesOf(edit(testLines('valid/payroll-and-collection.ach'))))

describe('decodeFile', () => {
  test.each<[string, Edit]>([
    ['no records', () => []],
    ['no file header', drop(1)],
    ['no file control', drop(13, 20)],
    ['no batch header', drop(2)],
    ['no batch control', drop(7)],
    ['a record of no known type', put(3, 1, 'X')],
  ])('gives no file for %s, and says why', (_, edit) => {
    const { file, violations } = edited(edit)
    expect(file).toBeNull()
    expect(violations.some(({ severity }) => severity === 'error')).toBe(true)
  })

  test('gives a file whose numbers are wrong: what they say is not its business', () => {
    const { file, violations } = edited(put(13, 32, '000000000001'))
    expect(file?.control.totalDebitAmount).toBe(1)
    expect(violations).toEqual([])
  })

  test('reads a number that is none as NaN and a date that is none as it stands', () => {
    const { file } = edited((lines) => put(2, 70, '261399')(put(3, 30, '00001240X0')(lines)))
    expect(file?.batches[0]?.entries.at(0)?.amountCents).toBeNaN()
    expect(file?.batches[0]?.header.effectiveEntryDate).toBe('261399')
  })

  test('finds the entries of a batch by index, with or without addenda between them', () => {
    const { file } = decodeFile(testFile('valid/payroll-and-collection.ach'))
    const entries = file?.batches[0]?.entries
    expect(entries?.length).toBe(3)
    expect([0, 1, 2].map((index) => entries?.at(index)?.line)).toEqual([3, 4, 6])
    expect(entries?.at(1)?.addenda).toEqual(['NOVEMBER'])
    expect([-1, 3, 0.5].map((index) => entries?.at(index))).toEqual([undefined, undefined, undefined])
  })

  test('reads a batch of an SEC code it does not check with the common layout', () => {
    const { file } = decodeFile(testFile('samples/web-debit.ach'))
    expect(file?.batches[0]?.header.standardEntryClassCode).toBe('WEB')
    expect(file?.batches[0]?.entries.at(0)?.routingNumber).toMatch(/^\d{9}$/)
  })

  test('lists at most so many violations', () => {
    const { violations } = decodeFile(bytesOf(Array.from({ length: 50 }, () => 'X')), { maxViolations: 5 })
    expect(violations).toHaveLength(6)
    expect(violations.at(-1)).toMatchObject({ rule: 'violations.limit', severity: 'error' })
  })

  test('a second batch control is a batch without header', () => {
    expect(edited(repeatAfter(7, 7)).violations.map(({ rule, line }) => [rule, line])).toEqual([
      ['parse.batch.missing_header', 8],
    ])
  })
})
