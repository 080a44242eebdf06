import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BankConnectionCreate } from '@fistworks/contract'
import { Hono } from 'hono'
import { beforeEach, describe, expect, test } from 'vitest'
import type { HttpEnv } from '../http/env.ts'
import { DevelopmentMailbox } from '../mail/mailbox.ts'
import { type SandboxBank, startSandboxBank } from '../sandbox/sandbox-bank.ts'
import { mountDevelopmentPages } from './pages.ts'
import { openSandboxClock, type SandboxClock } from './sandbox-clock.ts'

const MONDAY = new Date('2026-11-23T15:00:00Z')
let folder: string
let bank: SandboxBank
let clock: SandboxClock
let app: Hono<HttpEnv>
let mailbox: DevelopmentMailbox

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fistworks-dev-'))
  clock = openSandboxClock(folder, () => MONDAY)
  const hostKeyFile = join(folder, 'host-key')
  bank = await startSandboxBank({
    folder: join(folder, 'bank'),
    host: '127.0.0.1',
    port: 0,
    hostKeyFile,
    now: clock.now,
  })
  mailbox = new DevelopmentMailbox()
  app = new Hono<HttpEnv>()
  const nameOf = async () => '<i>Bluebird</i>'
  mountDevelopmentPages(app, { mailbox, bank, clock, nameOf, publicOrigin: 'http://books.localhost:4400' })
  return async () => {
    await bank.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

async function opened(url: string, name = 'Ada'): Promise<Response> {
  await mailbox.send({ to: name, subject: name, text: 'Your code is 12345678.', at: new Date(0) })
  return app.request(url)
}

test.each(['localhost:4400', '127.0.0.1:4400', '[::1]:4400', 'books.localhost:4400'])(
  'the mailbox is shown under %s',
  async (host) => {
    const page = await (await opened(`http://${host}/dev/mailbox`)).text()
    expect(page).toContain('12345678')
    expect(page).toContain('To Ada · Wed, Dec 31, 1969, 7:00 PM in New York')
  },
)

test('a name of somebody else that was made to lead here shows nothing', async () => {
  const response = await opened('http://evil.example:4400/dev/mailbox')
  expect(response.status).toBe(404)
  expect(await response.text()).not.toContain('12345678')
})

test('what people write is shown as text', async () => {
  const page = await (await opened('http://localhost/dev/mailbox', '<script>alert(1)</script>')).text()
  expect(page).not.toContain('<script>')
  expect(page).toContain('&lt;script&gt;')
})

describe('the clock', () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    app.request('http://localhost:4400/dev/clock.json', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  test('is moved by a program, which is told what time it is then', async () => {
    const answer = await post({ by: 'bankingDay' })
    const expected = { now: '2026-11-24T14:00:00.000Z', date: '2026-11-24', peopleNow: MONDAY.toISOString() }
    expect(await answer.json()).toEqual(expected)
    const read = await app.request('http://localhost:4400/dev/clock.json')
    expect(await read.json()).toEqual(expected)
  })

  test.each([{}, { by: 'year' }, { to: '2026-13-01' }, { to: 'tomorrow' }, { to: '2026-11-01' }, [], null])(
    'stays where it is for %j, and says what to send',
    async (body) => {
      const answer = await post(body)
      expect(answer.status).toBe(422)
      expect(await answer.json()).toEqual({ error: expect.any(String) })
      expect(clock.now()).toEqual(MONDAY)
    },
  )

  test.each([
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'http://localhost:4500' },
  ])('is not moved by a page of somebody else: %j', async (headers) => {
    expect((await post({ by: 'day' }, headers as Record<string, string>)).status).toBe(403)
    expect(clock.now()).toEqual(MONDAY)
  })

  test('is moved by the buttons of its page', async () => {
    const form = (fields: Record<string, string>) =>
      app.request('http://localhost:4400/dev/clock', { method: 'POST', body: new URLSearchParams(fields) })
    expect((await form({ by: 'day' })).status).toBe(303)
    expect(clock.now().toISOString()).toBe('2026-11-24T15:00:00.000Z')
    const refused = await form({ to: '2026-11-24' })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('only goes forward')
  })
})

describe('the sandbox bank', () => {
  test('hands an organization the login that works there, and nobody a name of another form', async () => {
    const made = await app.request('http://localhost:4400/dev/bank/connection.json?organization=org_abc')
    const connection = BankConnectionCreate.parse(await made.json())
    const { username, password } = bank.loginOf('org_abc')
    expect(connection).toMatchObject({
      username,
      authentication: { password },
      hostKeyFingerprints: [bank.fingerprint()],
      returnDirectory: '/returns',
      returnPollMinutes: 5,
    })
    const reach = connection.cutoffs?.times.map(({ leadDays }) => leadDays)
    expect(reach).toEqual([0, 0, 0, 1])
    for (const name of ['', '../x', 'sandbox']) {
      const refused = await app.request(`http://localhost:4400/dev/bank/connection.json?organization=${name}`)
      expect(refused.status).toBe(422)
    }
  })

  test('shows every customer by name, as text, and only customers it has', async () => {
    await bank.customer('org_abc')
    await bank.customer('org_other')
    const page = await (await app.request('http://localhost:4400/dev/bank')).text()
    expect(page).toContain('&lt;i&gt;Bluebird&lt;/i&gt;')
    expect(page).toContain('The bank has no file yet.')
    await app.request('http://localhost:4400/dev/bank?customer=org_new')
    expect((await bank.customers()).toSorted()).toEqual(['org_abc', 'org_other'])
    const body = new URLSearchParams({ customer: 'org_new', file: 'x', batch: '0', entry: '0', code: 'R01' })
    const answer = await app.request('http://localhost:4400/dev/bank/answers', { method: 'POST', body })
    expect(answer.status).toBe(404)
  })
})
