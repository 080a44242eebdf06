import { expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import { decodeFile } from './decode-file.ts'
import type { History } from './history/history.ts'
import { RECORD_LAYOUTS } from './record-layouts.ts'
import { RULES } from './rules/rules.ts'
import { bytesOf, type Edit, put, testLines } from './testing/ach-lines.ts'
import { historyFaults } from './testing/history-faults.ts'

test.each(historyFaults)('$rule is found by the past that breaks it, and only by that', (fault) => {
  const { rule, base, edits, past, fine, at } = fault
  const { file } = decodeFile(bytesOf(edits.reduce((lines, edit) => edit(lines), testLines(`valid/${base}.ach`))))
  if (!file) throw new Error('the file reads')
  const [found, ...others] = checkHistory(file, past, { at: at?.late })
  expect([found?.rule, others]).toEqual([rule, []])
  expect(found?.severity).toBe(RULES[rule].standard)
  const columns = RECORD_LAYOUTS.map(({ field }) => field[found?.field ?? 'recordType']?.column)
  expect(columns).toContain(found?.column)
  expect(checkHistory(file, fine, { at: at?.inTime })).toEqual([])
  expect(checkHistory(file, {})).toEqual([])
})

test('a file whose dates are none, or that has no header, is asked what can be asked', () => {
  const lines = testLines('valid/returns.ach')
  const late = { settlementOf: () => '2026-01-05', earlierOf: () => null, prenoteOf: () => '2026-11-19' } as const
  const rulesOf = (edited: readonly string[], asOf?: string) => {
    const { file } = decodeFile(bytesOf(edited), { switches: ['allowPartialFile'] })
    if (!file) throw new Error('the file reads')
    return new Set(checkHistory(file, late, { asOf }).map(({ rule }) => rule))
  }
  const undated = lines.map((line) => (line.startsWith('1') ? `${line.slice(0, 23)}261399${line.slice(29)}` : line))
  const headless = lines.filter((line) => !/^[19]/.test(line))
  for (const edited of [undated, headless]) {
    expect([...rulesOf(edited)]).toEqual([])
    expect([...rulesOf(edited, '2026-11-20')]).toEqual(['date.return.late'])
  }
  const [header = '', batch = '', ...rest] = testLines('valid/payroll-and-collection.ach')
  const withoutDay = [header, `${batch.slice(0, 69)}000000${batch.slice(75)}`, ...rest]
  expect([...rulesOf(withoutDay)]).toEqual(['date.prenote.wait'])
})

/** Rule, line and column of what a past says of a file. */
function places(base: string, edits: readonly Edit[], past: History, at?: string): string[] {
  const { file } = decodeFile(bytesOf(edits.reduce((lines, edit) => edit(lines), testLines(`valid/${base}.ach`))))
  if (!file) throw new Error('the file reads')
  return checkHistory(file, past, { at }).map(({ rule, line, column }) => `${rule} ${line}:${column}`)
}

const earlier = (settledOn: string, timesSentAgain = 0): History => ({
  earlierOf: () => ({
    settledOn,
    timesSentAgain,
    amountCents: 12_500,
    companyName: 'ACME TOOLS',
    companyIdentification: '1234567890',
  }),
})
const described = (text: string) => [put(2, 54, text.padEnd(10))]

test('an answer that is late is told of on the line of its addenda', () => {
  const past: History = { settlementOf: () => '2026-11-17', toldOn: () => '2026-11-20' }
  expect(places('iat-return', [], past)).toEqual([
    'date.return.late 11:4',
    'date.noc.apply_by 15:4',
    'date.noc.late 15:4',
  ])
})

test('only a notification of change is applied', () => {
  expect(places('returns', [], { toldOn: () => '2026-11-20' })).toEqual([])
})

test('a fee is late from the 46th day on', () => {
  expect(places('arc', described('RETURN FEE'), earlier('2026-10-09'))).toEqual([])
  expect(places('arc', described('RETURN FEE'), earlier('2026-10-08'))).toEqual(['rule.return_fee 3:1'])
})

test.each(['PAYMENT', 'REVERSAL', 'RETURN FEE'])('a payment described as %s is not one that is sent again', (text) => {
  expect(places('arc', described(text), earlier('2026-11-17', 9))).toEqual([])
})

test('a return of what was reversed is no reversal', () => {
  expect(places('returns', described('REVERSAL'), earlier('2026-01-05'))).toEqual([])
})

test('a prenote is waited for by a payment of one cent, not by another prenote', () => {
  const past: History = { prenoteOf: () => '2026-11-20' }
  expect(places('prenotes', [], past)).toEqual([])
  expect(places('pop', [put(3, 30, '0000000001')], past)).toEqual(['date.prenote.wait 3:2'])
})

test('a batch of credits and debits that comes too late is told of once', () => {
  expect(places('web', [put(10, 70, '261120')], {}, '2026-11-20T16:45:01-05:00')).toEqual([
    'date.same_day.window 10:70',
  ])
})
