import { HEADERS } from '@fistworks/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'

let api: TestApi

beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

test('answers and refusals alike are kept by no cache, shown as no page, and readable by any page', async () => {
  const { apiKey } = await api.addPlatform('Tidewater')
  const answers = [
    await api.send('GET', '/v1/organizations', { key: apiKey }),
    await api.send('GET', '/v1/organizations'),
    await api.send('DELETE', '/v1/organizations', { key: apiKey }),
    await api.send('GET', '/v1/nothing'),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 405, 404])
  for (const answer of answers) {
    expect(Object.fromEntries(answer.headers)).toMatchObject(headers)
    expect(answer.headers.get(HEADERS.requestId)).toMatch(/^req_/)
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  }
})

test('every answer with a body says what it is, with its charset where text could be read in another', async () => {
  const { apiKey } = await api.addPlatform('Ledgerly')
  const typeOf = async (path: string, key?: string) =>
    (await api.send('GET', path, key === undefined ? {} : { key })).headers.get('content-type')
  expect(await typeOf('/v1/organizations', apiKey)).toMatch(/^application\/json\b/)
  expect(await typeOf('/openapi.json')).toMatch(/^application\/json\b/)
  for (const path of ['/v1/organizations', '/v1/nothing', '/nothing']) {
    expect(await typeOf(path), path).toBe('application/problem+json')
  }
  expect(await typeOf('/problems')).toBe('text/html; charset=UTF-8')
})

test('every other answer is as closed, also where there is nothing', async () => {
  const { 'access-control-allow-origin': _, ...closed } = headers
  for (const path of ['/healthz', '/readyz', '/nothing', '/.well-known/security.txt', '/embed/v2/x.js']) {
    const answer = await api.send('GET', path)
    expect(Object.fromEntries(answer.headers), path).toMatchObject(closed)
    expect(answer.headers.get('access-control-allow-origin'), path).toBeNull()
  }
})

test('a page runs only scripts and styles of ours, makes no markup of text, and asks for no device', async () => {
  const page = await api.send('GET', '/problems')
  const policy = page.headers.get('content-security-policy') ?? ''
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
  ]) {
    expect(policy.split('; ')).toContain(part)
  }
  expect(policy).not.toMatch(/unsafe-|\*|https?:/)
  expect(page.headers.get('x-frame-options')).toBe('DENY')
  expect(page.headers.get('permissions-policy')).toMatch(/camera=\(\).*microphone=\(\)/)
  expect(page.headers.get('strict-transport-security')).toContain('max-age=63072000')
})

test('a page may ask what it may send, and never with cookies', async () => {
  const asked = await api.send('OPTIONS', '/v1/recipients', {
    headers: { Origin: 'https://books.example.com', 'Access-Control-Request-Method': 'POST' },
  })
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-methods')).toBe('GET,POST,PATCH')
  expect(asked.headers.get('access-control-allow-headers')).toContain('Idempotency-Key')
  expect(asked.headers.get('access-control-allow-credentials')).toBeNull()
})

test('a body that is too large is refused whatever it is sent to', async () => {
  const body = 'x'.repeat(5 * 1024 * 1024)
  for (const [method, path] of [
    ['POST', '/v1/recipients'],
    ['PATCH', '/v1/recipients/rcp_01m7yrd1hcechv6nb2ne0f5e99'],
  ] as const) {
    expect((await api.send(method, path, { body })).status).toBe(413)
  }
})
