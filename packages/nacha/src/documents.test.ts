import { readdirSync, readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import * as nacha from './index.ts'
import { RECORD_LAYOUTS } from './record-layouts.ts'
import { layoutPage, rulesPage, secCodesPage } from './testing/documents.ts'
import { runExample } from './testing/run-example.ts'

/** `vitest run --project nacha -u` writes the pages anew. */
test('docs/nacha/rules.md is the rule table', async () => {
  await expect(rulesPage()).toMatchFileSnapshot('../../../docs/nacha/rules.md')
  for (const rule of Object.keys(nacha.RULES)) expect(rulesPage()).toContain(`| \`${rule}\` |`)
})

test('docs/nacha/layout.md is the field tables', async () => {
  await expect(layoutPage(RECORD_LAYOUTS)).toMatchFileSnapshot('../../../docs/nacha/layout.md')
})

test('docs/nacha/sec-codes.md is the table of SEC codes', async () => {
  await expect(secCodesPage()).toMatchFileSnapshot('../../../docs/nacha/sec-codes.md')
})

test.each(['building', 'reading', 'streaming', 'validating'])(
  'the example of docs/nacha/%s.md prints what stands beside it',
  async (name) => {
    const page = readFileSync(new URL(`../../../docs/nacha/${name}.md`, import.meta.url), 'utf8')
    const { printed, promised } = await runExample(page)
    expect(promised.length).toBeGreaterThan(0)
    expect(printed).toEqual(promised)
  },
)

test('the example of the README runs', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const code = /```js\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const source = code.replace("'@fistworks/nacha'", JSON.stringify(new URL('./index.ts', import.meta.url).href))
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`)
  expect(log.mock.calls).toEqual([[124050, [], 'JANE DOE']])
  log.mockRestore()
})

test('every page of docs/nacha is linked in the README, and every link leads to a page', () => {
  const pages = readdirSync(new URL('../../../docs/nacha/', import.meta.url)).filter((name) => name.endsWith('.md'))
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const linked = [...readme.matchAll(/\.\.\/\.\.\/docs\/nacha\/([a-z-]+\.md)/g)].map(([, name]) => name)
  expect([...new Set(linked)].toSorted()).toEqual(pages.toSorted())
})
