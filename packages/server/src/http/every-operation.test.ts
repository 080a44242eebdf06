import { API_VERSION, HEADERS, MACHINE_SCOPES } from '@fistworks/contract'
import { FISTWorks } from '@fistworks/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allOperations } from '../operations.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'
import type { Operation, ScopedOperation } from './operation.ts'

/** The list of operations needs its dependencies only when one runs. */
const listed = allOperations(new Proxy({} as Parameters<typeof allOperations>[0], { get: () => ({}) }))
const scoped = listed.filter((operation): operation is ScopedOperation => operation.effect !== 'session')
const ABSENT = '01m7yrd1hcechv6nb2ne0f5e99'

let api: TestApi
let ownKey: string
let narrowKey: string
let organization: string
let foreignKey: string
let foreignOrganization: string
let ada: Awaited<ReturnType<typeof signIn>>

beforeAll(async () => {
  api = await createTestApi()
  const platform = await api.addPlatform('Tidewater')
  organization = await api.addOrganization(platform.platformId, 'Bakery')
  ownKey = platform.apiKey
  narrowKey = await api.addKey({ organizationId: organization }, [])
  const other = await api.addPlatform('Other')
  foreignKey = other.apiKey
  foreignOrganization = await api.addOrganization(other.platformId, 'Foundry')
  await api.addMember(organization, 'ada@bakery.example', 'owner')
  ada = await signIn(api, 'ada@bakery.example')
})
afterAll(() => api.close())

/** Whom an operation asks for a fresh proof, as it says itself. */
const stepUpOf = (operation: Operation) => ('stepUp' in operation ? operation.stepUp : undefined)
/** No key may hold the permission for these, so a key never comes as far as its input. */
const isForPeople = (operation: ScopedOperation) =>
  stepUpOf(operation) === 'person' || !MACHINE_SCOPES.includes(operation.scope)
/** What is about a platform is asked without naming an organization. */
const placeOf = ({ scope }: ScopedOperation) => (scope === 'platforms:write' ? {} : { organization })

const pathOf = (operation: Operation) => operation.path.replace('{id}', `rcp_${ABSENT}`)

async function call(operation: Operation, options: Parameters<TestApi['send']>[2] = {}) {
  const { body = {}, ...rest } = options
  const sent = operation.method === 'get' ? rest : { ...rest, body }
  const response = await api.send(operation.method.toUpperCase(), pathOf(operation), sent)
  const text = await response.text()
  return { status: response.status, problem: text === '' ? null : (JSON.parse(text) as { code?: string }), response }
}

describe.each(scoped.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  // Requests are counted by address.
  beforeAll(() => {
    const place = scoped.indexOf(operation)
    api.network.address = `198.51.${100 + Math.floor(place / 200)}.${(place % 200) + 1}`
  })

  test('is closed without a credential, before anything of the request is looked at', async () => {
    const { status, problem } = await call(operation, { body: '{ not json' })
    expect([status, problem?.code]).toEqual([401, 'unauthenticated'])
  })

  test('is closed to a key without its scope', async () => {
    const { status, problem } = await call(operation, { key: narrowKey, body: '{ not json' })
    expect([status, problem?.code]).toEqual([403, 'forbidden'])
  })

  test('is closed to another platform that names this organization', async () => {
    const { status, problem } = await call(operation, { key: foreignKey, organization })
    expect([status, problem?.code]).toEqual([404, 'not-found'])
  })

  test('does not know the id of another organization', async () => {
    if (!operation.path.includes('{id}')) return
    const { status } = await call(operation, { key: foreignKey, organization: foreignOrganization })
    expect(isForPeople(operation) ? [403] : [400, 404, 422]).toContain(status)
  })

  test('refuses what it does not know', async () => {
    const unknown = operation.method === 'get' ? '?surprise=1' : ''
    const response = await api.send(operation.method.toUpperCase(), pathOf(operation) + unknown, {
      key: ownKey,
      organization,
      headers: { 'Idempotency-Key': 'k' },
      ...(operation.method === 'get' ? {} : { body: { surprise: 1 } }),
    })
    expect(response.status).toBe(isForPeople(operation) ? 403 : 422)
  })

  test('asks a person for a fresh proof exactly where it says so, before anything of the request is looked at', async () => {
    const response = await ada.send(operation.method.toUpperCase(), pathOf(operation), {
      ...placeOf(operation),
      headers: { 'Idempotency-Key': 'k' },
      ...(operation.method === 'get' ? {} : { body: '{ not json' }),
    })
    const { code } = (await response.json()) as { code?: string }
    if (stepUpOf(operation) === undefined || 'stepUpFor' in operation) expect(code).not.toBe('step-up-required')
    else expect([response.status, code]).toEqual([403, 'step-up-required'])
  })

  test('answers with nothing that a cache may keep, and names the request', async () => {
    const { response } = await call(operation)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('request-id')).toMatch(/^req_/)
  })

  test('takes only its own methods', async () => {
    expect((await api.send('DELETE', pathOf(operation), { key: ownKey, organization })).status).toBe(405)
  })
})

test('nothing of all that was unexpected to the server', () => {
  expect(api.errors).toEqual([])
})

test('every operation has a method in the SDK under the same name', () => {
  const client = new FISTWorks({ apiKey: 'fw_test_sk_x', baseUrl: 'http://localhost' }) as unknown as Record<
    string,
    Record<string, unknown>
  >
  for (const { id } of listed) {
    const [resource = '', verb = ''] = id.split('.')
    expect(typeof client[resource]?.[verb], id).toBe('function')
  }
})

test('ids are used once, and the document describes each operation', async () => {
  const document = (await (await api.send('GET', '/openapi.json')).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const described = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map((each) => each.operationId),
  )
  expect(described.sort()).toEqual(listed.map(({ id }) => id).sort())
  expect(new Set(described).size).toBe(described.length)
})

test('a body of 50 MB is refused, with or without a truthful length', async () => {
  const body = JSON.stringify({ name: 'x'.repeat(50 * 1024 * 1024) })
  const sent = { key: ownKey, organization, body }
  const response = await api.send('POST', '/v1/recipients', sent)
  expect(response.status).toBe(413)
  expect(((await response.json()) as { code: string }).code).toBe('body-too-large')
  const stream = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(1024 * 1024).fill(32))
    },
  })
  const headers = {
    Authorization: `Bearer ${ownKey}`,
    'FISTWorks-Organization': organization,
    'Content-Type': 'application/json',
  }
  const init = { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit
  expect((await api.fetch(new Request('http://localhost:4400/v1/recipients', init))).status).toBe(413)
})

test('a wrong content type and broken JSON are told apart', async () => {
  const send = (body: string, type: string) =>
    api.send('POST', '/v1/recipients', { key: ownKey, organization, body, headers: { 'Content-Type': type } })
  expect((await send('{}', 'text/plain')).status).toBe(415)
  expect((await send('{', 'application/json')).status).toBe(400)
})

test('a version of the API that this server does not speak is refused, not misread', async () => {
  const ask = (version: string) =>
    api.send('GET', '/v1/recipients', { key: ownKey, organization, headers: { [HEADERS.version]: version } })
  expect((await ask(API_VERSION)).status).toBe(200)
  const other = await ask('2099-01-01')
  expect(other.status).toBe(422)
  expect(((await other.json()) as { detail: string }).detail).toContain(API_VERSION)
})

test('a replayed key gives the first answer, another body under it is refused', async () => {
  const recipient = {
    name: 'Jo Farmer',
    holderType: 'individual',
    routingNumber: '091000019',
    accountNumber: '700100200',
    accountType: 'checking',
  }
  const send = (body: unknown) =>
    api.send('POST', '/v1/recipients', { key: ownKey, organization, body, headers: { 'Idempotency-Key': 'once' } })
  const first = await send(recipient)
  const again = await send(recipient)
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await again.text()).toBe(await first.text())
  const other = await send({ ...recipient, name: 'Jo Fisher' })
  expect(((await other.json()) as { code: string }).code).toBe('idempotency-key-reused')
  const list = (await (await api.send('GET', '/v1/recipients', { key: ownKey, organization })).json()) as {
    data: unknown[]
  }
  expect(list.data).toHaveLength(1)
})

test('what must not happen twice needs a key', async () => {
  for (const operation of scoped.filter((each) => 'idempotency' in each && each.idempotency === 'required')) {
    const body = operation.body === undefined ? {} : { body: { version: 1, outcome: 'delivered', reason: 'x' } }
    const response = await api.send('POST', pathOf(operation), { key: ownKey, organization, ...body })
    expect([400, 422], operation.id).toContain(response.status)
  }
})

test('the answer to a body with very many wrong names is short, also for who is not signed in', async () => {
  const names = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index.toString(36)}`, 1]))
  const headers = { Origin: 'http://localhost:4400' }
  const response = await api.send('POST', '/v1/sign-in/codes', { headers, body: names })
  expect(response.status).toBe(422)
  const { errors } = (await response.json()) as { errors: unknown[] }
  expect(errors).toHaveLength(100)
})
