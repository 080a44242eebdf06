import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HttpEnv } from './http/env.ts'
import { mountPages } from './pages.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fistworks-pages-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><head><title>FISTWorks</title></head>')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function policyOf(path: string, provider: string | null): Promise<string[]> {
  const app = new Hono<HttpEnv>()
  mountPages(app, { portal: folder, widgets: folder }, { provider, isSandbox: false })
  const response = await app.request(path)
  expect(response.status).toBe(200)
  expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
  return (response.headers.get('content-security-policy') ?? '').split('; ')
}

test('the page that passes the identity provider may speak to it, and no other page may', async () => {
  const provider = 'https://contoso.ciamlogin.com'
  expect(await policyOf('/sign-in/entra', provider)).toContain(`connect-src 'self' ${provider}`)
  for (const path of ['/', '/account', '/sign-in', '/sign-in/entra/', '/payments/new']) {
    expect(await policyOf(path, provider), path).toContain("connect-src 'self'")
  }
  expect(await policyOf('/sign-in/entra', null)).toContain("connect-src 'self'")
})

test('that page is otherwise as closed as all others', async () => {
  const isOther = (rule: string) => !rule.startsWith('connect-src')
  const open = (await policyOf('/sign-in/entra', 'https://contoso.ciamlogin.com')).filter(isOther)
  expect(open).toEqual((await policyOf('/', null)).filter(isOther))
  expect(open).toContain("require-trusted-types-for 'script'")
})

test.each([true, false])('the portal is told whether it is a sandbox: %s', async (isSandbox) => {
  const app = new Hono<HttpEnv>()
  mountPages(app, { portal: folder, widgets: folder }, { provider: null, isSandbox })
  expect((await (await app.request('/payments')).text()).includes('fistworks-sandbox')).toBe(isSandbox)
})
