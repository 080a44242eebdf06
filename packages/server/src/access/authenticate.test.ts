import type { Id } from '@fistworks/contract'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { apiKeys } from './table.ts'

let api: TestApi
let key: string
let mine: Id<'org'>
let foreign: Id<'org'>
const ORIGIN = 'https://books.example.com'

beforeAll(async () => {
  api = await createTestApi()
  const platform = await api.addPlatform('Tidewater')
  key = platform.apiKey
  mine = await api.addOrganization(platform.platformId, 'Bakery')
  foreign = await api.addOrganization((await api.addPlatform('Other')).platformId, 'Foundry')
})
afterAll(() => api.close())

async function session(overrides: Record<string, unknown> = {}): Promise<Response> {
  const body = {
    endUser: { externalId: 'maya', name: 'Maya' },
    components: { recipients: { features: [] } },
    allowedOrigins: [ORIGIN],
    ttlSeconds: 60,
    ...overrides,
  }
  return api.send('POST', '/v1/embed-sessions', { key, organization: mine, body })
}

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const recipients = (token: string, origin?: string) =>
  api.send('GET', '/v1/recipients', { key: token, ...(origin === undefined ? {} : { headers: { Origin: origin } }) })

test('an embed session works from its own page, and only from there', async () => {
  const { token } = (await (await session()).json()) as { token: string }
  expect((await recipients(token, ORIGIN)).status).toBe(200)
  expect(await codeOf(await recipients(token, 'https://evil.example.com'))).toBe('origin-not-allowed')
  expect(await codeOf(await recipients(token))).toBe('origin-not-allowed')
})

test('an embed session may do what its components name, and nothing else', async () => {
  const { token } = (await (await session()).json()) as { token: string }
  const body = { name: 'x', batches: [] }
  const response = await api.send('POST', '/v1/ach-files', { key: token, headers: { Origin: ORIGIN }, body })
  expect(await codeOf(response)).toBe('forbidden')
})

test('a key cannot give an embed session what it may not do itself', async () => {
  const narrow = await api.addKey({ organizationId: mine }, ['embed-sessions:write', 'recipients:read'])
  const mint = (components: object) => {
    const body = { endUser: { externalId: 'maya', name: 'Maya' }, components, allowedOrigins: [ORIGIN] }
    return api.send('POST', '/v1/embed-sessions', { key: narrow, body })
  }
  expect((await mint({ recipients: {} })).status).toBe(201)
  for (const components of [{ recipients: { features: ['write'] } }, { achFiles: { features: ['approve'] } }]) {
    expect(await codeOf(await mint(components))).toBe('forbidden')
  }
})

test('an embed session ends when its time is over, and at once when it is revoked', async () => {
  const first = (await (await session()).json()) as { token: string }
  const second = (await (await session()).json()) as { id: string; token: string }
  expect((await recipients(second.token, ORIGIN)).status).toBe(200)
  const revoked = await api.send('POST', `/v1/embed-sessions/${second.id}/revoke`, { key, organization: mine })
  expect(revoked.status).toBe(204)
  expect(await codeOf(await recipients(second.token, ORIGIN))).toBe('session-expired')
  const before = api.clock.now
  api.clock.now = new Date(before.getTime() + 60_000)
  expect(await codeOf(await recipients(first.token, ORIGIN))).toBe('session-expired')
  api.clock.now = before
})

test('no session lives longer than fifteen minutes', async () => {
  expect((await session({ ttlSeconds: 901 })).status).toBe(422)
  expect((await session({ allowedOrigins: [] })).status).toBe(422)
  expect((await session({ allowedOrigins: ['http://books.example.com'] })).status).toBe(422)
  expect((await session({ components: {} })).status).toBe(422)
})

test('a platform reaches its own organizations, and a foreign one is as unknown as one that never was', async () => {
  expect((await api.send('GET', '/v1/recipients', { key, organization: mine })).status).toBe(200)
  const theirs = await api.send('GET', '/v1/recipients', { key, organization: foreign })
  const nobodys = await api.send('GET', '/v1/recipients', { key, organization: 'org_01m7yrd1hcechv6nb2ne0f5e99' })
  expect(theirs.status).toBe(404)
  const strip = async (response: Response) => ({ ...((await response.json()) as object), requestId: '', instance: '' })
  expect(await strip(theirs)).toEqual(await strip(nobodys))
})

test.each([
  ['nothing', undefined],
  ['an empty key', ''],
  ['a key of the live mode', 'fw_live_sk_01m7yrd1hcechv6nb2ne0f5e99'],
  [
    'a key with a wrong checksum',
    'fw_test_sk_01m7yrd1hcechv6nb2ne0f5e99AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_00000000',
  ],
  ['something huge', 'x'.repeat(5000)],
])('%s is not let in', async (_, given) => {
  const response = await api.send('GET', '/v1/recipients', given === undefined ? {} : { key: given })
  expect(response.status).toBe(401)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
})

test('a key is refused where its scopes end', async () => {
  const narrow = await api.addKey({ organizationId: mine }, ['recipients:read'])
  expect((await api.send('GET', '/v1/recipients', { key: narrow })).status).toBe(200)
  expect((await api.send('GET', '/v1/audit-events', { key: narrow })).status).toBe(403)
})

test('a key that was just used is refused from the moment it is revoked', async () => {
  const control = byHand(api.parts.databases.control)
  const revoked = await api.addKey({ organizationId: mine }, ['recipients:read'])
  const id = `key_${revoked.slice('fw_test_sk_'.length).slice(0, 26)}`
  expect((await recipients(revoked)).status).toBe(200)
  const revokedAt = api.clock.now.toISOString()
  await control.write((tx) => tx.update(apiKeys).set({ revokedAt }).where(eq(apiKeys.id, id)))
  expect((await recipients(revoked)).status).toBe(401)
})

test('a key does not outlive its date while it is in use', async () => {
  const short = await api.addKey({ organizationId: mine }, ['recipients:read'])
  expect((await recipients(short)).status).toBe(200)
  const before = api.clock.now
  api.clock.now = new Date('2099-01-01T00:00:00Z')
  expect((await recipients(short)).status).toBe(401)
  api.clock.now = before
})
