import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RULES, type RuleId } from './rules/rules.ts'
import { testFile } from './testing/ach-lines.ts'
import { differencesPage } from './testing/differences-page.ts'
import { SAMPLE_VERDICTS } from './testing/sample-verdicts.ts'
import { validateFile } from './validate-file.ts'
import { isAcceptable } from './violation.ts'

test.each(Object.entries(SAMPLE_VERDICTS))('%s', (name, { violations }) => {
  const found = validateFile(testFile(`samples/${name}.ach`)).map(({ rule, line }) => `${rule} ${line}`)
  expect(found).toEqual(violations)
})

test('every sample has a verdict', () => {
  const files = readdirSync(new URL('../test-data/samples/', import.meta.url)).filter((name) => name.endsWith('.ach'))
  const names = files.map((name) => name.slice(0, -'.ach'.length))
  expect(names.toSorted()).toEqual(Object.keys(SAMPLE_VERDICTS).toSorted())
})

/** `vitest run --project nacha -u` writes the page anew. */
test('docs/nacha/differences.md lists each sample that the other library judges otherwise, with the rule', async () => {
  await expect(differencesPage()).toMatchFileSnapshot('../../../docs/nacha/differences.md')
  for (const [name, { peer, violations }] of Object.entries(SAMPLE_VERDICTS)) {
    const ours = isAcceptable(validateFile(testFile(`samples/${name}.ach`))) ? 'valid' : 'invalid'
    if (ours === peer) continue
    expect(differencesPage()).toContain(`\`${name}\``)
    for (const each of violations) expect(RULES[each.split(' ')[0] as RuleId]).toBeDefined()
  }
})
