import { expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import { decodeFile } from './decode-file.ts'
import { RECORD_LAYOUTS } from './record-layouts.ts'
import { RULES } from './rules/rules.ts'
import { bytesOf, testLines } from './testing/ach-lines.ts'
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
