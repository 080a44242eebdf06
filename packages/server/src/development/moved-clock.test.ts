import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { type Server, startServer } from '../server.ts'

let folder: string
let server: Server
let origin: string
let config: ReturnType<typeof readConfig>
let example: { apiKey: string; organizationId: string }

function freePort(): Promise<number> {
  const probe = createServer()
  return new Promise((resolve) => {
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fistworks-moved-'))
  const port = await freePort()
  origin = `http://localhost:${port}`
  config = readConfig('development', {
    FISTWORKS_DATA: join(folder, 'data'),
    FISTWORKS_PORT: String(port),
    FISTWORKS_SANDBOX_BANK_PORT: String(await freePort()),
    FISTWORKS_LOG_LEVEL: 'error',
  })
  server = await startServer(config)
  example = JSON.parse(await readFile(join(config.dataFolder, 'example.json'), 'utf8'))
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

async function ask(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Response> {
  const sent = { 'Content-Type': 'application/json', Origin: origin, 'Sec-Fetch-Site': 'same-origin', ...headers }
  return fetch(`${origin}${path}`, {
    method,
    headers: sent,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

async function signIn(): Promise<string> {
  const asked = await ask('POST', '/v1/sign-in/codes', {}, { email: 'ada@bluebird.example' })
  const mails = await (await fetch(`${origin}/dev/mailbox`)).text()
  const code = /Your code is (\d{8})/.exec(mails)?.[1] ?? ''
  const body = { email: 'ada@bluebird.example', code }
  return cookiesOf(await ask('POST', '/v1/sign-in/sessions', { Cookie: cookiesOf(asked) }, body))
}

const asPlatform = () => ({
  Authorization: `Bearer ${example.apiKey}`,
  'FISTWorks-Organization': example.organizationId,
  Origin: '',
})
let keys = 0
const recipient = () =>
  ask(
    'POST',
    '/v1/recipients',
    { ...asPlatform(), 'Idempotency-Key': `recipient-${++keys}` },
    {
      name: 'Jane Roe',
      holderType: 'individual',
      routingNumber: '091000019',
      accountNumber: `88${String(keys).padStart(6, '0')}`,
      accountType: 'checking',
    },
  )
const clock = async (body: object) =>
  (await ask('POST', '/dev/clock.json', {}, body)).json() as Promise<{ now: string; peopleNow: string }>

test('moving the time by a month signs nobody out, ends no key, and what is done then is done then', async () => {
  const cookie = await signIn()
  const before = await (await recipient()).json()
  const month = new Date(Date.now() + 30 * 86_400_000).toISOString()
  const { now } = await clock({ to: month })
  expect(Date.parse(now)).toBeGreaterThanOrEqual(Date.parse(month))

  expect((await ask('GET', '/v1/session', { Cookie: cookie })).status).toBe(200)
  const after = await (await recipient()).json()
  expect(Date.parse(after.createdAt) - Date.parse(before.createdAt)).toBeGreaterThan(29 * 86_400_000)
  const listed = await (await ask('GET', '/v1/recipients', asPlatform())).json()
  expect(listed.data.slice(0, 2).map(({ id }: { id: string }) => id)).toEqual([after.id, before.id])
})

test('a retry with the same key after a move is the same recipient', async () => {
  const first = await (await recipient()).json()
  await clock({ by: 'day' })
  keys -= 1
  const again = await recipient()
  expect(again.headers.get('Idempotent-Replayed')).toBe('true')
  expect((await again.json()).id).toBe(first.id)
})

test('a restart goes on at the moved time, with the audit log whole and in order', async () => {
  const { now } = await clock({ by: 'day' })
  await recipient()
  await server.stop()
  server = await startServer(config)
  const read = (await (await fetch(`${origin}/dev/clock.json`)).json()) as { now: string }
  expect(Date.parse(read.now)).toBeGreaterThanOrEqual(Date.parse(now))
  const cookie = await signIn()
  const headers = { Cookie: cookie, 'FISTWorks-Organization': example.organizationId }
  const events = (await (await ask('GET', '/v1/audit-events?action=recipient', headers)).json()) as {
    data: { at: string }[]
  }
  const times = events.data.map(({ at }) => at)
  expect(times.length).toBeGreaterThan(3)
  expect(times).toEqual(times.toSorted().toReversed())
})
