import type { Event, NewWebhookEndpoint, Page, WebhookDelivery, WebhookEndpoint } from '@fistworks/contract'
import { webhooks } from '@fistworks/sdk'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type NewEvent, recordEvent } from '../events/record-event.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import type { WebhookResult } from './webhook-sender.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR
const TAKEN: WebhookResult = { status: 204, retryAfter: undefined }
const FAILED: WebhookResult = { status: 500, retryAfter: undefined }

let api: TestApi
let key: string
let organization: string
let count = 0

beforeAll(async () => {
  api = await createTestApi()
})
beforeEach(async () => {
  const { platformId } = await api.addPlatform(`Tidewater ${++count}`)
  organization = await api.addOrganization(platformId, 'Bakery')
  key = await api.addKey({ organizationId: organization }, ['webhooks:read', 'webhooks:write', 'events:read'])
  api.receiver.received.length = 0
  api.receiver.answer = async () => TAKEN
})
afterAll(() => api.close())

async function call<T>(method: string, path: string, body?: unknown, as = { key, organization }) {
  api.network.address = `198.51.100.${++count % 250}`
  const response = await api.send(method, path, { ...as, body })
  return { status: response.status, body: (await response.json()) as T & { code?: string } }
}
const endpoint = async (more: object = {}) =>
  (await call<NewWebhookEndpoint>('POST', '/v1/webhook-endpoints', { url: 'https://books.example/in', ...more })).body
const retrieve = async (id: string) => (await call<WebhookEndpoint>('GET', `/v1/webhook-endpoints/${id}`)).body
const deliveries = async (query = '') =>
  (await call<Page<WebhookDelivery>>('GET', `/v1/webhook-deliveries${query}`)).body.data

async function happens(more: Partial<NewEvent> = {}): Promise<void> {
  const tenant = byHand(await api.parts.databases.tenantOf(organization))
  const event = { type: 'achFile.approved', objectType: 'achFile', objectId: 'ach_1', at: api.clock.now } as const
  await tenant.write((tx) => recordEvent(tx, organization, { ...event, ...more }))
}
const pass = (ms: number) => {
  api.clock.now = new Date(api.clock.now.getTime() + ms)
}
/** What reached endpoints of the organization of this test. */
const received = () => api.receiver.received.filter(({ body }) => body.includes(organization))

test('an event reaches every endpoint that wants it, as the list of events tells it, signed with its secret', async () => {
  const all = await endpoint()
  await endpoint({ url: 'https://other.example/', eventTypes: ['return.received'] })
  await happens({ status: 'approved', about: { name: 'Payroll' } })
  await api.runJobs()
  expect(received().map(({ url }) => url)).toEqual(['https://books.example/in'])
  const [sent] = received()
  const [listed] = (await call<Page<Event>>('GET', '/v1/events')).body.data
  expect(JSON.parse(sent?.body ?? '')).toEqual(listed)
  expect(sent?.headers['webhook-id']).toBe(listed?.id)
  const [body, headers] = [sent?.body ?? '', { ...sent?.headers }]
  expect(await webhooks.unwrap(body, headers, all.secret, { now: api.clock.now })).toEqual(listed)
  vi.useFakeTimers({ now: api.clock.now, toFake: ['Date'] })
  try {
    expect(new Webhook(all.secret).verify(body, headers), 'the library of Standard Webhooks').toEqual(listed)
  } finally {
    vi.useRealTimers()
  }
  expect(await deliveries()).toMatchObject([
    { webhookEndpointId: all.id, eventId: listed?.id, state: 'delivered', attempts: [{ status: 204, problem: null }] },
  ])
})

test('no delivery is there for a change that did not come about', async () => {
  await endpoint()
  const tenant = byHand(await api.parts.databases.tenantOf(organization))
  const failing = tenant.write(async (tx) => {
    const about = { type: 'achFile.approved', objectType: 'achFile', objectId: 'ach_1', at: api.clock.now } as const
    await recordEvent(tx, organization, about)
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  await api.runJobs()
  expect([await deliveries(), received()]).toEqual([[], []])
})

test('the secret is shown once, and again only as another one', async () => {
  const made = await endpoint()
  expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const texts = [await retrieve(made.id), await call('GET', '/v1/webhook-endpoints')].map((one) => JSON.stringify(one))
  for (const text of texts) expect(text).not.toContain('whsec_')
})

test('while both secrets are told, both sign; afterwards the new one alone', async () => {
  const { id, secret } = await endpoint()
  const rotated = (
    await call<NewWebhookEndpoint>('POST', `/v1/webhook-endpoints/${id}/rotate-secret`, { overlapHours: 2 })
  ).body
  expect(rotated.secret).not.toBe(secret)
  await happens()
  await api.runJobs()
  const opens = async (secretOf: string, at: number) => {
    const sent = received()[at]
    const opened = webhooks.unwrap(sent?.body ?? '', { ...sent?.headers }, secretOf, { now: api.clock.now })
    return opened.then(() => true).catch(() => false)
  }
  expect(received()[0]?.headers['webhook-signature']?.split(' ')).toHaveLength(2)
  expect([await opens(secret, 0), await opens(rotated.secret, 0)]).toEqual([true, true])
  pass(2 * HOUR)
  await happens()
  await api.runJobs()
  expect(received()[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1)
  expect([await opens(secret, 1), await opens(rotated.secret, 1)]).toEqual([false, true])
  expect((await retrieve(id)).previousSecretEndsAt).toBe(null)
})

test('what fails is tried ten times in the times that are promised, with one id and one body, and then is failed', async () => {
  const { id } = await endpoint()
  api.receiver.answer = async () => FAILED
  const start = api.clock.now.getTime()
  await happens()
  const times: number[] = []
  for (let seen = 0; times.length < 12; ) {
    await api.runJobs()
    if (received().length > seen) times.push(api.clock.now.getTime() - start)
    seen = received().length
    const [next] = await deliveries()
    if (next === undefined || next.nextAttemptAt === null) break
    expect(await api.runJobs(), 'nothing comes before its time').toBeUndefined()
    expect(received()).toHaveLength(seen)
    api.clock.now = new Date(Math.max(Date.parse(next.nextAttemptAt), api.clock.now.getTime()))
  }
  expect(times).toHaveLength(10)
  const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0))
  for (const [index, promised] of [5 / 3600, 5 / 60, 0.5, 2, 5, 10, 14, 20, 24].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(promised * HOUR - 1)
    expect(waits[index]).toBeLessThanOrEqual(promised * HOUR * 1.2 + 1)
  }
  expect(new Set(received().map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(new Set(received().map(({ body }) => body)).size).toBe(1)
  const [delivery] = await deliveries(`?webhookEndpointId=${id}`)
  expect([delivery?.state, delivery?.attempts.length, delivery?.attempts[0]?.status]).toEqual(['failed', 10, 500])
  expect(await retrieve(id), 'three days are less than five').toMatchObject({ state: 'enabled' })
})

test('an endpoint that fails is given a pause, so that a thousand events are not a thousand tries', async () => {
  await endpoint()
  api.receiver.answer = async () => ({ fault: 'timedOut' })
  for (let index = 0; index < 50; index++) await happens()
  await api.runJobs()
  expect(received()).toHaveLength(1)
  pass(6 * SECOND)
  await api.runJobs()
  expect(received()).toHaveLength(2)
  api.receiver.answer = async () => TAKEN
  pass(10 * 60 * SECOND)
  await api.runJobs()
  expect(new Set(received().map(({ headers }) => headers['webhook-id'])).size, 'all of them arrive').toBe(50)
})

test('Retry-After is honoured', async () => {
  await endpoint()
  api.receiver.answer = async () => ({ status: 503, retryAfter: '3600' })
  await happens()
  await api.runJobs()
  pass(HOUR - SECOND)
  await api.runJobs()
  expect(received()).toHaveLength(1)
  pass(SECOND)
  await api.runJobs()
  expect(received()).toHaveLength(2)
})

test('an endpoint that says it is gone is told of nothing more, and administrators hear of it', async () => {
  const { id } = await endpoint()
  api.receiver.answer = async () => ({ status: 410, retryAfter: undefined })
  await happens()
  await happens()
  await api.runJobs()
  expect(received()).toHaveLength(1)
  expect(await retrieve(id)).toMatchObject({ state: 'disabled', disabledBecause: expect.stringContaining('410') })
  expect((await deliveries()).map(({ state }) => state)).toEqual(['failed', 'failed'])
  const events = (await call<Page<Event>>('GET', '/v1/events?type=webhookEndpoint.disabled')).body.data
  expect(events).toMatchObject([{ data: { id, about: { name: 'books.example' } } }])
})

test('five days of failures disable an endpoint; one good answer between them starts the days anew', async () => {
  const { id } = await endpoint()
  const fails = async (result: WebhookResult) => {
    api.receiver.answer = async () => result
    await happens()
    await api.runJobs()
    pass(DAY)
  }
  for (let day = 0; day < 4; day++) await fails(FAILED)
  await fails(TAKEN)
  expect(await retrieve(id)).toMatchObject({ state: 'enabled', failingSince: null })
  for (let day = 0; day < 5; day++) await fails(FAILED)
  expect(await retrieve(id)).toMatchObject({ state: 'enabled', failingSince: expect.any(String) })
  await fails(FAILED)
  expect(await retrieve(id)).toMatchObject({ state: 'disabled', disabledBecause: 'It took no event for five days.' })
  const before = received().length
  await happens()
  await api.runJobs()
  expect(received()).toHaveLength(before)
})

test('one failure now and one next week are not a week of failures', async () => {
  const { id } = await endpoint({ eventTypes: ['achFile.approved'] })
  api.receiver.answer = async () => FAILED
  await happens()
  await api.runJobs()
  pass(7 * DAY)
  await happens()
  await api.runJobs()
  expect(await retrieve(id)).toMatchObject({ state: 'enabled' })
})

test('a worker that is gone between the call and its record leaves the same message to the next one', async () => {
  await endpoint()
  // While the endpoint answers, the lease of the worker ends: what it would write down is not written.
  api.receiver.answer = async ({ body }) => {
    if (body.includes(organization) && received().length === 1) pass(2 * 60 * SECOND)
    return TAKEN
  }
  await happens()
  await api.runJobs()
  pass(10 * SECOND)
  await api.runJobs()
  expect(received()).toHaveLength(2)
  expect(new Set(received().map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1)
  expect((await deliveries()).map(({ state }) => state)).toEqual(['delivered'])
})

test('what failed is sent anew on request: one, or all since a time, under the id it had', async () => {
  const { id } = await endpoint()
  api.receiver.answer = async () => FAILED
  await happens()
  await call('POST', `/v1/webhook-endpoints/${id}/disable`)
  pass(HOUR)
  await call('POST', `/v1/webhook-endpoints/${id}/enable`)
  const since = api.clock.now.toISOString()
  await happens()
  await happens()
  await call('POST', `/v1/webhook-endpoints/${id}/disable`)
  await happens()
  expect((await deliveries()).map(({ state }) => state)).toEqual(['failed', 'failed', 'failed'])
  const refused = await call('POST', `/v1/webhook-endpoints/${id}/redeliver-failed`, { since })
  expect([refused.status, refused.body.code]).toEqual([409, 'state-conflict'])
  await call('POST', `/v1/webhook-endpoints/${id}/enable`)
  api.receiver.answer = async () => TAKEN
  const again = await call('POST', `/v1/webhook-endpoints/${id}/redeliver-failed`, { since })
  expect([again.status, again.body]).toEqual([202, { type: 'webhookRedelivery', count: 2, hasMore: false }])
  await api.runJobs()
  expect((await deliveries()).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'failed'])
  const [first] = (await deliveries('?state=delivered')).toReversed()
  expect((await call('POST', `/v1/webhook-deliveries/${first?.id}/redeliver`)).status).toBe(202)
  await api.runJobs()
  const ids = received().map(({ headers }) => headers['webhook-id'])
  expect([ids.length, ids.at(-1)]).toEqual([3, first?.eventId])
})

test('a test goes to one endpoint alone, whatever it wants to hear of, and is tried once', async () => {
  const { id } = await endpoint({ eventTypes: ['return.received'] })
  await endpoint({ url: 'https://other.example/' })
  api.receiver.answer = async () => ({ fault: 'unreachable' })
  const { status, body } = await call<WebhookDelivery>('POST', `/v1/webhook-endpoints/${id}/test`)
  expect([status, body.state, body.eventType]).toEqual([202, 'waiting', 'webhookEndpoint.tested'])
  await api.runJobs()
  pass(DAY)
  await api.runJobs()
  expect(received().map(({ url }) => url)).toEqual(['https://books.example/in'])
  expect((await call<WebhookDelivery>('GET', `/v1/webhook-deliveries/${body.id}`)).body).toMatchObject({
    state: 'failed',
    attempts: [{ status: null, problem: 'Nothing answers at this address.' }],
  })
})

test('an endpoint of another organization is not there, and hears of nothing', async () => {
  const { id } = await endpoint()
  const { platformId } = await api.addPlatform('Other')
  const foreign = { organization: await api.addOrganization(platformId, 'Foundry') }
  const as = {
    ...foreign,
    key: await api.addKey({ organizationId: foreign.organization }, ['webhooks:write', 'webhooks:read']),
  }
  for (const action of ['/test', '/archive', '/disable', '/rotate-secret']) {
    const body = action === '/rotate-secret' ? {} : undefined
    expect((await call('POST', `/v1/webhook-endpoints/${id}${action}`, body, as)).status, action).toBe(404)
  }
  const event = { type: 'achFile.approved', objectType: 'achFile', objectId: 'ach_1', at: api.clock.now } as const
  const tenant = byHand(await api.parts.databases.tenantOf(foreign.organization))
  await tenant.write((tx) => recordEvent(tx, foreign.organization, event))
  await api.runJobs()
  expect(received()).toEqual([])
  expect((await call<Page<WebhookDelivery>>('GET', '/v1/webhook-deliveries', undefined, as)).body.data).toEqual([])
})

test('an address that may not be contacted is refused with the reason; there are twenty endpoints at most', async () => {
  for (const [url, words] of [
    ['https://10.1.2.3/in', 'public internet address'],
    ['https://books.example:8443/in', 'port 443'],
    ['http://books.example/in', 'https://'],
  ] as const) {
    const answer = await call<{ detail: string }>('POST', '/v1/webhook-endpoints', { url })
    expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining(words)])
  }
  for (let index = 0; index < 20; index++) await endpoint()
  const full = await call('POST', '/v1/webhook-endpoints', { url: 'https://books.example/in' })
  expect([full.status, full.body.code]).toEqual([422, 'limit-exceeded'])
})

test('the audit log keeps of an address not what may be a password in it', async () => {
  await endpoint({ url: 'https://books.example/in?token=hunter2' })
  const admin = await api.addKey({ organizationId: organization }, ['audit-events:read'])
  const log = await call('GET', '/v1/audit-events', undefined, { key: admin, organization })
  expect(JSON.stringify(log.body)).toContain('https://books.example/in')
  expect(JSON.stringify(log.body)).not.toContain('hunter2')
})

test('endpoints that hang hold up neither the others nor any other work', async () => {
  const never = Promise.withResolvers<WebhookResult>()
  api.receiver.answer = ({ url }) => (url.includes('hangs') ? never.promise : Promise.resolve(TAKEN))
  for (let index = 0; index < 12; index++) await endpoint({ url: `https://hangs${index}.example/` })
  await endpoint()
  const [tenant] = api.parts.databases.tenants()
  if (tenant === undefined) throw new Error('there is a tenant database')
  for (let index = 0; index < 20; index++) await happens()
  const began = performance.now()
  for (const worker of api.parts.workers) worker.start()
  try {
    const good = () => received().filter(({ url }) => !url.includes('hangs'))
    await vi.waitFor(() => expect(good()).toHaveLength(20), { timeout: 10_000, interval: 10 })
    console.log(`20 events beside 12 endpoints that hang: ${Math.round(performance.now() - began)} ms`)
    expect(received().filter(({ url }) => url.includes('hangs')).length, 'one try of each').toBe(12)
  } finally {
    never.resolve(FAILED)
    await Promise.all(api.parts.workers.map((worker) => worker.stop()))
  }
})
