import { describe, expect, test } from 'vitest'
import { decodeFile } from './decode-file.ts'
import { SWITCHES } from './switch-rules.ts'
import type { SwitchName } from './switches.ts'
import { testFile, testLines } from './testing/ach-lines.ts'
import { fileFaults } from './testing/all-faults.ts'
import { validateFile } from './validate-file.ts'

describe('a switch turns the findings of its rules into information', () => {
  test.each(Object.entries(SWITCHES))('%s', (name, rules: readonly string[]) => {
    const faults = fileFaults.filter(({ rule }) => rules.includes(rule))
    expect(faults.length).toBeGreaterThan(0)
    for (const { rule, profile, base, edits, toBytes, options } of faults) {
      const bytes = toBytes(edits.reduce((lines, edit) => edit(lines), testLines(`valid/${base}.ach`)))
      const switches = [name as SwitchName]
      const found = validateFile(bytes, { ...options, profile, severities: {}, switches })
      for (const each of found) if (each.rule === rule) expect(each.severity).toBe('info')
    }
  })
})

test('the lenient profile has them on, unless they are named', () => {
  const bytes = testFile('samples/ppd-debit-invalid-entryDetail-checkDigit.ach')
  const weights = (options: Parameters<typeof validateFile>[1]) =>
    validateFile(bytes, options)
      .filter(({ rule }) => rule === 'entry.rdfi.check_digit')
      .map(({ severity }) => severity)
  expect(weights({})).toEqual(['error'])
  expect(weights({ profile: 'lenient' })).toEqual(['info'])
  expect(weights({ profile: 'lenient', switches: ['allowZeroBatches'] })).toEqual(['error'])
  expect(weights({ severities: { 'entry.rdfi.check_digit': 'off' } })).toEqual([])
})

describe('partial files', () => {
  const partial = testFile('samples/return-no-file-header-control.ach')

  test('are no file unless that is allowed', () => {
    expect(decodeFile(partial).file).toBeNull()
    const { file } = decodeFile(partial, { switches: ['allowMissingFileHeader', 'allowMissingFileControl'] })
    expect(file?.header.immediateOrigin).toBe('')
    expect(file?.batches.map(({ secCode, entries }) => [secCode, entries.length])).toEqual([['WEB', 1]])
  })

  test('entries without any batch header are read with the common layout', () => {
    const [, , entry = ''] = testLines('valid/payroll-and-collection.ach')
    const bytes = new TextEncoder().encode(`${entry}\n`)
    const { file } = decodeFile(bytes, { switches: ['allowPartialFile'] })
    expect(file?.batches[0]?.secCode).toBeNull()
    expect(file?.batches[0]?.entries.at(0)?.accountNumber).not.toBe('')
    expect(validateFile(bytes, { switches: ['allowPartialFile'] }).every(({ severity }) => severity === 'info')).toBe(
      true,
    )
  })
})
