import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { controlAuditEventStore } from '../audit/audit.ts'
import { SERVER } from '../audit/denials.ts'
import { accessStore } from '../access/access-store.ts'
import { makeToken, TOKEN_PREFIXES } from '../access/token.ts'
import { LIMITS } from '../limits.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, TEST_ORIGIN, type TestApi } from '../testing/api.ts'
import { newId } from '../new-id.ts'
import { signIn } from '../testing/portal-person.ts'
import { createSignInCodes } from './sign-in-codes.ts'

const ADA = 'ada@bluebird.example'
const OURS = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin' }
const MINUTE = 60_000

let api: TestApi
let ada: string
let asked = 0

beforeAll(async () => {
  api = await createTestApi()
  const organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
  ada = await api.addMember(organization, ADA, 'administrator')
})
afterAll(() => api.close())
beforeEach(() => later(60 * MINUTE))

function later(ms: number): void {
  api.clock.now = new Date(api.clock.now.getTime() + ms)
}

/** Asks for a code from an address of its own. @returns the code that was mailed, and the cookie that goes with it */
async function ask(email = ADA) {
  api.network.address = `192.0.2.${++asked}`
  const before = api.mailbox.list().length
  const response = await api.send('POST', '/v1/sign-in/codes', { headers: OURS, body: { email } })
  const mail = api.mailbox.list().length > before ? api.mailbox.list()[0] : undefined
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { code: /\b\d{8}\b/.exec(mail?.text ?? '')?.[0], cookie }
}

async function use({ code = '', cookie }: { code?: string | undefined; cookie: string }, more = ''): Promise<number> {
  const headers = { ...OURS, Cookie: `${cookie}${more}` }
  return (await api.send('POST', '/v1/sign-in/sessions', { headers, body: { email: ADA, code } })).status
}

test('a code works for ten minutes to the millisecond', async () => {
  const [length, first] = [LIMITS.signInCodeMinutes * MINUTE, await ask()]
  later(length - 1)
  expect(await use(first)).toBe(201)
  const second = await ask()
  later(length)
  expect([length, await use(second)]).toEqual([600_000, 401])
})

test('a code is one of a hundred million, each as likely as the others', () => {
  const codes = Array.from({ length: 500 }, () => createSignInCodes(newId).make(api.clock.now).code)
  expect(codes.filter((code) => !/^\d{8}$/.test(code))).toEqual([])
  expect(new Set(codes.map((code) => code[0])).size).toBe(10)
})

test('four wrong tries leave one that is right', async () => {
  const mailed = await ask()
  const wrong = { ...mailed, code: mailed.code === '00000000' ? '00000001' : '00000000' }
  for (let tries = 1; tries < LIMITS.signInTries; tries++) expect(await use(wrong)).toBe(401)
  expect(await use(mailed)).toBe(201)
})

test('an address gets five codes in a quarter of an hour, and the next when that is over', async () => {
  const codes = []
  for (let n = 0; n < 6; n++) codes.push((await ask()).code)
  expect(codes.map((code) => code !== undefined)).toEqual([true, true, true, true, true, false])
  later(15 * MINUTE - 1)
  expect((await ask()).code).toBeUndefined()
  later(1)
  expect((await ask()).code).toBeDefined()
})

test('who asks for a code is nobody yet, in the chain of the person or of nobody; who brings it is the person', async () => {
  const newest = async (owner: string) =>
    (await controlAuditEventStore(byHand(api.parts.databases.control).read, owner).list({ limit: 1 }))[0]
  const mailed = await ask()
  const requested = { action: 'user.signInCodeRequested', actorType: 'anonymous', viaType: null }
  expect(await newest(ada)).toMatchObject({ ...requested, actorId: ada, actorName: null })
  await ask('nobody@bluebird.example')
  expect(await newest(SERVER)).toMatchObject({ ...requested, actorId: 'unknown', targetId: 'unknown' })
  await use(mailed)
  expect(await newest(ada)).toMatchObject({ action: 'user.signedIn', actorType: 'user', viaType: 'portalSession' })
  await (await signIn(api, ADA)).send('POST', '/v1/session/end')
  expect(await newest(ada)).toMatchObject({ action: 'user.signedOut', actorType: 'user', viaType: 'portalSession' })
})

test('a session that has ended keeps the time of its end when a browser brings it to a new sign-in', async () => {
  const { cookie } = await signIn(api, ADA)
  const id = `ses_${cookie.slice('__Host-fw_session=fw_ses_'.length).slice(0, 26)}`
  const endedAt = async () => {
    const found = await accessStore(byHand(api.parts.databases.control).read).portalSession(id)
    return found?.portal_sessions.endedAt
  }
  later(16 * MINUTE)
  await use(await ask(), `; ${cookie}`)
  const before = api.clock.now.toISOString()
  later(16 * MINUTE)
  expect(await use(await ask(), `; ${cookie}`)).toBe(201)
  expect(await endedAt()).toBe(before)
})

test('of a cookie that a browser sends, one of ours is known and nothing else', () => {
  const { make, ownCookie } = createSignInCodes(newId)
  const { cookie } = make(api.clock.now)
  expect([cookie, `${cookie}x`, '', undefined].map(ownCookie)).toEqual([cookie, undefined, undefined, undefined])
})

test('a cookie that is none of ours signs nobody in and stands in nobody’s way', async () => {
  const mailed = await ask()
  for (const cookie of [
    '',
    '__Host-fw_sign_in=x',
    `__Host-fw_sign_in=${makeToken(TOKEN_PREFIXES.signIn, 'x').token}`,
  ]) {
    expect(await use({ ...mailed, cookie }), cookie).toBe(401)
  }
  expect(await use(mailed, '; __Host-fw_session=x')).toBe(201)
})

test('a new sign-in ends the session that its browser can prove, and no other', async () => {
  const person = await signIn(api, ADA)
  const suffix = person.cookie.slice('__Host-fw_session=fw_ses_'.length).slice(0, 26)
  const forged = makeToken(TOKEN_PREFIXES.portal, suffix).token
  later(16 * MINUTE)
  expect(await use(await ask(), `; __Host-fw_session=${forged}`)).toBe(201)
  expect((await person.send('GET', '/v1/session')).status).toBe(200)
  expect(await use(await ask(), `; ${person.cookie}`)).toBe(201)
  expect((await person.send('GET', '/v1/session')).status).toBe(401)
})

test('a session says to the millisecond when it ends', async () => {
  const answer = await (await signIn(api, ADA)).send('GET', '/v1/session')
  const { expiresAt } = (await answer.json()) as { expiresAt: string }
  expect(Date.parse(expiresAt) - api.clock.now.getTime()).toBe(LIMITS.portalHours * 3_600_000)
})

test('a passkey may be of any of the three kinds that this server checks', async () => {
  const person = await signIn(api, ADA)
  const answer = await person.send('POST', '/v1/session/passkeys/challenges')
  const { options } = (await answer.json()) as { options: { pubKeyCredParams: { alg: number }[] } }
  expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-8, -7, -257])
})
