import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runExample } from '../testing/run-example.ts'

test.each([
  ['operations', '# '],
  ['json', '# '],
  ['json', '## The JSON of moov-io/ach'],
])('the example of docs/nacha/%s.md after %s prints what stands beside it', async (name, heading) => {
  const page = readFileSync(new URL(`../../../../docs/nacha/${name}.md`, import.meta.url), 'utf8')
  expect(page).toContain(heading)
  const { printed, promised } = await runExample(page.slice(page.indexOf(heading)))
  expect(promised.length).toBeGreaterThan(0)
  expect(printed).toEqual(promised)
})
