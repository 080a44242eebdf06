import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { buildFile } from '../build-file.ts'
import { encodeFile } from '../encode-file.ts'
import { RECORD_LAYOUTS } from '../record-layouts.ts'
import { bytesOf, put, testFile, testLines } from '../testing/ach-lines.ts'
import { fileFaults } from '../testing/all-faults.ts'
import type { FileFault } from '../testing/file-faults.ts'
import { harmless } from '../testing/harmless.ts'
import { historyFaults } from '../testing/history-faults.ts'
import { inputFaults } from '../testing/input-faults.ts'
import { sampleFile } from '../testing/sample-input.ts'
import { validateFile } from '../validate-file.ts'
import { RULES, type RuleId } from './rules.ts'

const valid = readdirSync(new URL('../../test-data/valid/', import.meta.url)).filter((name) => name.endsWith('.ach'))

function faultyFile({ base, edits, toBytes }: FileFault): Uint8Array {
  const lines = testLines(`valid/${base}.ach`)
  return toBytes(edits.reduce((edited, edit) => edit(edited), lines))
}

describe('valid files', () => {
  test.each(valid)('%s passes the strictest profile', (name) => {
    expect(validateFile(testFile(`valid/${name}`), { profile: 'originate' })).toEqual([])
  })
})

describe('the edge of what is allowed', () => {
  test.each(Object.entries(harmless))('%s', (_, edits) => {
    const lines = testLines('valid/payroll-and-collection.ach')
    const bytes = bytesOf(edits.reduce((edited, edit) => edit(edited), lines))
    for (const profile of ['standard', 'originate'] as const) expect(validateFile(bytes, { profile })).toEqual([])
  })
})

const weightOf = ({ rule, options }: FileFault, profile: 'standard' | 'originate') =>
  options.severities?.[rule] ?? RULES[rule][profile]

describe('a file with one fault is rejected by that rule alone', () => {
  test.each(fileFaults)('$rule', (fault) => {
    const found = validateFile(faultyFile(fault), { ...fault.options, profile: fault.profile })
    expect(found.map(({ rule }) => rule)).toEqual([fault.rule])
    expect(found[0]?.severity).toBe(weightOf(fault, fault.profile))
  })

  test.each(fileFaults)('$rule has the weight of its table in the other profile too', (fault) => {
    const profile = fault.profile === 'standard' ? 'originate' : 'standard'
    const expected = weightOf(fault, profile)
    const found = validateFile(faultyFile(fault), { ...fault.options, profile }).filter(
      ({ rule }) => rule === fault.rule,
    )
    expect(found.map(({ severity }) => severity)).toEqual(expected === 'off' ? [] : [expected])
  })
})

/** The entry that does not ascend is the one after the one that was changed. */
const ELSEWHERE: readonly RuleId[] = [
  'batch.trace_number.ascending',
  'date.same_day.iat',
  'rule.micro_entry',
  'sec.iat.type_addenda',
]

describe('a violation says where it is', () => {
  test.each(fileFaults.filter(({ rule }) => !ELSEWHERE.includes(rule)))('$rule', (fault) => {
    const bytes = faultyFile(fault)
    const [edit, ...others] = fault.edits
    for (const { line, column, field } of validateFile(bytes, { ...fault.options, profile: fault.profile })) {
      if (edit?.line && others.every((each) => each.line === undefined)) expect(line).toBe(edit.line)
      if (field === null || line === null) continue
      const type = new TextDecoder('latin1').decode(bytes).split('\n')[line - 1]?.[0]
      const layouts = RECORD_LAYOUTS.filter(({ fields }) => fields[0]?.value === type)
      expect(layouts.map((layout) => layout.field[field]?.column)).toContain(column)
    }
  })
})

describe('an input with one fault is refused by that rule alone, naming the place', () => {
  test.each(inputFaults)('$rule', ({ rule, path, input }) => {
    const result = buildFile(input)
    expect(result.file).toBeNull()
    expect(result.violations.map((each) => [each.rule, each.path])).toEqual([[rule, path]])
  })
})

test('violations past the limit are counted, not listed', () => {
  const lines = testLines('valid/payroll-and-collection.ach').map((line) => line.replace(/^6../, '6??'))
  const found = validateFile(bytesOf(lines), { maxViolations: 2 })
  expect(found).toHaveLength(3)
  expect(found[2]?.rule).toBe('violations.limit')
  expect(found[2]?.message).toContain('more are not listed')
})

test('every rule has a file or an input that it alone rejects', () => {
  const covered = new Set<RuleId>(['violations.limit'])
  for (const { rule } of fileFaults) covered.add(rule)
  for (const { rule } of inputFaults) covered.add(rule)
  for (const { rule } of historyFaults) covered.add(rule)
  expect(Object.keys(RULES).filter((rule) => !covered.has(rule as RuleId))).toEqual([])
})

test('no message holds a whole account or routing number', () => {
  // The hash of one entry is the routing number of its bank.
  const single = buildFile(sampleFile()).file
  const lines = new TextDecoder().decode(single ? encodeFile(single) : undefined).split('\n')
  const wrongHashOfOneEntry = bytesOf(put(4, 11, '0000000001')(lines.slice(0, 10)))
  expect(validateFile(wrongHashOfOneEntry).map(({ rule }) => rule)).toEqual(['batch.control.entry_hash'])
  const messages = [
    ...fileFaults.flatMap((fault) => validateFile(faultyFile(fault), { ...fault.options, profile: 'originate' })),
    ...inputFaults.flatMap(({ input }) => buildFile(input).violations),
    ...validateFile(wrongHashOfOneEntry),
  ].map(({ message }) => message)
  const numbers = ['231380104', '23138010', '091000019', '12345678', '744-5678-99', '123456789012345678', 'XXXX6789']
  for (const message of messages) for (const number of numbers) expect(message).not.toContain(number)
})
