import { type Id, PLATFORM_ADMINISTRATOR_SCOPES } from '@fistworks/contract'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addOrganization } from '../organizations/store.ts'
import { LIMITS } from '../limits.ts'
import { addPlatform } from '../platforms/create-platform.ts'
import { ProblemError } from '../problem-error.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { organizations } from '../storage/table.ts'
import { createTestTenants, type TestTenants } from '../testing/context.ts'
import { accessWriter } from './access-store.ts'
import { type Access, antiForgeryTokenOf, authenticate, type Credentials, createAccess } from './authenticate.ts'
import { noteUse } from './note-use.ts'
import type { Principal, UserPrincipal } from './principal.ts'
import { RefusedCaller } from './refused-caller.ts'
import { accessTokenWriter } from '../oauth/store.ts'
import { platformMembers } from './table.ts'
import { standingOf } from './tenant.ts'
import { makeToken, parseToken, TOKEN_PREFIXES } from './token.ts'

const NOW = new Date('2026-11-21T10:00:00.000Z')
const at = (ms: number) => new Date(NOW.getTime() + ms)
const ORIGIN = 'https://ach.example'
const PAGE = 'https://books.example'
const SUFFIX = '01m7yrd1hcechv6nb2ne0f5e99'
const NOTHING: Credentials = {
  authorization: undefined,
  sessionCookie: undefined,
  origin: undefined,
  fetchSite: undefined,
  antiForgery: undefined,
  parentOrigin: undefined,
  frameSecret: undefined,
  isUnsafe: false,
  address: undefined,
}

let tenants: TestTenants
let access: Access
let platformId: string
let made = 0

beforeAll(async () => {
  tenants = await createTestTenants()
  const control = byHand(tenants.databases.control)
  access = createAccess({ control, keyMode: 'test', publicOrigin: ORIGIN })
  platformId = (await control.write((tx) => addPlatform(tx, 'development', 'Tidewater', NOW))).platformId
  await control.write(async (tx) => {
    const createdAt = NOW.toISOString()
    for (const id of ['org_1', 'org_2'] as const) {
      const platform = id === 'org_1' ? platformId : null
      await addOrganization(tx, { id, platformId: platform, name: id, externalId: null, database: 'main', createdAt })
    }
    for (const id of ['usr_1', 'usr_2'] as const) {
      await accessWriter(tx).addUser({ id, email: `${id}@example.com`, name: id, createdAt })
    }
    await accessWriter(tx).addMember({ organizationId: 'org_1', userId: 'usr_1', role: 'viewer', createdAt })
  })
})
afterAll(() => tenants.close())

/** A suffix that no row has yet. */
const fresh = () => SUFFIX.slice(0, -4) + String(++made).padStart(4, '0')

async function apiKey(over: object = {}, prefix: 'testKey' | 'liveKey' = 'testKey'): Promise<string> {
  const suffix = fresh()
  const { token, secretHash } = makeToken(TOKEN_PREFIXES[prefix], suffix)
  const dates = { createdAt: NOW.toISOString(), expiresAt: at(1000).toISOString() }
  const row = { id: `key_${suffix}`, organizationId: 'org_1', name: 'Key', scopes: ['recipients:read'], secretHash }
  await access.control.write((tx) => accessWriter(tx).addApiKey({ ...row, ...dates, ...over }))
  return token
}

async function accessToken(over: object = {}, ofKey: object = {}, mode: 'test' | 'live' = 'test'): Promise<string> {
  const key = await apiKey({ expiresAt: at(2000).toISOString(), ...ofKey }, `${mode}Key`)
  const [suffix, apiKeyId] = [fresh(), `key_${parseToken(TOKEN_PREFIXES[`${mode}Key`], key)?.idSuffix}`]
  const { token, secretHash } = makeToken(TOKEN_PREFIXES[`${mode}Access`], suffix)
  const dates = { createdAt: NOW.toISOString(), expiresAt: at(1000).toISOString() }
  const row = { id: `tok_${suffix}`, apiKeyId, scopes: ['recipients:read'], secretHash, ...dates, ...over }
  await access.control.write((tx) => accessTokenWriter(tx, 'org_1').add(row))
  return token
}

async function embedSession(over: object = {}): Promise<string> {
  const owner = await apiKey()
  const suffix = fresh()
  const { token, secretHash } = makeToken(TOKEN_PREFIXES.embed, suffix)
  const row = {
    id: `ems_${suffix}`,
    organizationId: 'org_1',
    apiKeyId: `key_${parseToken(TOKEN_PREFIXES.testKey, owner)?.idSuffix}`,
    endUserId: 'maya',
    endUserName: 'Maya',
    scopes: ['recipients:read'],
    risable: [],
    isolation: 'page',
    allowedOrigins: [PAGE],
    secretHash,
    createdAt: NOW.toISOString(),
    expiresAt: at(1000).toISOString(),
  }
  await access.control.write((tx) => accessWriter(tx).addEmbedSession({ ...row, ...over }))
  return token
}

async function portalSession(over: object = {}): Promise<string> {
  const suffix = fresh()
  const { token, secretHash } = makeToken(TOKEN_PREFIXES.portal, suffix)
  const dates = { createdAt: NOW.toISOString(), seenAt: NOW.toISOString(), expiresAt: at(24 * 3_600_000).toISOString() }
  const row = { id: `ses_${suffix}`, userId: 'usr_1', secretHash, ...dates, ...over }
  await access.control.write((tx) => accessWriter(tx).addPortalSession(row))
  return token
}

/** What a caller gets: who it is, or why not, with the reason that stays here. */
async function answer(given: Partial<Credentials>, now = NOW): Promise<string> {
  try {
    return (await authenticate(access, { ...NOTHING, ...given }, now)).type
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const reason = error.cause instanceof RefusedCaller ? ` (${error.cause.who.reason})` : ''
    return `${error.code}${reason}`
  }
}
const bearer = (token: string, origin?: string) => ({ authorization: `Bearer ${token}`, origin })
/** The same token with another secret behind it. */
const forged = (token: string, prefix: keyof typeof TOKEN_PREFIXES) =>
  makeToken(TOKEN_PREFIXES[prefix], parseToken(TOKEN_PREFIXES[prefix], token)?.idSuffix ?? '').token

test('a key is taken to the end of its time, with its own secret, in its own mode, until it is revoked', async () => {
  const key = await apiKey()
  expect(await answer(bearer(key), at(999))).toBe('apiKey')
  expect(await answer(bearer(key), at(1000))).toBe('unauthenticated (expired)')
  expect(await answer(bearer(forged(key, 'testKey')))).toBe('unauthenticated (wrong-secret)')
  expect(await answer(bearer(await apiKey({ revokedAt: NOW.toISOString() })))).toBe('unauthenticated (revoked)')
  expect(await answer(bearer(await apiKey({}, 'liveKey')))).toBe('unauthenticated')
  expect(await answer(bearer(makeToken(TOKEN_PREFIXES.testKey, SUFFIX).token))).toBe('unauthenticated')
  for (const authorization of [key, `Basic ${key}`, `Bearer ${key} `, `Bearer  ${key}`, 'Bearer ']) {
    expect(await answer({ authorization }), authorization).toBe('unauthenticated')
  }
  expect(await answer({})).toBe('unauthenticated')
  const live = { ...access, keyMode: 'live' as const }
  const given = { ...NOTHING, ...bearer(await apiKey({}, 'liveKey')) }
  expect((await authenticate(live, given, NOW)).type).toBe('apiKey')
  await expect(authenticate(live, { ...NOTHING, ...bearer(key) }, NOW)).rejects.toThrow('is not valid')
})

test('an access token is taken to its end and that of its key, with its own secret, in its own mode', async () => {
  const token = await accessToken()
  expect(await answer(bearer(token), at(999))).toBe('apiKey')
  expect(await answer(bearer(token), at(1000))).toBe('unauthenticated (expired)')
  expect(await answer(bearer(forged(token, 'testAccess')))).toBe('unauthenticated (wrong-secret)')
  expect(await answer(bearer(await accessToken({}, { expiresAt: at(1).toISOString() })), at(1))).toBe(
    'unauthenticated (expired)',
  )
  expect(await answer(bearer(await accessToken({}, { revokedAt: NOW.toISOString() })))).toBe(
    'unauthenticated (revoked)',
  )
  expect(await answer(bearer(makeToken(TOKEN_PREFIXES.testAccess, SUFFIX).token))).toBe('unauthenticated')
  const ofLive = bearer(await accessToken({}, {}, 'live'))
  expect(await answer(ofLive)).toBe('unauthenticated')
  const live = { ...access, keyMode: 'live' as const }
  expect((await authenticate(live, { ...NOTHING, ...ofLive }, NOW)).type).toBe('apiKey')
  await expect(authenticate(live, { ...NOTHING, ...bearer(token) }, NOW)).rejects.toThrow('is not valid')
})

test('a refused key or token is looked for as one that never was: in the database, not in memory', async () => {
  const looks: string[] = []
  const { read } = access.control
  const select: typeof read.select = ((...fields: []) => {
    looks.push('select')
    return read.select(...fields)
  }) as typeof read.select
  const watched = createAccess({ ...access, control: { ...access.control, read: { ...read, select } as typeof read } })
  const looksFor = async (token: string) => {
    const given = { ...NOTHING, ...bearer(token) }
    await authenticate(watched, given, NOW).catch(() => null)
    looks.length = 0
    await expect(authenticate(watched, given, NOW)).rejects.toMatchObject({ code: 'unauthenticated' })
    return looks.length
  }
  const [key, token] = [await apiKey(), await accessToken()]
  expect(await looksFor(makeToken(TOKEN_PREFIXES.testKey, SUFFIX).token)).toBe(1)
  expect(await looksFor(forged(key, 'testKey'))).toBe(1)
  expect(await looksFor(makeToken(TOKEN_PREFIXES.testAccess, SUFFIX).token)).toBe(2)
  expect(await looksFor(forged(token, 'testAccess'))).toBe(2)
})

test('an embed session is taken to the end of its time, from its own page alone, until it is revoked', async () => {
  const token = await embedSession()
  expect(await answer(bearer(token, PAGE), at(999))).toBe('embedSession')
  expect(await answer(bearer(token, PAGE), at(1000))).toBe('session-expired (expired)')
  expect(await answer(bearer(token, ORIGIN))).toBe('origin-not-allowed (other-page)')
  expect(await answer(bearer(token))).toBe('origin-not-allowed (other-page)')
  expect(await answer(bearer(forged(token, 'embed'), PAGE))).toBe('unauthenticated (wrong-secret)')
  const revoked = await embedSession({ revokedAt: NOW.toISOString() })
  expect(await answer(bearer(revoked, PAGE))).toBe('session-expired (revoked)')
  expect(await answer(bearer(makeToken(TOKEN_PREFIXES.embed, SUFFIX).token, PAGE))).toBe('unauthenticated')
})

test('a session of the portal ends after its time, after a quiet time, and when it is ended', async () => {
  const sessionCookie = await portalSession({ expiresAt: at(24 * 3_600_000).toISOString() })
  const idle = LIMITS.portalIdleMinutes * 60_000
  expect(await answer({ sessionCookie }, at(idle - 1))).toBe('user')
  expect(await answer({ sessionCookie }, at(2 * idle - 2))).toBe('user')
  expect(await answer({ sessionCookie }, at(3 * idle - 2))).toBe('session-expired (expired)')
  // What is not written yet, because a minute has not gone by, counts as well.
  const busy = await portalSession()
  expect(await answer({ sessionCookie: busy }, at(59_000))).toBe('user')
  expect(await answer({ sessionCookie: busy }, at(59_000 + idle - 1))).toBe('user')
  const short = await portalSession({ expiresAt: at(1000).toISOString() })
  expect(await answer({ sessionCookie: short }, at(999))).toBe('user')
  expect(await answer({ sessionCookie: short }, at(1000))).toBe('session-expired (expired)')
  const ended = await portalSession({ endedAt: NOW.toISOString() })
  expect(await answer({ sessionCookie: ended })).toBe('session-expired (revoked)')
  expect(await answer({ sessionCookie: forged(short, 'portal') })).toBe('unauthenticated')
  expect(await answer({ sessionCookie: makeToken(TOKEN_PREFIXES.portal, SUFFIX).token })).toBe('unauthenticated')
  expect(await answer({ sessionCookie: 'x' })).toBe('unauthenticated')
})

test('that a session was used is written once a minute, with where from', async () => {
  const sessionCookie = await portalSession()
  const id = `ses_${parseToken(TOKEN_PREFIXES.portal, sessionCookie)?.idSuffix}`
  const seen = async (ms: number) => {
    await answer({ sessionCookie, address: '192.0.2.1' }, at(ms))
    const row = (await access.rows.portalSession(id))?.portal_sessions
    return [row?.seenAt, row?.address]
  }
  expect(await seen(60_000)).toEqual([NOW.toISOString(), null])
  expect(await seen(60_001)).toEqual([at(60_001).toISOString(), '192.0.2.1'])
})

test('no more than ten thousand sessions are remembered at once', async () => {
  const lastSeen = new Map(Array.from({ length: 9_999 }, (_, n) => [`ses_${n}`, 0]))
  const [first, second] = [await portalSession(), await portalSession()]
  await authenticate({ ...access, lastSeen }, { ...NOTHING, sessionCookie: first }, NOW)
  expect(lastSeen.size).toBe(10_000)
  await authenticate({ ...access, lastSeen }, { ...NOTHING, sessionCookie: second }, NOW)
  expect(lastSeen.size).toBe(1)
})

test('a change needs the token of the page and must come from a page of ours; a read needs neither', async () => {
  const sessionCookie = await portalSession()
  const antiForgery = antiForgeryTokenOf(parseToken(TOKEN_PREFIXES.portal, sessionCookie)?.secret ?? '')
  const change = (given: Partial<Credentials>) => answer({ sessionCookie, isUnsafe: true, antiForgery, ...given })
  expect(await answer({ sessionCookie, fetchSite: 'cross-site', origin: PAGE })).toBe('user')
  for (const given of [{ fetchSite: 'same-origin' }, { origin: ORIGIN }, { fetchSite: 'same-origin', origin: PAGE }]) {
    expect(await change(given), JSON.stringify(given)).toBe('user')
  }
  for (const given of [
    {},
    { origin: PAGE },
    { fetchSite: 'same-site', origin: ORIGIN },
    { fetchSite: 'cross-site', origin: ORIGIN },
    { fetchSite: 'none', origin: ORIGIN },
    { fetchSite: 'same-origin', antiForgery: undefined },
    { fetchSite: 'same-origin', antiForgery: '' },
    { fetchSite: 'same-origin', antiForgery: `${antiForgery}x` },
    { fetchSite: 'same-origin', antiForgery: antiForgeryTokenOf('another') },
  ]) {
    expect(await change(given), JSON.stringify(given)).toBe('forged-request (forged)')
  }
})

test('a refusal stands with the organization of the key, or with its platform', async () => {
  const refusal = async (token: string, origin?: string) => {
    const given = { ...NOTHING, ...bearer(token, origin) }
    const error = await authenticate(access, given, NOW).catch((thrown: unknown) => thrown)
    return ((error as ProblemError).cause as RefusedCaller).who
  }
  const revokedAt = NOW.toISOString()
  const ofOrganization = await refusal(await apiKey({ revokedAt }))
  expect(ofOrganization).toMatchObject({ home: { organizationId: 'org_1' }, actor: { type: 'apiKey', name: 'Key' } })
  const ofPlatform = await refusal(await apiKey({ revokedAt, organizationId: null, platformId }))
  expect(ofPlatform).toMatchObject({ home: { ownerId: platformId }, via: { type: 'apiKey' } })
  const session = await refusal(await embedSession({ revokedAt }), PAGE)
  expect(session).toMatchObject({
    home: { organizationId: 'org_1' },
    actor: { type: 'endUser', id: 'org_1/maya', name: 'Maya' },
    via: { type: 'embedSession' },
  })
})

const keyOf = async (over: object) => authenticate(access, { ...NOTHING, ...bearer(await apiKey(over)) }, NOW)
const personOf = async (userId: string) =>
  (await authenticate(access, { ...NOTHING, sessionCookie: await portalSession({ userId }) }, NOW)) as UserPrincipal
const where = async (principal: Awaited<ReturnType<typeof keyOf>>, named?: string) => {
  const { organizationId, scopes } = await standingOf(access.rows, principal, {
    organization: named,
    platform: undefined,
  })
  return { organizationId, scopes }
}

test('a key of an organization works there, whether it names it or not, and nowhere else', async () => {
  const key = await keyOf({})
  const there = { organizationId: 'org_1', scopes: ['recipients:read'] }
  expect([await where(key), await where(key, 'org_1')]).toEqual([there, there])
  await expect(where(key, 'org_2')).rejects.toMatchObject({ code: 'not-found' })
  await expect(where(key, 'org_none')).rejects.toMatchObject({ code: 'not-found' })
})

test('a key of a platform works in the organizations of its platform, by name alone', async () => {
  const key = await keyOf({ organizationId: null, platformId, scopes: ['organizations:read'] })
  expect(await where(key)).toEqual({ organizationId: null, scopes: ['organizations:read'] })
  expect(await where(key, 'org_1')).toEqual({ organizationId: 'org_1', scopes: ['organizations:read'] })
  await expect(where(key, 'org_2')).rejects.toMatchObject({ code: 'not-found' })
  await expect(where(key, 'org_none')).rejects.toMatchObject({ code: 'not-found' })
})

test('a person works where they are a member, as what they are there, and nowhere without a name', async () => {
  const [member, stranger] = [await personOf('usr_1'), await personOf('usr_2')]
  const place = { organization: undefined, platform: undefined }
  const scopes = ['organizations:read', 'organizations:write', 'platforms:write']
  expect(await standingOf(access.rows, member, place)).toEqual({
    organizationId: null,
    platformId: null,
    isOpen: true,
    scopes,
  })
  const there = await where(member, 'org_1')
  expect(there.organizationId).toBe('org_1' satisfies string as Id<'org'>)
  expect(there.scopes).toContain('recipients:read')
  expect(there.scopes).not.toContain('recipients:write')
  await expect(where(stranger, 'org_1')).rejects.toMatchObject({ code: 'not-found' })
  await expect(where(member, 'org_2')).rejects.toMatchObject({ code: 'not-found' })
})

test('who names a platform works for it, as one of its keys or of its people, and for no other', async () => {
  const createdAt = NOW.toISOString()
  const other = await access.control.write(async (tx) => {
    await tx.insert(platformMembers).values({ platformId, userId: 'usr_1', role: 'administrator', createdAt })
    return (await addPlatform(tx, 'development', 'Other', NOW)).platformId
  })
  const standing = (principal: Principal, platform: string, organization?: string) =>
    standingOf(access.rows, principal, { organization, platform })
  const [member, stranger] = [await personOf('usr_1'), await personOf('usr_2')]
  const key = await keyOf({ organizationId: null, platformId, scopes: ['organizations:read'] })
  const own = { organizationId: null, isOpen: true, platformId }
  expect(await standing(member, platformId)).toEqual({ ...own, scopes: PLATFORM_ADMINISTRATOR_SCOPES })
  expect(await standing(key, platformId)).toEqual({ ...own, scopes: ['organizations:read'] })
  expect((await standing(key, platformId, 'org_1')).organizationId).toBe('org_1')
  for (const principal of [member, key]) {
    await expect(standing(principal, other)).rejects.toMatchObject({ code: 'not-found' })
  }
  await expect(standing(stranger, platformId)).rejects.toMatchObject({ code: 'not-found' })
  await expect(standing(member, platformId, 'org_1')).rejects.toMatchObject({ code: 'validation-failed' })
  const narrow = await keyOf({ organizationId: null, platformId, onlyOrganizations: ['org_3'] })
  await expect(where(narrow, 'org_1')).rejects.toMatchObject({ code: 'not-found' })
})

test('in an organization that is being closed little is left of what a caller may do', async () => {
  const closing = { id: 'org_3', platformId, name: 'C', externalId: null, database: 'main' }
  await access.control.write(async (tx) => {
    await addOrganization(tx, { ...closing, createdAt: NOW.toISOString() })
    await tx.update(organizations).set({ closingAt: NOW.toISOString() }).where(eq(organizations.id, 'org_3'))
  })
  const scopes = ['recipients:read', 'organizations:read', 'audit-events:read'] as const
  const place = { organization: undefined, platform: undefined }
  const closed = await standingOf(access.rows, await keyOf({ organizationId: 'org_3', scopes }), place)
  expect(closed).toMatchObject({ isOpen: false, scopes: ['organizations:read', 'audit-events:read'] })
  const open = await standingOf(access.rows, await keyOf({ scopes }), place)
  expect(open).toMatchObject({ isOpen: true, scopes })
})

test('that a member works in an organization is written once an hour; keys and strangers leave no trace of it', async () => {
  const lastUse = async (principal: Principal, ms: number) => {
    const standing = { organizationId: 'org_1' as Id<'org'>, isOpen: true, platformId: null, scopes: [] }
    await noteUse(access, principal, standing, at(ms))
    return (await access.rows.membership('org_1', 'usr_1'))?.lastUsedAt
  }
  const [member, stranger, key] = [await personOf('usr_1'), await personOf('usr_2'), await keyOf({})]
  const hour = 3_600_000
  expect([await lastUse(key, 0), await lastUse(stranger, 0)]).toEqual([null, null])
  expect(await lastUse(member, 0)).toBe(at(0).toISOString())
  expect(await lastUse(member, hour - 1)).toBe(at(0).toISOString())
  expect(await lastUse(member, hour)).toBe(at(hour).toISOString())
  const nowhere = { organizationId: null, isOpen: true, platformId: null, scopes: [] }
  await noteUse(access, member, nowhere, at(5 * hour))
  expect((await access.rows.membership('org_1', 'usr_1'))?.lastUsedAt).toBe(at(hour).toISOString())
})
