import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMailQueue, type MailQueue } from '../mail/mail-queue.ts'
import { createTestApi, TEST_ORIGIN, type TestApi } from '../testing/api.ts'
import { requestSignInCode, type SignInDeps, verifySignInCode } from './service.ts'
import { createSignIn } from './sign-in.ts'
import { createAccess } from '../access/authenticate.ts'

const EACH = 150

let api: TestApi
let queue: MailQueue
let deps: SignInDeps
let sent = 0

beforeAll(async () => {
  api = await createTestApi()
  const organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
  for (let n = 0; n < EACH + 10; n++) await api.addMember(organization, `known${n}@bluebird.example`, 'viewer')
  // A mail server that takes its time must not show in how long an answer takes.
  const mailer = {
    send: () => new Promise<void>((resolve) => setTimeout(() => ((sent += 1), resolve()), 50)),
  }
  queue = createMailQueue({ mailer, onLost: () => {}, random: () => 0 })
  const access = createAccess({ control: api.parts.databases.control, keyMode: 'test', publicOrigin: TEST_ORIGIN })
  deps = createSignIn(access, queue, api.parts.vault)
})
afterAll(async () => {
  queue.close()
  await api.close()
})

const moment = () => ({ now: api.clock.now, requestId: 'req_1', address: '192.0.2.1', userAgent: 'Tidewater/1' })

/** How long each kind takes, in turn, so that whatever else the machine does meets both. */
async function measure(work: (email: string) => Promise<unknown>) {
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
  for (let n = 0; n < EACH; n++) {
    const order = n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
    for (const kind of order) {
      const begunAt = performance.now()
      await work(`${kind}${n}@bluebird.example`)
      times[kind].push(performance.now() - begunAt)
    }
  }
  return times
}

/** The chance that a known address takes longer than an unknown one (Mann–Whitney): 0.5 tells nothing, 0 or 1 everything. */
function toldApart({ known, unknown }: { known: number[]; unknown: number[] }): number {
  const wins = known.map((a) => unknown.filter((b) => a > b).length + unknown.filter((b) => a === b).length / 2)
  return wins.reduce((sum, each) => sum + each, 0) / (known.length * unknown.length)
}

const LITTLE = 0.12
const MEASURES = 3

/**
 * How far apart the two kinds are, at the least of three measures: what tells them apart shows in each, what a busy
 * machine does to one of them does not.
 */
async function apart(measured: () => Promise<{ known: number[]; unknown: number[] }>): Promise<number> {
  let least = 1
  for (let turn = 0; turn < MEASURES && least >= LITTLE; turn++) {
    least = Math.min(least, Math.abs(toldApart(await measured()) - 0.5))
  }
  return least
}

test('the measure notices a difference of a tenth', async () => {
  const base = Array.from({ length: EACH }, (_, n) => 10 + Math.sin(n))
  expect(await apart(async () => ({ known: base, unknown: base }))).toBeCloseTo(0)
  expect(await apart(async () => ({ known: base.map((ms) => ms + 1), unknown: base }))).toBeGreaterThan(LITTLE)
})

test('how long asking for a code takes does not tell whether the address is known', async () => {
  const told = toldApart(await measure((email) => requestSignInCode(deps, email, moment())))
  expect(Math.abs(told - 0.5)).toBeLessThan(LITTLE)
  await expect.poll(() => sent, { timeout: 20_000 }).toBe(EACH)
}, 60_000)

test('nor does how long a wrong code takes', async () => {
  const cookies = new Map<string, string>()
  for (let n = 0; n < EACH; n++) {
    for (const kind of ['known', 'unknown']) {
      const email = `${kind}${n}@bluebird.example`
      cookies.set(email, await requestSignInCode(deps, email, moment()))
    }
  }
  const guess = (email: string) =>
    verifySignInCode(deps, { email, code: '00000000', cookie: cookies.get(email), earlier: undefined }, moment()).catch(
      () => null,
    )
  expect(await apart(() => measure(guess))).toBeLessThan(LITTLE)
}, 60_000)

test('the answers are the same byte for byte, but for what is random in them', async () => {
  const ours = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin' }
  const plain = async (response: Response) => ({
    status: response.status,
    headers: [...response.headers]
      .filter(([name]) => name !== 'request-id')
      .map(([name, value]) => `${name}: ${value.replace(/fw_sic_[^;]+/, 'fw_sic_…').replace(/r=\d+/, 'r=…')}`),
    body: (await response.text()).replaceAll(/req_\d+/g, 'req_…'),
    length: response.headers.getSetCookie().join().length,
  })
  const ask = async (email: string) => {
    const asked = await api.send('POST', '/v1/sign-in/codes', { headers: ours, body: { email } })
    const cookie = asked.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const body = { email, code: '00000000' }
    const wrong = await api.send('POST', '/v1/sign-in/sessions', { headers: { ...ours, Cookie: cookie }, body })
    return [await plain(asked), await plain(wrong)]
  }
  const known = await ask(`known${EACH + 1}@bluebird.example`)
  expect(await ask(`unknow${EACH + 1}@bluebird.example`)).toEqual(known)
  expect(known.map(({ status }) => status)).toEqual([202, 401])
})

test('who guesses from many browsers and addresses at once has twenty-five tries in a quarter of an hour', async () => {
  const email = `known${EACH + 2}@bluebird.example`
  const ours = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin' }
  const browsers = Array.from({ length: 40 }, async (_, n) => {
    api.network.address = `198.51.100.${n + 1}`
    const asked = await api.send('POST', '/v1/sign-in/codes', { headers: ours, body: { email } })
    return { address: api.network.address, cookie: asked.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  })
  let opened = 0
  for (const { address, cookie } of await Promise.all(browsers)) {
    api.network.address = address
    const tries = Array.from({ length: 8 }, (_, n) =>
      api.send('POST', '/v1/sign-in/sessions', {
        headers: { ...ours, Cookie: cookie },
        body: { email, code: String(n).padStart(8, '9') },
      }),
    )
    for (const { status } of await Promise.all(tries)) {
      if (status === 201) opened += 1
      else expect([401, 429]).toContain(status)
    }
  }
  const rows = await api.parts.databases.control.read.all<{ tries: number }>(
    `SELECT tries FROM sign_in_codes WHERE email = '${email}'`,
  )
  expect(opened).toBe(0)
  expect(rows.length).toBeLessThanOrEqual(5)
  expect(rows.reduce((sum, { tries }) => sum + tries, 0)).toBeLessThanOrEqual(25)
}, 60_000)
