import { expect, test } from 'vitest'
import { FISTWorks } from './client.ts'
import { UsageError } from './error.ts'
import type { FISTWorksOptions } from './options.ts'
import { localServer } from './testing/local-server.ts'

const baseUrl = 'https://api.example.com'
const apiKey = 'fw_test_sk_1'
const fetchSessionToken = async () => 'fw_ems_1'

test.each<[string, FISTWorksOptions]>([
  ['no credential', { baseUrl }],
  ['a key and a session', { apiKey, fetchSessionToken, baseUrl }],
  ['a key and a cookie', { apiKey, credentials: 'include', baseUrl }],
  ['an anti-forgery token without a cookie', { apiKey, antiForgeryToken: () => 'x', baseUrl }],
  ['an empty key', { apiKey: '', baseUrl }],
  ['no server', { apiKey }],
  ['no server and no page', { credentials: 'include' }],
  ['an address that is none', { apiKey, baseUrl: 'api.example.com' }],
  ['another protocol', { apiKey, baseUrl: 'ftp://api.example.com' }],
  ['an address with a password', { apiKey, baseUrl: 'https://a:b@api.example.com' }],
  ['an address with a query', { apiKey, baseUrl: 'https://api.example.com/?a=1' }],
  ['a time that has passed', { apiKey, baseUrl, timeoutMs: -1 }],
  ['half a retry', { apiKey, baseUrl, maxRetries: 0.5 }],
])('%s is refused when the client is made', (_, options) => {
  expect(() => new FISTWorks(options)).toThrow(UsageError)
})

test('a base path is kept, a slash at the end does not matter', async () => {
  const server = await localServer([{ body: { id: 'rcp_1' } }])
  for (const end of ['', '/']) {
    await new FISTWorks({ apiKey, baseUrl: `${server.baseUrl}/fist${end}` }).recipients.retrieve('rcp_1')
  }
  expect(server.received.map((one) => one.url)).toEqual(['/fist/v1/recipients/rcp_1', '/fist/v1/recipients/rcp_1'])
})

test('a cookie session sends the anti-forgery token of the moment with changes only, and no authorization', async () => {
  const server = await localServer([{ body: { id: 'rcp_1' } }])
  const tokens = [undefined, 'aft-2']
  const fist = new FISTWorks({
    credentials: 'include',
    antiForgeryToken: () => tokens.shift(),
    baseUrl: server.baseUrl,
  })
  await fist.recipients.archive('rcp_1')
  await fist.recipients.archive('rcp_1')
  await fist.recipients.retrieve('rcp_1')
  expect(server.received.map((one) => one.headers['fistworks-anti-forgery'])).toEqual([undefined, 'aft-2', undefined])
  expect(server.received.every((one) => one.headers.authorization === undefined)).toBe(true)
})

test('cookies go along with a cookie session only', async () => {
  const seen: string[] = []
  const fetch: typeof globalThis.fetch = async (input) => {
    seen.push((input as Request).credentials)
    return Response.json({ id: 'rcp_1' })
  }
  const ways: FISTWorksOptions[] = [{ apiKey }, { fetchSessionToken }, { credentials: 'include' }]
  for (const way of ways) await new FISTWorks({ ...way, baseUrl, fetch }).recipients.retrieve('rcp_1')
  expect(seen).toEqual(['omit', 'omit', 'include'])
})

test('the organization of the client is sent unless the call names another', async () => {
  const server = await localServer([{ body: { id: 'rcp_1' } }])
  const fist = new FISTWorks({ apiKey, baseUrl: server.baseUrl, organization: 'org_1' })
  await fist.recipients.retrieve('rcp_1')
  await fist.recipients.retrieve('rcp_1', { organization: 'org_2' })
  expect(server.received.map((one) => one.headers['fistworks-organization'])).toEqual(['org_1', 'org_2'])
})

test('a resource is made once', () => {
  const fist = new FISTWorks({ apiKey, baseUrl })
  expect(fist.recipients).toBe(fist.recipients)
})
