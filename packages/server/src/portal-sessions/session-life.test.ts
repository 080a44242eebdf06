import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApi, TEST_ORIGIN, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const ADA = 'ada@bluebird.example'

let api: TestApi
let tests = 0

beforeAll(async () => {
  api = await createTestApi()
  const organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
  await api.addMember(organization, ADA, 'administrator')
  await api.addMember(organization, 'eve@bluebird.example', 'administrator')
})
afterAll(() => api.close())
beforeEach(() => {
  api.network.address = `192.0.2.${++tests}`
  pass(16 * MINUTE)
})

function pass(ms: number): void {
  api.clock.now = new Date(api.clock.now.getTime() + ms)
}
const asking = (cookie: string) => api.send('GET', '/v1/session', { headers: { Cookie: cookie } })
const statusWith = async (cookie: string) => (await asking(cookie)).status
type Listed = { id: string; isCurrent: boolean; program: string | null; address: string | null; seenAt: string }[]
const sessionsOf = async (person: Awaited<ReturnType<typeof signIn>>) =>
  ((await (await person.send('GET', '/v1/session/open-sessions')).json()) as { data: Listed }).data

test.each([
  ['a session that nobody uses works at 29:59', 29 * MINUTE + 59 * SECOND, 200],
  ['and no more at 30:01', 30 * MINUTE + SECOND, 401],
])('%s', async (_, ms, status) => {
  const { cookie } = await signIn(api, ADA)
  pass(ms)
  expect(await statusWith(cookie)).toBe(status)
})

test.each([
  ['works at 9:59', 9 * MINUTE + 59 * SECOND, 201],
  ['and no more at 10:01', 10 * MINUTE + SECOND, 401],
])('a mailed code %s', async (_, ms, status) => {
  const ours = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin' }
  const asked = await api.send('POST', '/v1/sign-in/codes', { headers: ours, body: { email: ADA } })
  const code = /\b\d{8}\b/.exec(api.mailbox.list()[0]?.text ?? '')?.[0]
  const headers = { ...ours, Cookie: asked.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  pass(ms)
  const opened = await api.send('POST', '/v1/sign-in/sessions', { headers, body: { email: ADA, code } })
  expect(opened.status).toBe(status)
})

test('thirty minutes are counted from the last request, to the second, although the database learns of it once a minute', async () => {
  const { cookie } = await signIn(api, ADA)
  const changes = () => api.parts.databases.control.changes
  const before = changes()
  for (let second = 1; second <= 50; second++) {
    pass(SECOND)
    expect(await statusWith(cookie)).toBe(200)
  }
  expect(changes()).toBe(before)
  pass(29 * MINUTE + 59 * SECOND)
  expect(await statusWith(cookie)).toBe(200)
  expect(changes()).toBeGreaterThan(before)
  pass(30 * MINUTE + SECOND)
  expect(await statusWith(cookie)).toBe(401)
  pass(-2 * SECOND)
  expect(await statusWith(cookie)).toBe(200)
})

test('the busiest person signs in again after twelve hours', async () => {
  const { cookie } = await signIn(api, ADA)
  for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
    pass(20 * MINUTE)
    expect(await statusWith(cookie)).toBe(200)
  }
  pass(20 * MINUTE - SECOND)
  expect(await statusWith(cookie)).toBe(200)
  pass(SECOND)
  expect(await statusWith(cookie)).toBe(401)
  expect((await (await asking(cookie)).json()) as { code: string }).toMatchObject({ code: 'session-expired' })
})

test('a cookie that was planted before the sign-in is nobody’s afterwards', async () => {
  const planted = await signIn(api, 'eve@bluebird.example')
  const made = `__Host-fw_session=fw_ses_${'0'.repeat(26)}${'A'.repeat(43)}_00000000`
  const asked = await planted.send('POST', '/v1/sign-in/codes', { body: { email: ADA } })
  const code = /\b\d{8}\b/.exec(api.mailbox.list()[0]?.text ?? '')?.[0]
  const signInCookie = asked.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  for (const before of [planted.cookie, made]) {
    const opened = await planted.send('POST', '/v1/sign-in/sessions', {
      headers: { Cookie: `${signInCookie}; ${before}` },
      body: { email: ADA, code },
    })
    if (!opened.ok) continue
    const fresh =
      opened.headers
        .getSetCookie()
        .find((line) => line.startsWith('__Host-fw_session='))
        ?.split(';')[0] ?? ''
    expect(fresh).not.toBe(before)
    expect(await (await asking(fresh)).json()).toMatchObject({ user: { email: ADA } })
  }
  expect(await statusWith(planted.cookie)).toBe(401)
  expect(await statusWith(made)).toBe(401)
})

test('signing out ends the session for good, takes the cookie away and clears what the page left', async () => {
  const ada = await signIn(api, ADA)
  const out = await ada.send('POST', '/v1/session/end')
  expect(out.status).toBe(204)
  expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"')
  expect(out.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-fw_session=; Max-Age=0;/)])
  expect(await statusWith(ada.cookie)).toBe(401)
  expect((await ada.send('POST', '/v1/session/end')).status).toBe(401)
})

test('what was stolen before a proof is worthless after it, and the old token of changes with it', async () => {
  const ada = await signIn(api, ADA)
  const stolen = ada.cookie
  await ada.addPasskey()
  expect((await ada.stepUp()).status).toBe(200)
  expect(ada.cookie).not.toBe(stolen)
  expect([await statusWith(stolen), await statusWith(ada.cookie)]).toEqual([401, 200])
  expect((await ada.send('GET', '/v1/session/open-sessions', { headers: { Cookie: stolen } })).status).toBe(401)
})

test.each([
  ['another id', (cookie: string) => cookie.replace(/fw_ses_./, 'fw_ses_7')],
  ['another secret', (cookie: string) => `${cookie.slice(0, 60)}${cookie[60] === 'A' ? 'B' : 'A'}${cookie.slice(61)}`],
  ['half of it', (cookie: string) => cookie.slice(0, 60)],
  ['something behind it', (cookie: string) => `${cookie}0`],
  ['nothing', () => '__Host-fw_session='],
])('a cookie with %s is nobody’s', async (_, changed) => {
  const { cookie } = await signIn(api, ADA)
  expect(await statusWith(changed(cookie))).toBe(401)
})

test('a person sees where they are signed in, and ends one or all others', async () => {
  for (const session of await allOf(ADA)) await session.end()
  const [here, phone, laptop] = [await signIn(api, ADA), await signIn(api, ADA), await signIn(api, ADA)]
  pass(2 * MINUTE)
  api.network.address = '198.51.100.77'
  await phone.send('GET', '/v1/session', { headers: { 'User-Agent': 'Phone/1' } })
  const listed = await sessionsOf(here)
  expect(listed).toHaveLength(3)
  expect(listed.filter(({ isCurrent }) => isCurrent)).toHaveLength(1)
  expect(listed.filter(({ address }) => address === '198.51.100.77')).toHaveLength(2)
  const text = JSON.stringify(listed)
  for (const { cookie } of [here, phone, laptop]) expect(text).not.toContain(cookie.slice(-40, -10))

  const ofLaptop = (await sessionsOf(laptop)).find(({ isCurrent }) => isCurrent)?.id ?? ''
  expect((await here.send('POST', `/v1/session/open-sessions/${ofLaptop}/end`)).status).toBe(204)
  expect([await statusWith(laptop.cookie), await statusWith(phone.cookie)]).toEqual([401, 200])
  expect((await here.send('POST', `/v1/session/open-sessions/${ofLaptop}/end`)).status).toBe(404)

  const ended = await here.send('POST', '/v1/session/open-sessions/end-others')
  expect(await ended.json()).toMatchObject({ type: 'endedSessions', count: 1 })
  expect([await statusWith(phone.cookie), await statusWith(here.cookie)]).toEqual([401, 200])
  expect(await sessionsOf(here)).toMatchObject([{ isCurrent: true }])
})

test('nobody ends a session of somebody else, and one’s own is ended by signing out', async () => {
  const [ada, eve] = [await signIn(api, ADA), await signIn(api, 'eve@bluebird.example')]
  const own = (await sessionsOf(ada)).find(({ isCurrent }) => isCurrent)?.id ?? ''
  expect((await eve.send('POST', `/v1/session/open-sessions/${own}/end`)).status).toBe(404)
  expect((await ada.send('POST', `/v1/session/open-sessions/${own}/end`)).status).toBe(409)
  const ended = (await (await eve.send('POST', '/v1/session/open-sessions/end-others')).json()) as { count: number }
  expect(ended.count).toBeLessThan(5)
  expect(await statusWith(ada.cookie)).toBe(200)
})

test('sessions that are over are not shown', async () => {
  const idle = await signIn(api, ADA)
  pass(31 * MINUTE)
  const ada = await signIn(api, ADA)
  expect(await sessionsOf(ada)).toMatchObject([{ isCurrent: true }])
  expect(await statusWith(idle.cookie)).toBe(401)
  pass(13 * HOUR)
  expect(await sessionsOf(await signIn(api, ADA))).toHaveLength(1)
})

test('an administrator with a fresh proof signs a member out everywhere, but no owner', async () => {
  const organization = await api.addOrganization((await api.addPlatform('Second')).platformId, 'Mill')
  const ids = {
    max: await api.addMember(organization, 'max@mill.example', 'viewer'),
    olga: await api.addMember(organization, 'olga@mill.example', 'owner'),
    admin: await api.addMember(organization, 'admin@mill.example', 'administrator'),
  }
  const [max, maxAtHome, olga] = [
    await signIn(api, 'max@mill.example'),
    await signIn(api, 'max@mill.example'),
    await signIn(api, 'olga@mill.example'),
  ]
  const admin = await signIn(api, 'admin@mill.example')
  const end = (id: string) => admin.send('POST', `/v1/members/${id}/end-sessions`, { organization })
  expect((await end(ids.max)).status).toBe(403)
  await admin.addPasskey()
  await admin.stepUp()
  expect((await end(ids.max)).status).toBe(204)
  expect([await statusWith(max.cookie), await statusWith(maxAtHome.cookie)]).toEqual([401, 401])
  expect((await end(ids.olga)).status).toBe(403)
  expect(await statusWith(olga.cookie)).toBe(200)
  expect((await end('usr_01m7yrd1hcechv6nb2ne0f5e99')).status).toBe(404)
})

/** What is still open of earlier tests, to be ended. */
async function allOf(email: string) {
  const person = await signIn(api, email)
  return [
    { end: () => person.send('POST', '/v1/session/open-sessions/end-others') },
    { end: () => person.send('POST', '/v1/session/end') },
  ]
}
