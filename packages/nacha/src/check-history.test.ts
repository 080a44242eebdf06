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
