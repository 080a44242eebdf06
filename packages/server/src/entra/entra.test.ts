import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { users } from '../access/table.ts'
import { controlAuditEvents } from '../audit/table.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'
import { openEntra } from './open-entra.ts'
import { signInMethods } from './service.ts'
import { BROKEN_TOKENS } from './testing/broken-tokens.ts'
import {
  connectAccount,
  nonceFor,
  OURS,
  sendToken,
  signInCookieOf,
  signInWithAccount,
  tokenToConnect,
} from './testing/entra-person.ts'
import { usedSignInNonces } from './table.ts'
import { TEST_ENTRA, TENANT } from './testing/test-issuer.ts'

let api: TestApi
let organization: string

beforeAll(async () => {
  api = await createTestApi()
  organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
})
afterAll(() => api.close())

let tests = 0
beforeEach(() => {
  api.network.address = `192.0.2.${++tests}`
  api.clock.now = new Date(api.clock.now.getTime() + 20 * 60_000)
})

/** Somebody who signed in with a mailed code and has proven that it is they. */
async function provenPerson(name: string) {
  const email = `${name}@bluebird.example`
  const id = await api.addMember(organization, email, 'administrator')
  const person = await signIn(api, email)
  await person.addPasskey()
  await person.stepUp()
  return Object.assign(person, { id, email })
}

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const sessionCookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .find((line) => line.startsWith('__Host-fw_session='))
    ?.split(';')[0] ?? ''
const me = (cookie: string) => api.send('GET', '/v1/session', { headers: { Cookie: cookie } })

/** Of the address this test comes from. */
async function eventsOf(action: string) {
  await api.parts.denials.flush(new Date(api.clock.now.getTime() + 120_000))
  const rows = await byHand(api.parts.databases.control).read.select().from(controlAuditEvents)
  return rows.filter((row) => row.action === action && row.ip === api.network.address)
}

test('the sign-in page is told which ways there are, without any secret, and a new nonce each time', async () => {
  const response = await api.send('GET', '/v1/sign-in/methods', { headers: OURS })
  const methods = (await response.json()) as { entra: Record<string, unknown> }
  const { name, authority, clientId, scopes } = TEST_ENTRA
  expect(methods).toEqual({
    type: 'signInMethods',
    mailedCode: true,
    entra: { type: 'entraChallenge', name, authority, clientId, scopes, nonce: expect.stringMatching(/^[\w-]{72}$/) },
  })
  const cookie = signInCookieOf(response)
  const again = await nonceFor(api, cookie)
  expect(again.cookie).toBe(cookie)
  expect(again.nonce).not.toBe(methods.entra['nonce'])
})

test('asking which ways there are leaves a code that was mailed before good', async () => {
  const email = 'cleo@bluebird.example'
  await api.addMember(organization, email, 'viewer')
  const asked = await api.send('POST', '/v1/sign-in/codes', { headers: OURS, body: { email } })
  const code = /\b\d{8}\b/.exec(api.mailbox.list()[0]?.text ?? '')?.[0]
  const { cookie } = await nonceFor(api, signInCookieOf(asked))
  const headers = { ...OURS, Cookie: cookie }
  expect((await api.send('POST', '/v1/sign-in/sessions', { headers, body: { email, code } })).status).toBe(201)
})

test('a link of another site to that question changes no cookie', async () => {
  for (const site of ['cross-site', 'same-site', 'none']) {
    const response = await api.send('GET', '/v1/sign-in/methods', { headers: { 'Sec-Fetch-Site': site } })
    expect(response.headers.getSetCookie(), site).toEqual([])
  }
})

test('whoever connected an account signs in with it, and gets a session like any other', async () => {
  const ada = await provenPerson('ada')
  await connectAccount(api, ada, { oid: 'ada-1' })
  const response = await signInWithAccount(api, { oid: 'ada-1' })
  expect(response.status).toBe(201)
  expect(await response.clone().json()).toMatchObject({ user: { id: ada.id, email: ada.email }, steppedUpUntil: null })
  expect(response.headers.getSetCookie().find((line) => line.startsWith('__Host-fw_sign_in='))).toMatch(/Max-Age=0/)
  const [signedIn] = (await eventsOf('user.signedIn')).slice(-1)
  expect(signedIn).toMatchObject({ ownerId: ada.id, actorId: ada.id, outcome: 'succeeded' })
  expect(JSON.stringify(signedIn)).toContain('entra')
  const cookie = sessionCookieOf(response)
  expect((await me(cookie)).status).toBe(200)
  api.clock.now = new Date(api.clock.now.getTime() + 30 * 60_000)
  expect((await me(cookie)).status).toBe(401)
})

test('an account that nobody connected signs nobody in, even with the e-mail address of a member', async () => {
  const bea = await provenPerson('bea')
  const claims = { oid: 'stranger', email: bea.email, preferred_username: bea.email, email_verified: true }
  const response = await signInWithAccount(api, claims)
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining('not connected to anybody here') })
  expect(response.headers.getSetCookie()).toEqual([])
  const [refused] = (await eventsOf('user.signInFailed')).slice(-1)
  expect(refused).toMatchObject({ outcome: 'denied', ip: api.network.address })
  expect(JSON.stringify(refused)).toContain('unknown-identity')
})

test('the same object id under another tenant is somebody else', async () => {
  const dora = await provenPerson('dora')
  await connectAccount(api, dora, { oid: 'dora-1' })
  const response = await signInWithAccount(api, { oid: 'dora-1', tid: TENANT.replace('3', '4') })
  expect(response.status).toBe(401)
})

test('a token works once, also when it is sent twice at the same time', async () => {
  const eve = await provenPerson('eve')
  await connectAccount(api, eve, { oid: 'eve-1' })
  const { nonce, cookie } = await nonceFor(api)
  const token = api.issuer.token(api.issuer.claims(api.clock.now, nonce, { oid: 'eve-1' }))
  const both = await Promise.all([1, 2, 3].map(() => sendToken(api, token, cookie)))
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 401, 401])
  expect((await sendToken(api, token, cookie)).status).toBe(401)
  expect(JSON.stringify((await eventsOf('user.signInFailed')).slice(-1))).toContain('token-used')
  const another = api.issuer.token(
    api.issuer.claims(api.clock.now, nonce, { oid: 'eve-1', iat: 1 + Math.floor(api.clock.now.getTime() / 1000) }),
  )
  expect((await sendToken(api, another, cookie)).status).toBe(401)
})

test('a used token stays used for as long as its nonce is good, and is forgotten within two hours', async () => {
  const control = byHand(api.parts.databases.control)
  const rows = () => control.read.select().from(usedSignInNonces)
  const tom = await provenPerson('tom')
  await connectAccount(api, tom, { oid: 'tom-1' })
  const { nonce, cookie } = await nonceFor(api)
  const token = api.issuer.token(api.issuer.claims(api.clock.now, nonce, { oid: 'tom-1' }))
  expect((await sendToken(api, token, cookie)).status).toBe(201)
  const start = api.clock.now.getTime()
  for (const minutes of [1, 14]) {
    api.clock.now = new Date(start + minutes * 60_000)
    expect((await signInWithAccount(api, { oid: 'tom-1' })).status).toBe(201)
    expect((await sendToken(api, token, cookie)).status).toBe(401)
  }
  api.clock.now = new Date(start + 120 * 60_000)
  api.network.address = '198.51.100.8'
  expect((await signInWithAccount(api, { oid: 'tom-1' })).status).toBe(201)
  expect(await rows()).toHaveLength(1)
})

test('a token works in the browser that was given its nonce, and in no other', async () => {
  const fay = await provenPerson('fay')
  await connectAccount(api, fay, { oid: 'fay-1' })
  const [mine, other] = [await nonceFor(api), await nonceFor(api)]
  const token = api.issuer.token(api.issuer.claims(api.clock.now, mine.nonce, { oid: 'fay-1' }))
  for (const cookie of [other.cookie, '', '__Host-fw_sign_in=x']) {
    expect(await codeOf(await sendToken(api, token, cookie))).toBe('unauthenticated')
  }
  expect((await sendToken(api, token, mine.cookie)).status).toBe(201)
})

test('a nonce is good for fifteen minutes', async () => {
  const gus = await provenPerson('gus')
  await connectAccount(api, gus, { oid: 'gus-1' })
  const start = api.clock.now.getTime()
  const after = async (ms: number) => {
    api.clock.now = new Date(start)
    const { nonce, cookie } = await nonceFor(api)
    api.clock.now = new Date(start + ms)
    return (await sendToken(api, api.issuer.token(api.issuer.claims(api.clock.now, nonce, { oid: 'gus-1' })), cookie))
      .status
  }
  expect(await after(15 * 60_000 - 1)).toBe(201)
  expect(await after(15 * 60_000)).toBe(401)
})

test('a token of a minute ago, or of a clock a minute ahead, still signs in', async () => {
  const hal = await provenPerson('hal')
  await connectAccount(api, hal, { oid: 'hal-1' })
  const at = Math.floor(api.clock.now.getTime() / 1000)
  expect((await signInWithAccount(api, { oid: 'hal-1', exp: at - 59 })).status).toBe(201)
  expect((await signInWithAccount(api, { oid: 'hal-1', nbf: at + 60, iat: at + 60 })).status).toBe(201)
  expect((await signInWithAccount(api, { oid: 'hal-1', iat: at - 3660 })).status).toBe(201)
})

test('a sign-in from a page that is not ours is refused', async () => {
  const { nonce, cookie } = await nonceFor(api)
  const token = api.issuer.token(api.issuer.claims(api.clock.now, nonce))
  const headers = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site', Cookie: cookie }
  expect(await codeOf(await api.send('POST', '/v1/sign-in/entra', { headers, body: { token } }))).toBe('forged-request')
})

test('a new sign-in in the same browser ends the session before', async () => {
  const ida = await provenPerson('ida')
  await connectAccount(api, ida, { oid: 'ida-1' })
  const { nonce, cookie } = await nonceFor(api)
  const token = api.issuer.token(api.issuer.claims(api.clock.now, nonce, { oid: 'ida-1' }))
  expect((await sendToken(api, token, `${cookie}; ${ida.cookie}`)).status).toBe(201)
  expect((await me(ida.cookie)).status).toBe(401)
})

test('connecting an account needs a fresh proof, before and after the way to the provider', async () => {
  const email = 'jan@bluebird.example'
  await api.addMember(organization, email, 'viewer')
  const jan = await signIn(api, email)
  await jan.addPasskey()
  expect(await codeOf(await jan.send('POST', '/v1/session/identities/challenges'))).toBe('step-up-required')
  await jan.stepUp()
  const { token, cookie } = await tokenToConnect(api, jan, { oid: 'jan-1' })
  api.clock.now = new Date(api.clock.now.getTime() + 5 * 60_000)
  const headers = { Cookie: `${jan.cookie}; ${cookie}` }
  expect(await codeOf(await jan.send('POST', '/v1/session/identities', { headers, body: { token } }))).toBe(
    'step-up-required',
  )
  expect((await signInWithAccount(api, { oid: 'jan-1' })).status).toBe(401)
})

test('a token for signing in connects nothing, and one for connecting signs nobody in', async () => {
  const kim = await provenPerson('kim')
  await connectAccount(api, kim, { oid: 'kim-1' })
  const signingIn = await nonceFor(api)
  const token = api.issuer.token(api.issuer.claims(api.clock.now, signingIn.nonce, { oid: 'kim-2' }))
  const headers = { Cookie: `${kim.cookie}; ${signingIn.cookie}` }
  expect((await kim.send('POST', '/v1/session/identities', { headers, body: { token } })).status).toBe(401)
  const connecting = await tokenToConnect(api, kim, { oid: 'kim-1' })
  expect((await sendToken(api, connecting.token, connecting.cookie)).status).toBe(401)
})

test('an account belongs to one person, who is told by mail, sees it, and can take it away', async () => {
  const lea = await provenPerson('lea')
  const { id } = await connectAccount(api, lea, { oid: 'lea-1', preferred_username: 'lea@contoso.example' })
  await api.runJobs()
  const told = { to: lea.email, text: expect.stringContaining('lea@contoso.example') }
  expect(api.mailbox.list()).toContainEqual(expect.objectContaining(told))
  const mia = await provenPerson('mia')
  const taken = await tokenToConnect(api, mia, { oid: 'lea-1' })
  const headers = { Cookie: `${mia.cookie}; ${taken.cookie}` }
  const refused = await mia.send('POST', '/v1/session/identities', { headers, body: { token: taken.token } })
  expect(await codeOf(refused)).toBe('duplicate')
  expect((await mia.send('POST', `/v1/session/identities/${id}/remove`)).status).toBe(404)
  const mine = (await (await lea.send('GET', '/v1/session/identities')).json()) as { data: unknown[] }
  expect(mine).toMatchObject({ provider: 'Microsoft', data: [{ id, label: 'lea@contoso.example', lastUsedAt: null }] })
  await lea.stepUp()
  expect((await lea.send('POST', `/v1/session/identities/${id}/remove`)).status).toBe(204)
  api.network.address = '198.51.100.7'
  expect((await signInWithAccount(api, { oid: 'lea-1' })).status).toBe(401)
})

test('the account of somebody whose own account was closed signs nobody in', async () => {
  const oda = await provenPerson('oda')
  await connectAccount(api, oda, { oid: 'oda-1' })
  const control = byHand(api.parts.databases.control)
  const closedAt = api.clock.now.toISOString()
  await control.write((tx) => tx.update(users).set({ closedAt }).where(eq(users.id, oda.id)))
  expect((await signInWithAccount(api, { oid: 'oda-1' })).status).toBe(401)
})

test('removing an account needs a fresh proof', async () => {
  const pia = await provenPerson('pia')
  const { id } = await connectAccount(api, pia, { oid: 'pia-1' })
  api.clock.now = new Date(api.clock.now.getTime() + 5 * 60_000)
  expect(await codeOf(await pia.send('POST', `/v1/session/identities/${id}/remove`))).toBe('step-up-required')
  expect((await signInWithAccount(api, { oid: 'pia-1' })).status).toBe(201)
})

test('a token connects once', async () => {
  const ron = await provenPerson('ron')
  const { token, cookie } = await tokenToConnect(api, ron, { oid: 'ron-1' })
  const connect = () => {
    const headers = { Cookie: `${ron.cookie}; ${cookie}` }
    return ron.send('POST', '/v1/session/identities', { headers, body: { token } })
  }
  const { id } = (await (await connect()).json()) as { id: string }
  await ron.send('POST', `/v1/session/identities/${id}/remove`)
  expect(await codeOf(await connect())).toBe('unauthenticated')
})

test.each([
  [{ preferred_username: 'sam@contoso.example', name: 'Sam' }, 'sam@contoso.example'],
  [{ preferred_username: ' ', email: 'sam@example.com' }, 'sam@example.com'],
  [{ preferred_username: ['sam'], name: 'Sam\u202eevil\u0000' }, 'Samevil'],
  [{ preferred_username: 'x'.repeat(300) }, 'x'.repeat(200)],
  [{ preferred_username: undefined, name: undefined }, 'no name'],
])('an account is called what the provider calls it, as plain text: %j', async (claims, label) => {
  const sam = await provenPerson(`sam-${tests}`)
  await connectAccount(api, sam, { oid: `sam-${tests}`, ...claims })
  const list = (await (await sam.send('GET', '/v1/session/identities')).json()) as { data: { label: string }[] }
  expect(list.data.map((one) => one.label)).toEqual([label])
})

test.each([
  ['token-form', 'alg none'],
  ['token-key', 'an unknown kid'],
  ['token-signature', 'a key that is not published'],
  ['token-claims', 'another issuer'],
  ['token-claims', 'another tenant'],
  ['token-claims', 'no oid'],
  ['token-time', 'expired 61 seconds ago'],
  ['token-time', 'good from 61 seconds on'],
  ['token-time', 'an expiry beyond all numbers'],
  ['token-nonce', 'another nonce'],
])('the audit log tells why a token was refused: %s for %s', async (reason, name) => {
  const { nonce, cookie } = await nonceFor(api)
  const make = BROKEN_TOKENS.find(([each]) => each === name)?.[1]
  const claims = api.issuer.claims(api.clock.now, nonce)
  const token = make?.({ issuer: api.issuer, claims, now: Math.floor(api.clock.now.getTime() / 1000) }) ?? ''
  expect((await sendToken(api, token, cookie)).status).toBe(401)
  const [refused] = (await eventsOf('user.signInFailed')).slice(-1)
  expect(JSON.stringify(refused)).toContain(reason)
  expect(refused).toMatchObject({ outcome: 'denied' })
})

test('a server without mail tells that nobody can sign in, and gives no cookie', () => {
  const entra = openEntra(TEST_ENTRA, () => api.clock.now)
  const call = { now: api.clock.now, signInCookie: undefined }
  const none = { methods: { type: 'signInMethods', mailedCode: false, entra: null }, cookie: undefined }
  expect(signInMethods({ entra }, call)).toEqual(none)
})

test('a person connects five accounts at most', async () => {
  const ned = await provenPerson('ned')
  for (let n = 0; n < 5; n++) await connectAccount(api, ned, { oid: `ned-${n}` })
  const { token, cookie } = await tokenToConnect(api, ned, { oid: 'ned-5' })
  const headers = { Cookie: `${ned.cookie}; ${cookie}` }
  expect(await codeOf(await ned.send('POST', '/v1/session/identities', { headers, body: { token } }))).toBe(
    'limit-exceeded',
  )
})

test('guessing tokens from one address is stopped', async () => {
  const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await sendToken(api, 'hello', '')).status))
  expect(statuses.filter((status) => status === 429)).toHaveLength(2)
})

test('while the provider is away long, nobody signs in with it, and is told to try again', async () => {
  const alone = await createTestApi()
  alone.issuer.keys = () => new Response(null, { status: 500 })
  const response = await signInWithAccount(alone, {})
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30'])
  expect(await codeOf(response)).toBe('unavailable')
  await alone.close()
})
