import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApi, TEST_ORIGIN, type TestApi } from '../testing/api.ts'

let api: TestApi
let organization: string
const OURS = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin' }

beforeAll(async () => {
  api = await createTestApi()
  organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
  await api.addMember(organization, 'ada@bluebird.example', 'administrator')
})
afterAll(() => api.close())

let tests = 0
beforeEach(() => {
  api.network.address = `192.0.2.${++tests}`
})

function cookieOf(response: Response, name: string): string {
  const line = response.headers.getSetCookie().find((each) => each.startsWith(`${name}=`)) ?? ''
  expect(line).toMatch(/HttpOnly/)
  expect(line).toMatch(/Secure/)
  expect(line).toMatch(/SameSite=Strict/)
  expect(line).toMatch(/Path=\//)
  return line.split(';')[0] ?? ''
}

async function askForCode(email: string) {
  const before = api.mailbox.list().length
  const response = await api.send('POST', '/v1/sign-in/codes', { headers: OURS, body: { email } })
  const mail = api.mailbox.list().length > before ? api.mailbox.list()[0] : undefined
  const code = /\b\d{8}\b/.exec(mail?.text ?? '')?.[0]
  return { response, code, cookie: cookieOf(response, '__Host-fw_sign_in') }
}

const verify = (email: string, code: string, cookie: string) =>
  api.send('POST', '/v1/sign-in/sessions', { headers: { ...OURS, Cookie: cookie }, body: { email, code } })

async function signIn() {
  const { code = '', cookie } = await askForCode('ada@bluebird.example')
  const response = await verify('ada@bluebird.example', code, cookie)
  expect(response.status).toBe(201)
  const session = (await response.json()) as { antiForgeryToken: string }
  return { cookie: cookieOf(response, '__Host-fw_session'), antiForgery: session.antiForgeryToken }
}

test('a known and an unknown address get the same answer, and only one gets a mail', async () => {
  const known = await askForCode('ada@bluebird.example')
  const unknown = await askForCode('nobody@bluebird.example')
  expect([known.response.status, unknown.response.status]).toEqual([202, 202])
  expect(await known.response.text()).toBe(await unknown.response.text())
  expect(known.code).toBeDefined()
  expect(unknown.code).toBeUndefined()
})

test('a code works once, in the browser that asked for it', async () => {
  const { code = '', cookie } = await askForCode('ada@bluebird.example')
  const other = await askForCode('nobody@bluebird.example')
  expect((await verify('ada@bluebird.example', code, other.cookie)).status).toBe(401)
  expect((await verify('ada@bluebird.example', code, '')).status).toBe(401)
  expect((await verify('ada@bluebird.example', code, cookie)).status).toBe(201)
  expect((await verify('ada@bluebird.example', code, cookie)).status).toBe(401)
})

test('two parallel uses of one code open one session', async () => {
  api.clock.now = new Date(api.clock.now.getTime() + 20 * 60_000)
  const { code = '', cookie } = await askForCode('ada@bluebird.example')
  const both = await Promise.all([1, 2].map(() => verify('ada@bluebird.example', code, cookie)))
  expect(both.map((response) => response.status).toSorted((a, b) => a - b)).toEqual([201, 401])
})

test('five wrong tries use a code up', async () => {
  const { code = '', cookie } = await askForCode('ada@bluebird.example')
  const wrong = code === '00000000' ? '00000001' : '00000000'
  for (let n = 0; n < 5; n++) expect((await verify('ada@bluebird.example', wrong, cookie)).status).toBe(401)
  expect((await verify('ada@bluebird.example', code, cookie)).status).toBe(401)
})

test('the session idles out after thirty minutes and ends after twelve hours', async () => {
  const { cookie } = await signIn()
  const me = () => api.send('GET', '/v1/session', { headers: { Cookie: cookie } })
  const start = api.clock.now.getTime()
  api.clock.now = new Date(start + 29 * 60_000)
  expect((await me()).status).toBe(200)
  for (let minutes = 29; minutes < 12 * 60; minutes += 29) {
    api.clock.now = new Date(start + minutes * 60_000)
    expect((await me()).status).toBe(200)
  }
  api.clock.now = new Date(start + 12 * 3_600_000)
  expect((await me()).status).toBe(401)
  const idle = await signIn()
  api.clock.now = new Date(api.clock.now.getTime() + 30 * 60_000)
  expect((await api.send('GET', '/v1/session', { headers: { Cookie: idle.cookie } })).status).toBe(401)
})

test('a new sign-in in the same browser ends the session before', async () => {
  api.clock.now = new Date(api.clock.now.getTime() + 20 * 60_000)
  const first = await signIn()
  const me = (cookie: string) => api.send('GET', '/v1/session', { headers: { Cookie: cookie } })
  const { code = '', cookie } = await askForCode('ada@bluebird.example')
  const second = await verify('ada@bluebird.example', code, `${cookie}; ${first.cookie}`)
  expect(second.status).toBe(201)
  expect((await me(first.cookie)).status).toBe(401)
  expect((await me(cookieOf(second, '__Host-fw_session'))).status).toBe(200)
})

test('a change needs our own page and the anti-forgery token', async () => {
  api.clock.now = new Date(api.clock.now.getTime() + 20 * 60_000)
  const { cookie, antiForgery } = await signIn()
  const end = (headers: Record<string, string>) =>
    api.send('POST', '/v1/session/end', { headers: { Cookie: cookie, ...headers } })
  expect((await end({})).status).toBe(403)
  expect((await end(OURS)).status).toBe(403)
  expect((await end({ ...OURS, 'FISTWorks-Anti-Forgery': 'wrong' })).status).toBe(403)
  const elsewhere = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
  expect((await end({ ...elsewhere, 'FISTWorks-Anti-Forgery': antiForgery })).status).toBe(403)
  expect((await end({ ...OURS, 'FISTWorks-Anti-Forgery': antiForgery })).status).toBe(204)
  expect((await api.send('GET', '/v1/session', { headers: { Cookie: cookie } })).status).toBe(401)
})

test('guessing from one address is stopped', async () => {
  const tries = Array.from({ length: 12 }, () => verify('ada@bluebird.example', '00000000', ''))
  const statuses = (await Promise.all(tries)).map((response) => response.status)
  expect(statuses.filter((status) => status === 429)).toHaveLength(2)
})

test('past the limit of mails there is no further code to guess, and the last one mailed still works', async () => {
  api.clock.now = new Date(api.clock.now.getTime() + 20 * 60_000)
  const fifth = async () => {
    for (let n = 0; n < 4; n++) await askForCode('ADA@bluebird.example')
    return askForCode('ada@bluebird.example')
  }
  const { code = '', cookie } = await fifth()
  const kept = async () => {
    const rows = await api.parts.databases.control.read.all<{ count: number }>(
      'SELECT count(*) AS count FROM sign_in_codes WHERE used_at IS NULL',
    )
    return rows[0]?.count
  }
  const before = await kept()
  api.network.address = '198.51.100.1'
  expect((await askForCode('ada@bluebird.example')).code).toBeUndefined()
  expect(await kept()).toBe(before)
  expect((await verify('ada@bluebird.example', code, cookie)).status).toBe(201)
})

test('guessing from ever new addresses of one IPv6 network is stopped', async () => {
  const statuses: number[] = []
  for (let n = 1; n <= 12; n++) {
    api.network.address = `2001:db8:1:2::${n.toString(16)}`
    statuses.push((await verify('ada@bluebird.example', '00000000', '')).status)
  }
  expect(statuses.filter((status) => status === 429)).toHaveLength(2)
})
