import type { Scope } from '@fistworks/contract'
import { FISTWorks } from '@fistworks/sdk'
import { eq } from 'drizzle-orm'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseToken, TOKEN_PREFIXES } from '../access/token.ts'
import { apiKeys } from '../access/table.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, TEST_ORIGIN, type TestApi } from '../testing/api.ts'

let api: TestApi
let platformId: string
let bakery: string
let mill: string
let foreign: string
const SCOPES: Scope[] = ['recipients:read', 'organizations:read', 'embed-sessions:write', 'audit-events:read']

beforeAll(async () => {
  api = await createTestApi()
  platformId = (await api.addPlatform('Tidewater')).platformId
  bakery = await api.addOrganization(platformId, 'Bakery')
  mill = await api.addOrganization(platformId, 'Mill')
  foreign = await api.addOrganization((await api.addPlatform('Other')).platformId, 'Foreign')
})
afterAll(() => api.close())

const idOf = (secret: string) => `key_${parseToken(TOKEN_PREFIXES.testKey, secret)?.idSuffix}`

async function client(owner: Parameters<TestApi['addKey']>[0] = { platformId }) {
  const secret = await api.addKey(owner, SCOPES)
  return { id: idOf(secret), secret }
}

const changeKey = (id: string, change: Partial<typeof apiKeys.$inferInsert>) =>
  byHand(api.parts.databases.control).write((tx) => tx.update(apiKeys).set(change).where(eq(apiKeys.id, id)))

async function ask({ id, secret }: { id: string; secret: string }, more: Record<string, string> = {}) {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  }
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...more }).toString()
  const response = await api.fetch(new Request(`${TEST_ORIGIN}/v1/oauth/token`, { method: 'POST', headers, body }))
  const answer = (await response.json()) as {
    access_token: string
    expires_in: number
    scope: string
    error?: string
    error_description?: string
  }
  return { status: response.status, headers: response.headers, answer }
}

const use = async (key: string, path = '/v1/recipients', place: { organization?: string } = {}) => {
  const response = await api.send('GET', path, { key, ...place })
  return { status: response.status, body: (await response.json()) as { code?: string; data?: { id: string }[] } }
}
const pass = (ms: number) => {
  api.clock.now = new Date(api.clock.now.getTime() + ms)
}

test.each([
  ['Basic', oauth.ClientSecretBasic],
  ['the body', oauth.ClientSecretPost],
])('a client library that knows the RFCs finds the endpoint and gets a token with the secret in %s', async (_, way) => {
  const { id, secret } = await client()
  const options = {
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: (url: string, init: object) => api.fetch(new Request(url, init)),
  }
  const found = await oauth.discoveryRequest(new URL(TEST_ORIGIN), { algorithm: 'oauth2', ...options })
  const server = await oauth.processDiscoveryResponse(new URL(TEST_ORIGIN), found)
  const parameters = new URLSearchParams({ scope: 'recipients:read' })
  const who = { client_id: id }
  const response = await oauth.clientCredentialsGrantRequest(server, who, way(secret), parameters, options)
  const token = await oauth.processClientCredentialsResponse(server, who, response)
  expect(token).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'recipients:read' })
  const wrong = await oauth.clientCredentialsGrantRequest(server, who, way('fw_test_sk_wrong'), parameters, options)
  await expect(oauth.processClientCredentialsResponse(server, who, wrong)).rejects.toMatchObject({ status: 401 })
  expect((await use(token.access_token, '/v1/recipients', { organization: bakery })).status).toBe(200)
})

test('the answer is kept by no cache, and is no longer than the RFC says', async () => {
  const { headers, answer } = await ask(await client())
  expect(headers.get('cache-control')).toBe('no-store')
  expect(Object.keys(answer).sort()).toEqual(['access_token', 'expires_in', 'scope', 'token_type'])
  expect(answer.scope.split(' ').sort()).toEqual([...SCOPES].sort())
})

test('a token works for an hour, and then gets the answer of one that never was', async () => {
  const { answer } = await ask(await client())
  const never = await use(answer.access_token.replace(/.{8}$/, '00000000'), '/v1/organizations')
  pass(3_600_000 - 1)
  expect((await use(answer.access_token, '/v1/organizations')).status).toBe(200)
  pass(1)
  const over = await use(answer.access_token, '/v1/organizations')
  expect([over.status, over.body.code]).toEqual([never.status, never.body.code])
})

test('a token can do less than its key and never more', async () => {
  const who = await client()
  const { answer } = await ask(who, { scope: 'recipients:read' })
  expect((await use(answer.access_token, '/v1/recipients', { organization: bakery })).status).toBe(200)
  expect((await use(answer.access_token, '/v1/organizations')).body.code).toBe('forbidden')
  for (const scope of ['recipients:read recipients:write', 'recipients:reveal', 'everything']) {
    expect((await ask(who, { scope })).answer.error).toBe('invalid_scope')
  }
})

test('a token that is bound to one organization works there alone', async () => {
  const who = await client()
  const { answer } = await ask(who, { organization: bakery })
  expect((await use(answer.access_token)).status).toBe(200)
  expect((await use(answer.access_token, '/v1/recipients', { organization: bakery })).status).toBe(200)
  expect((await use(answer.access_token, '/v1/recipients', { organization: mill })).status).toBe(404)
  const listed = await use(answer.access_token, '/v1/organizations')
  expect(listed.body.data?.map(({ id }) => id)).toEqual([bakery])
  const [theirs, never] = [await ask(who, { organization: foreign }), await ask(who, { organization: 'org_x' })]
  expect(theirs.answer.error).toBe('invalid_request')
  expect(theirs.answer).toEqual(never.answer)
  await changeKey(who.id, { onlyOrganizations: [mill] })
  expect((await ask(who, { organization: bakery })).answer).toEqual(never.answer)
  const own = await client({ organizationId: mill })
  expect((await ask(own, { organization: bakery })).answer).toEqual(never.answer)
  expect((await ask(own, { organization: mill })).status).toBe(200)
})

test('a bound token makes embed sessions for its organization', async () => {
  const { answer } = await ask(await client(), { organization: bakery })
  const body = {
    endUser: { externalId: 'u', name: 'U' },
    components: { recipients: {} },
    allowedOrigins: ['https://books.example'],
  }
  const made = await api.send('POST', '/v1/embed-sessions', { key: answer.access_token, body })
  expect(made.status).toBe(201)
})

test('a token dies with its key', async () => {
  for (const end of [{ revokedAt: '2026-01-01T00:00:00.000Z' }, { expiresAt: api.clock.now.toISOString() }]) {
    const who = await client()
    const { answer } = await ask(who)
    expect((await use(answer.access_token, '/v1/organizations')).status).toBe(200)
    await changeKey(who.id, end)
    expect((await use(answer.access_token, '/v1/organizations')).status).toBe(401)
    expect((await ask(who)).answer.error).toBe('invalid_client')
  }
})

test('a token of a key that ends soon ends with it', async () => {
  const who = await client()
  await changeKey(who.id, { expiresAt: new Date(api.clock.now.getTime() + 90_000).toISOString() })
  expect((await ask(who)).answer.expires_in).toBe(90)
})

test('the networks of the key are those of its tokens', async () => {
  const who = await client()
  const { answer } = await ask(who)
  await changeKey(who.id, { allowedNetworks: ['203.0.113.0/24'] })
  const away = await ask(who)
  expect([away.status, away.answer.error]).toEqual([400, 'unauthorized_client'])
  expect((await use(answer.access_token, '/v1/organizations')).body.code).toBe('network-not-allowed')
  api.network.address = '203.0.113.9'
  expect((await use(answer.access_token, '/v1/organizations')).status).toBe(200)
  expect((await ask(who)).status).toBe(200)
  api.network.address = '192.0.2.1'
})

test('a wrong secret, a foreign one and a client that never was get the same answer', async () => {
  const [who, other] = [await client(), await client()]
  const answers = [
    await ask({ ...who, secret: other.secret }),
    await ask({ ...who, secret: `${who.secret}x` }),
    await ask({ ...who, id: `key_${'0'.repeat(26)}` }),
    await ask({ id: 'nobody', secret: 'nothing' }),
  ]
  for (const { status, answer, headers } of answers) {
    expect([status, answer]).toEqual([401, answers[0]?.answer])
    expect(headers.get('www-authenticate')).toMatch(/^Basic /)
  }
})

test('no error holds what OAuth forbids in a description, or the secret', async () => {
  const who = await client()
  for (const refused of [
    await ask({ ...who, secret: 'x' }),
    await ask(who, { scope: 'x' }),
    await ask(who, { grant_type: 'x' }),
  ]) {
    expect(refused.answer.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
    expect(JSON.stringify(refused.answer)).not.toContain(who.secret)
  }
})

test('thirty tokens in a minute are enough for one key, and the next answer says when to come again', async () => {
  const who = await client()
  for (let i = 0; i < 30; i++) expect((await ask(who)).status).toBe(200)
  const { status, answer, headers } = await ask(who)
  expect([status, answer.error]).toEqual([429, 'temporarily_unavailable'])
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
})

test('a token that is handed out, and a client that is refused, are events', async () => {
  const own = await client({ organizationId: mill })
  await ask(own)
  await changeKey(own.id, { allowedNetworks: ['203.0.113.0/24'] })
  await ask(own)
  await api.parts.denials.flush(api.clock.now)
  const auditor = await api.addKey({ organizationId: mill }, ['audit-events:read'])
  const { body } = await use(auditor, '/v1/audit-events')
  const events = body.data as unknown as { action: string; actor: { id: string }; targetId: string; outcome: string }[]
  expect(events.filter(({ actor }) => actor.id === own.id)).toEqual([
    expect.objectContaining({ action: 'access.denied', targetId: 'oauth.token', outcome: 'denied' }),
    expect.objectContaining({ action: 'apiKey.tokenIssued', targetId: own.id, outcome: 'succeeded' }),
  ])
})

test('GET is told which method to use', async () => {
  const response = await api.send('GET', '/v1/oauth/token')
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test('the client takes client credentials: one token for parallel calls, a new one before its end and after a refusal', async () => {
  const who = await client()
  const asked: string[] = []
  const fist = new FISTWorks({
    clientId: who.id,
    clientSecret: who.secret,
    baseUrl: TEST_ORIGIN,
    organization: bakery,
    fetch: (input, init) => {
      const request = new Request(input, init)
      asked.push(new URL(request.url).pathname)
      return api.fetch(request)
    },
  })
  const tokens = () => asked.filter((path) => path === '/v1/oauth/token').length
  await Promise.all(Array.from({ length: 8 }, () => fist.recipients.list()))
  expect(tokens()).toBe(1)
  pass(3_600_000)
  await Promise.all(Array.from({ length: 8 }, () => fist.recipients.list()))
  expect(tokens()).toBe(2)
  await changeKey(who.id, { revokedAt: '2026-01-01T00:00:00.000Z' })
  await expect(fist.recipients.list()).rejects.toMatchObject({ name: 'ClientTokenError', oauthCode: 'invalid_client' })
})
