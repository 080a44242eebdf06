import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { scenarioPage } from './testing/scenario-page.ts'

test('the guide lists the scenarios as they are', async () => {
  const guide = await readFile(new URL('../../../../docs/guides/sandbox.md', import.meta.url), 'utf8')
  expect(guide).toContain(scenarioPage())
})
