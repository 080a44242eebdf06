import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { accessWriter } from '../access/access-store.ts'
import { makeToken, TOKEN_PREFIXES } from '../access/token.ts'
import { type AuditEventRow, auditEventStore, controlAuditEventStore } from '../audit/audit.ts'
import { createTestApi, TEST_ORIGIN, type TestApi } from '../testing/api.ts'

const ABSENT = '01m7yrd1hcechv6nb2ne0f5e99'
const MINUTE = 60_000

let api: TestApi
let platformId: string
let organization: string
let foreign: string
let narrow: string
let address = 0

beforeAll(async () => {
  api = await createTestApi()
  platformId = (await api.addPlatform('Tidewater')).platformId
  foreign = await api.addOrganization((await api.addPlatform('Other')).platformId, 'Foundry')
})
afterAll(() => api.close())
beforeEach(async () => {
  api.network.address = `192.0.2.${++address}`
  api.clock.now = new Date(api.clock.now.getTime() + 10 * MINUTE)
  organization = await api.addOrganization(platformId, 'Bakery')
  narrow = await api.addKey({ organizationId: organization }, ['recipients:read'])
})

async function trail(organizationId = organization): Promise<AuditEventRow[]> {
  await api.parts.denials.flush(api.clock.now)
  const storage = await api.parts.databases.tenantOf(organizationId)
  return (await auditEventStore(storage.read, organizationId).list({ limit: 100 })).toReversed()
}
async function controlTrail(ownerId: string): Promise<AuditEventRow[]> {
  await api.parts.denials.flush(api.clock.now)
  return (
    await controlAuditEventStore(byHand(api.parts.databases.control).read, ownerId).list({ limit: 100 })
  ).toReversed()
}
const dataOf = (event: AuditEventRow | undefined): unknown => JSON.parse(event?.dataJson ?? 'null')
const later = (ms: number) => {
  api.clock.now = new Date(api.clock.now.getTime() + ms)
}

test('what a key may not do is told with its name, the operation and the request', async () => {
  await api.send('POST', '/v1/recipients', { key: narrow, body: {}, headers: { 'User-Agent': 'Tidewater/1' } })
  const events = await trail()
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    action: 'access.denied',
    actorType: 'apiKey',
    actorName: 'test',
    viaType: 'apiKey',
    targetType: 'operation',
    targetId: 'recipients.create',
    outcome: 'denied',
    ip: api.network.address,
    userAgent: 'Tidewater/1',
  })
  expect(events[0]?.requestId).toMatch(/^req_/)
  expect(dataOf(events[0])).toEqual({ code: 'forbidden' })
})

test('an id that is not of this organization is told, and text that is no id is not repeated', async () => {
  await api.send('GET', `/v1/recipients/rcp_${ABSENT}`, { key: narrow })
  expect(dataOf((await trail())[0])).toEqual({ code: 'not-found', id: `rcp_${ABSENT}` })
  later(2 * MINUTE)
  await api.send('GET', '/v1/recipients/8800123456999', { key: narrow })
  const events = await trail()
  expect(dataOf(events[1])).toEqual({ code: 'not-found' })
})

test('naming a foreign organization stands in the own chain, and nothing in the foreign one', async () => {
  await api.send('GET', '/v1/recipients', { key: narrow, organization: foreign })
  expect(dataOf((await trail())[0])).toEqual({ code: 'not-found', organization: foreign })
  expect(await trail(foreign)).toEqual([])
})

test('a thousand refusals of one kind are two events: the first, and how many came after it', async () => {
  for (let n = 0; n < 1000; n++) await api.send('POST', '/v1/recipients', { key: narrow, body: {} })
  expect(await trail()).toHaveLength(1)
  later(MINUTE)
  const events = await trail()
  expect(events).toHaveLength(2)
  // The budget of requests of a minute ends them before the scope is looked at.
  expect(dataOf(events[1])).toMatchObject({ code: 'forbidden', repeated: 599 })
})

test.each(['revoked', 'expired', 'wrong-secret'] as const)('a key that is %s is recognised', async (reason) => {
  const suffix = /sk_([0-9a-z]{26})/.exec(narrow)?.[1] ?? ''
  const id = `key_${suffix}`
  const key = reason === 'wrong-secret' ? makeToken(TOKEN_PREFIXES.testKey, suffix).token : narrow
  if (reason === 'revoked') {
    await byHand(api.parts.databases.control).write((tx) =>
      tx.run(`UPDATE api_keys SET revoked_at = '2026' WHERE id = '${id}'`),
    )
  }
  if (reason === 'expired') {
    await byHand(api.parts.databases.control).write((tx) =>
      tx.run(`UPDATE api_keys SET expires_at = '2026' WHERE id = '${id}'`),
    )
  }
  const { status } = await api.send('GET', '/v1/recipients', { key })
  expect(status).toBe(401)
  const [event] = await trail()
  expect(event).toMatchObject({ actorType: 'apiKey', actorId: id, outcome: 'denied' })
  expect(dataOf(event)).toEqual({ code: 'unauthenticated', reason })
})

test('keys that nobody made stand in the chain of the server, counted by network; no credential is no event', async () => {
  const before = (await controlTrail('server')).length
  await api.send('GET', '/v1/recipients')
  for (let n = 0; n < 5; n++) await api.send('GET', '/v1/recipients', { key: `fw_test_sk_${'z'.repeat(n + 9)}` })
  later(MINUTE)
  const events = (await controlTrail('server')).slice(before)
  expect(events.map((event) => [event.actorType, dataOf(event)])).toEqual([
    ['anonymous', { code: 'unauthenticated' }],
    ['anonymous', { code: 'unauthenticated', repeated: 4, since: expect.any(String) }],
  ])
})

test('knocking from ever new networks does not grow the log without end', async () => {
  const before = (await controlTrail('server')).length
  for (let n = 0; n < 500; n++) {
    api.network.address = `10.${n >> 8}.${n & 255}.1`
    await api.send('GET', '/v1/recipients', { key: `fw_test_sk_${'z'.repeat(20)}` })
  }
  later(MINUTE)
  const events = (await controlTrail('server')).slice(before)
  expect(events).toHaveLength(62)
  expect(dataOf(events.at(-1))).toMatchObject({ code: 'many-callers', repeated: 439 })
})

test('a wrong sign-in code is told in the chain of the person it is about', async () => {
  const user = await api.addMember(organization, `ada${address}@bluebird.example`, 'administrator')
  const headers = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin' }
  const body = { email: `ada${address}@bluebird.example`, code: '00000000' }
  await api.send('POST', '/v1/sign-in/sessions', { headers, body })
  const [event] = await controlTrail(user)
  expect(event).toMatchObject({ action: 'user.signInFailed', actorType: 'anonymous', outcome: 'denied' })
  expect(dataOf(event)).toEqual({ code: 'unauthenticated', reason: 'wrong-code' })
})

test('an embed session on another page is told with its end user', async () => {
  const token = await embedToken()
  const { status } = await api.send('GET', '/v1/recipients', {
    key: token,
    headers: { Origin: 'https://evil.example' },
  })
  expect(status).toBe(403)
  const [event] = await trail()
  expect(event).toMatchObject({ actorType: 'endUser', viaType: 'embedSession', outcome: 'denied' })
  expect(dataOf(event)).toEqual({ code: 'origin-not-allowed', reason: 'other-page' })
})

async function embedToken(): Promise<string> {
  const key = await api.addKey({ organizationId: organization }, ['embed-sessions:write', 'recipients:read'])
  const response = await api.send('POST', '/v1/embed-sessions', {
    key,
    body: {
      endUser: { externalId: 'u1', name: 'Jo' },
      components: { recipients: { features: [] } },
      allowedOrigins: ['https://tidewater.example'],
    },
  })
  return ((await response.json()) as { token: string }).token
}

test('a session that was ended does not come back unseen', async () => {
  const user = await api.addMember(organization, `bo${address}@bluebird.example`, 'viewer')
  const id = api.parts.newId('ses', api.clock.now)
  const { token, secretHash } = makeToken(TOKEN_PREFIXES.portal, id.slice('ses_'.length))
  const createdAt = api.clock.now.toISOString()
  const row = { id, userId: user, secretHash, createdAt, seenAt: createdAt, expiresAt: '2099', endedAt: createdAt }
  await api.parts.databases.control.write((tx) => accessWriter(tx).addPortalSession(row))
  await api.send('GET', '/v1/session', { headers: { Cookie: `__Host-fw_session=${token}` } })
  const [event] = await controlTrail(user)
  expect(event).toMatchObject({ actorType: 'user', actorId: user, viaType: 'portalSession', viaId: id })
  expect(dataOf(event)).toEqual({ code: 'session-expired', reason: 'revoked' })
})
