import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runExample } from '../testing/run-example.ts'

test.each(['operations', 'json'])('the example of docs/nacha/%s.md prints what stands beside it', async (name) => {
  const page = readFileSync(new URL(`../../../../docs/nacha/${name}.md`, import.meta.url), 'utf8')
  const { printed, promised } = await runExample(page)
  expect(promised.length).toBeGreaterThan(0)
  expect(printed).toEqual(promised)
})
