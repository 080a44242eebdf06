import { readFile } from 'node:fs/promises'
import { PROBLEMS } from '@fistworks/contract'
import { expect, onTestFinished, test } from 'vitest'
import { createTestApi } from '../testing/api.ts'

test('the type of a problem leads to the words about it', async () => {
  const api = await createTestApi()
  onTestFinished(() => api.close())
  const { type } = (await (await api.send('GET', '/v1/recipients')).json()) as { type: string }
  const { pathname, hash } = new URL(type)
  const page = await api.send('GET', pathname)
  expect(page.headers.get('content-type')).toMatch('text/html')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await page.text()).toContain(`id="${hash.slice(1)}"`)
})

test('the list of problems in the documentation is that of the contract', async () => {
  const text = await readFile(new URL('../../../../docs/problems.md', import.meta.url), 'utf8')
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (\d+) \| (.+?) \|/gm)].map(([, code, status, title]) => [
    code,
    { status: Number(status), title },
  ])
  expect(Object.fromEntries(rows)).toEqual(PROBLEMS)
})
