import { MACHINE_SCOPES, type NewApiKey } from '@fistworks/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessWriter } from '../access/access-store.ts'
import { parseToken, TOKEN_PREFIXES } from '../access/token.ts'
import { LIMITS } from '../limits.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { createTestApi, type Sent, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

type Person = Awaited<ReturnType<typeof signIn>>
let api: TestApi
let platformId: string
let organization: string
let ada: Person
let adaId: string
let count = 0
let passkey: Person['passkey']
const DAY_MS = 86_400_000

beforeAll(async () => {
  api = await createTestApi()
  platformId = (await api.addPlatform('Tidewater')).platformId
  organization = await api.addOrganization(platformId, 'Bakery')
  adaId = await api.addMember(organization, 'ada@bakery.example', 'administrator')
  ada = await signIn(api, 'ada@bakery.example')
  await ada.addPasskey()
  passkey = ada.passkey
})
afterAll(() => api.close())

const pass = (ms: number) => {
  api.clock.now = new Date(api.clock.now.getTime() + ms)
}

/** Ada, signed in and freshly confirmed, whatever time has passed. */
async function confirmed(): Promise<Person> {
  const here = api.network.address
  api.network.address = `198.51.100.${++count % 250}`
  const session = await ada.send('GET', '/v1/session')
  if (!session.ok) ada = await signIn(api, 'ada@bakery.example')
  const { steppedUpUntil = null } = (await session.json()) as { steppedUpUntil?: string | null }
  if (steppedUpUntil === null) expect((await ada.stepUp(passkey)).status).toBe(200)
  api.network.address = here
  return ada
}

async function sent<T = NewApiKey>(who: Person, path: string, body: unknown, place: Partial<Sent> = { organization }) {
  const response = await who.send('POST', path, { ...place, body, headers: { 'Idempotency-Key': `k${++count}` } })
  const answer = (await response.json()) as T & { code: string; detail: string; errors?: { pointer: string }[] }
  return { status: response.status, answer }
}

const KEY = { name: 'Back end', scopes: ['recipients:read', 'api-keys:read', 'organizations:read'] }

async function newKey(more: object = {}): Promise<NewApiKey> {
  const { status, answer } = await sent(await confirmed(), '/v1/api-keys', { ...KEY, ...more })
  expect(status, JSON.stringify(answer)).toBe(201)
  return answer
}

const use = async (key: string, path = '/v1/recipients', place: Partial<Sent> = {}) => {
  const response = await api.send('GET', path, { key, ...place })
  return { status: response.status, answer: (await response.json()) as { code?: string; detail?: string } }
}

test('a key works as it was asked for, and is shown once', async () => {
  const made = await newKey({ expiresInDays: 30 })
  expect(parseToken(TOKEN_PREFIXES.testKey, made.secret)?.idSuffix).toBe(made.id.slice('key_'.length))
  expect(made.lastFour).toBe(made.secret.slice(-4))
  expect(Date.parse(made.expiresAt) - api.clock.now.getTime()).toBe(30 * DAY_MS)
  expect((await use(made.secret)).status).toBe(200)
  expect((await use(made.secret, '/v1/ach-files')).answer.code).toBe('forbidden')
  const listed = await (await ada.send('GET', '/v1/api-keys', { organization })).text()
  expect(listed).toContain(made.id)
  expect(listed).not.toContain(made.secret)
  expect(listed).not.toContain(parseToken(TOKEN_PREFIXES.testKey, made.secret)?.secret)
  const { secret: _, ...rest } = made
  expect((await use(made.secret, `/v1/api-keys/${made.id}`)).answer).toEqual(rest)
})

test('the key itself is in no database, no event and no log', async () => {
  const made = await newKey()
  const secret = parseToken(TOKEN_PREFIXES.testKey, made.secret)?.secret ?? 'none'
  const control = api.parts.databases.control
  const { byHand } = await import('../storage/testing/by-hand.ts')
  const { sql } = await import('drizzle-orm')
  const read = byHand(control).read
  const tables = await read.all<{ name: string }>(sql`SELECT name FROM sqlite_schema WHERE type = 'table'`)
  for (const { name } of tables) {
    const rows = await read.all<Record<string, unknown>>(sql`SELECT * FROM ${sql.identifier(name)}`)
    for (const row of rows) {
      for (const value of Object.values(row)) {
        const text = value instanceof ArrayBuffer ? Buffer.from(value).toString('latin1') : String(value)
        expect(text).not.toContain(secret)
      }
    }
  }
})

test.each([
  ['no permission', { scopes: [] }, '/scopes'],
  ['one that is for people', { scopes: ['recipients:reveal'] }, '/scopes/0'],
  ['one that makes keys', { scopes: ['api-keys:write'] }, '/scopes/0'],
  ['a way to approve what oneself wrote', { scopes: ['embed-sessions:write', 'ach-files:approve'] }, '/scopes'],
  ['a way to resolve alone what takes two', { scopes: ['embed-sessions:write', 'submissions:resolve'] }, '/scopes'],
  ['no day', { expiresInDays: 0 }, '/expiresInDays'],
  ['more than a year', { expiresInDays: 366 }, '/expiresInDays'],
  ['a network that is none', { allowedNetworks: ['10.0.0.0/8', 'office'] }, '/allowedNetworks/1'],
  ['every network', { allowedNetworks: ['0.0.0.0/0'] }, '/allowedNetworks/0'],
  ['organizations of a key that has its own', { organizationIds: [`org_${'0'.repeat(26)}`] }, '/organizationIds'],
])('a key with %s is not made', async (_, more, pointer) => {
  const { status, answer } = await sent(await confirmed(), '/v1/api-keys', { ...KEY, ...more })
  expect([status, answer.errors?.[0]?.pointer]).toEqual([422, pointer])
})

test('a key works to its last millisecond, and then gets the answer of a key that never was', async () => {
  const made = await newKey({ expiresInDays: 1 })
  const strange = made.secret.replace(/.{8}$/, 'AAAAAAAA')
  const unknown = (await use(strange)).answer
  pass(DAY_MS - 1)
  expect((await use(made.secret)).status).toBe(200)
  pass(1)
  const { status, answer } = await use(made.secret)
  expect([status, answer.code, answer.detail]).toEqual([401, unknown.code, unknown.detail])
})

test('a revoked key ends at once, with the embed sessions it made', async () => {
  const made = await newKey({ scopes: ['embed-sessions:write', 'recipients:read'] })
  const body = {
    endUser: { externalId: 'u', name: 'U' },
    components: { recipients: {} },
    allowedOrigins: ['https://books.example'],
  }
  const session = await api.send('POST', '/v1/embed-sessions', { key: made.secret, body })
  const { token } = (await session.json()) as { token: string }
  const page = { headers: { Origin: 'https://books.example' } }
  expect((await use(token, '/v1/recipients', page)).status).toBe(200)
  const revoked = await sent(await confirmed(), `/v1/api-keys/${made.id}/revoke`, {})
  expect(revoked.answer.revokedAt).toBe(api.clock.now.toISOString())
  expect((await use(made.secret)).status).toBe(401)
  expect((await use(token, '/v1/recipients', page)).answer.code).toBe('session-expired')
  expect((await sent(ada, `/v1/api-keys/${made.id}/revoke`, {})).answer.code).toBe('state-conflict')
})

test('after a rotation both keys work for the overlap, and then the new one alone', async () => {
  const old = await newKey()
  const { status, answer: next } = await sent(await confirmed(), `/v1/api-keys/${old.id}/rotate`, { overlapDays: 2 })
  expect(status).toBe(201)
  expect([next.name, next.scopes, next.allowedNetworks]).toEqual([old.name, old.scopes, old.allowedNetworks])
  expect(next.secret).not.toBe(old.secret)
  pass(2 * DAY_MS - 1)
  expect([(await use(old.secret)).status, (await use(next.secret)).status]).toEqual([200, 200])
  pass(1)
  expect([(await use(old.secret)).status, (await use(next.secret)).status]).toEqual([401, 200])
  const shown = await (await ada.send('GET', `/v1/api-keys/${old.id}`, { organization })).json().catch(() => null)
  if (shown !== null && 'replacedBy' in shown) expect(shown.replacedBy).toBe(next.id)
})

test('a rotation without overlap ends the old key at once; no key is rotated twice, or made to last longer', async () => {
  const old = await newKey({ expiresInDays: 1 })
  const { answer: next } = await sent(await confirmed(), `/v1/api-keys/${old.id}/rotate`, { overlapDays: 7 })
  expect((await use(old.secret)).status).toBe(200)
  expect((await sent(ada, `/v1/api-keys/${old.id}/rotate`, {})).answer.code).toBe('state-conflict')
  pass(DAY_MS)
  expect((await use(old.secret)).status).toBe(401)
  const last = await sent(await confirmed(), `/v1/api-keys/${next.id}/rotate`, { overlapDays: 0 })
  expect([(await use(next.secret)).status, (await use(last.answer.secret)).status]).toEqual([401, 200])
})

test('two rotations at the same time leave one new key', async () => {
  const old = await newKey()
  const who = await confirmed()
  const both = await Promise.all([1, 2].map(() => sent(who, `/v1/api-keys/${old.id}/rotate`, {})))
  expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409])
})

test('a key is used from its networks only, and a use from elsewhere is an event', async () => {
  const made = await newKey({ allowedNetworks: ['203.0.113.0/24', '2001:db8:7::/48'] })
  for (const [address, status] of [
    ['203.0.113.9', 200],
    ['::ffff:203.0.113.9', 200],
    ['2001:db8:7::1', 200],
    ['203.0.114.9', 403],
    ['2001:db8:8::1', 403],
    ['', 403],
  ] as const) {
    api.network.address = address
    const answered = await use(made.secret)
    expect([address, answered.status]).toEqual([address, status])
    if (status === 403) expect(answered.answer.code).toBe('network-not-allowed')
  }
  api.network.address = '192.0.2.1'
  await api.parts.denials.flush(api.clock.now)
  const events = await (
    await (await confirmed()).send('GET', '/v1/audit-events?action=access.denied', { organization })
  ).json()
  const [event] = (events as { data: { actor: { id: string }; data: object }[] }).data.filter(
    ({ actor }) => actor.id === made.id,
  )
  expect(event).toMatchObject({ outcome: 'denied', data: { code: 'network-not-allowed', reason: 'other-network' } })
})

test('a wrong secret is not told where the key could be used from', async () => {
  const made = await newKey({ allowedNetworks: ['203.0.113.0/24'] })
  const { secretHash: _, token } = (await import('../access/token.ts')).makeToken(
    TOKEN_PREFIXES.testKey,
    made.id.slice('key_'.length),
  )
  expect((await use(token)).answer.code).toBe('unauthenticated')
})

test('the last use is known to the minute, and costs no write for each request', async () => {
  const made = await newKey()
  api.clock.now = new Date('2027-03-01T12:00:30.000Z')
  const fresh = (await sent(await confirmed(), `/v1/api-keys/${made.id}/rotate`, { overlapDays: 0 })).answer
  const { control } = api.parts.databases
  const before = control.changes
  for (let i = 0; i < 5; i++) await use(fresh.secret)
  expect(control.changes).toBe(before)
  await api.access.keyUses.flush(control)
  const seen = async () => ((await use(fresh.secret, `/v1/api-keys/${fresh.id}`)).answer as NewApiKey).lastUsedAt
  expect(await seen()).toBe('2027-03-01T12:00:00.000Z')
  const after = control.changes
  await api.access.keyUses.flush(control)
  expect(control.changes).toBe(after)
  api.clock.now = new Date('2027-03-01T12:01:00.000Z')
  await use(fresh.secret)
  await api.access.keyUses.flush(control)
  expect(await seen()).toBe('2027-03-01T12:01:00.000Z')
})

test("a platform's key can be limited to some of its organizations", async () => {
  const bea = await platformPerson()
  const [first, second] = [organization, await api.addOrganization(platformId, 'Mill')]
  const foreign = await api.addOrganization((await api.addPlatform('Other')).platformId, 'Foreign')
  const place = { platform: platformId }
  const wrong = await sent(bea, '/v1/api-keys', { ...KEY, organizationIds: [first, foreign] }, place)
  const unknown = await sent(bea, '/v1/api-keys', { ...KEY, organizationIds: [first, `org_${'0'.repeat(26)}`] }, place)
  expect([wrong.status, wrong.answer.errors]).toEqual([422, unknown.answer.errors])
  const { answer: made } = await sent(bea, '/v1/api-keys', { ...KEY, organizationIds: [first] }, place)
  expect((await use(made.secret, '/v1/recipients', { organization: first })).status).toBe(200)
  const other = await use(made.secret, '/v1/recipients', { organization: second })
  const never = await use(made.secret, '/v1/recipients', { organization: foreign })
  expect([other.status, other.answer.detail]).toEqual([404, never.answer.detail])
  const listed = (await use(made.secret, '/v1/organizations')).answer as unknown as { data: { id: string }[] }
  expect(listed.data.map(({ id }) => id)).toEqual([first])
  expect((await use(made.secret, `/v1/organizations/${second}`)).status).toBe(404)
  const adding = { ...KEY, scopes: ['organizations:write'], organizationIds: [first] }
  expect((await sent(bea, '/v1/api-keys', adding, place)).answer.errors?.[0]?.pointer).toBe('/organizationIds')
})

test('a limited key is told of the organizations it names, not of the platform as a whole', async () => {
  const bea = await platformPerson()
  const place = { platform: platformId }
  const { answer: made } = await sent(
    bea,
    '/v1/api-keys',
    { ...KEY, scopes: [...KEY.scopes, 'audit-events:read'], organizationIds: [organization] },
    place,
  )
  for (const path of [`/v1/platforms/${platformId}/audit-events`, '/v1/api-keys', `/v1/api-keys/${made.id}`]) {
    expect([path, (await use(made.secret, path)).answer.code]).toEqual([path, 'forbidden'])
  }
  expect((await use(made.secret, '/v1/api-keys', { organization })).status).toBe(200)
})

test('rotating again and again makes no more keys than twice as many as there may be', async () => {
  const own = await api.addOrganization(platformId, 'Rotating')
  const who = await confirmed()
  const row = { organizationId: own, userId: adaId, role: 'owner', createdAt: api.clock.now.toISOString() } as const
  await onBehalfOf(own, () => api.parts.databases.control.write((tx) => accessWriter(tx).addMember(row)))
  let { answer: newest } = await sent(who, '/v1/api-keys', KEY, { organization: own })
  const statuses: number[] = []
  for (let made = 1; made <= 2 * LIMITS.apiKeysPerOwner; made++) {
    const { status, answer } = await sent(who, `/v1/api-keys/${newest.id}/rotate`, {}, { organization: own })
    statuses.push(status)
    newest = answer
  }
  expect(statuses.filter((status) => status === 201)).toHaveLength(2 * LIMITS.apiKeysPerOwner - 1)
  expect(statuses.at(-1)).toBe(422)
})

test('keys of the platform and of another organization are not found from here', async () => {
  const bea = await platformPerson()
  const { answer: platformKey } = await sent(bea, '/v1/api-keys', KEY, { platform: platformId })
  const who = await confirmed()
  const unknown = await sent(who, `/v1/api-keys/key_${'0'.repeat(26)}/revoke`, {})
  const foreign = await sent(who, `/v1/api-keys/${platformKey.id}/revoke`, {})
  expect([foreign.status, foreign.answer.detail]).toEqual([404, unknown.answer.detail])
  const mine = await newKey()
  expect((await sent(bea, `/v1/api-keys/${mine.id}/revoke`, {}, { platform: platformId })).status).toBe(404)
  expect((await use(mine.secret)).status).toBe(200)
})

test('no key makes keys, and no person does without a fresh proof', async () => {
  const all = await api.addKey({ organizationId: organization }, [...MACHINE_SCOPES, 'api-keys:write'])
  const byKey = await api.send('POST', '/v1/api-keys', { key: all, body: KEY })
  expect(((await byKey.json()) as { code: string }).code).toBe('person-required')
  await confirmed()
  pass(5 * 60_000)
  expect((await sent(ada, '/v1/api-keys', KEY)).answer.code).toBe('step-up-required')
})

async function platformPerson(): Promise<Person> {
  const { platformWriter } = await import('../platforms/store.ts')
  const email = `bea${++count}@tidewater.example`
  const userId = await api.addMember(organization, email, 'viewer')
  const createdAt = api.clock.now.toISOString()
  await api.parts.databases.control.write((tx) => platformWriter(tx).addAdministrator(platformId, userId, createdAt))
  api.network.address = `198.51.100.${++count}`
  const bea = await signIn(api, email)
  await bea.addPasskey()
  await bea.stepUp()
  api.network.address = '192.0.2.1'
  return bea
}
