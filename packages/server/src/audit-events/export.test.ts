import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditEventStore } from '../audit/audit.ts'
import { LIMITS } from '../limits.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { publicText, signerOf, verifierOf } from '../audit/signed-note.ts'
import { signIn } from '../testing/portal-person.ts'
import { cellOf } from './csv.ts'
import { verifyExport } from './verify-export.ts'

let api: TestApi
let platformId: string
let organization: string
let key: string
let recipients = 0

beforeAll(async () => {
  api = await createTestApi()
  platformId = (await api.addPlatform('Tidewater')).platformId
})
afterAll(() => api.close())
beforeEach(async () => {
  organization = await api.addOrganization(platformId, 'Bakery')
  const scopes = ['recipients:write', 'recipients:read', 'audit-events:read', 'audit-events:export'] as const
  key = await api.addKey({ organizationId: organization }, [...scopes])
  for (let n = 0; n < 5; n++) await addRecipient()
})

async function addRecipient(name = 'Acme Supply') {
  api.clock.now = new Date(api.clock.now.getTime() + 1000)
  const body = {
    name,
    holderType: 'business',
    routingNumber: '091000019',
    accountNumber: `88001234${String(++recipients).padStart(6, '0')}`,
    accountType: 'checking',
  }
  const response = await api.send('POST', '/v1/recipients', { key, body })
  expect(response.status).toBe(201)
}

const exported = (body: unknown) => api.send('POST', '/v1/audit-events/export', { key, body })
const lines = async (body: unknown) => (await (await exported(body)).text()).trim().split('\n')
const parsed = async (body: unknown) => (await lines(body)).map((line) => JSON.parse(line) as Record<string, unknown>)

test('an export is told of before it leaves, and is in it', async () => {
  const events = await parsed({ format: 'ocsf' })
  expect(events.map(({ message }) => message)).toEqual([...Array(5).fill('recipient.created'), 'auditEvents.exported'])
  const { read } = await api.parts.databases.tenantOf(organization)
  const [last] = await auditEventStore(read, organization).list({ limit: 1 })
  expect(last).toMatchObject({ action: 'auditEvents.exported', outcome: 'succeeded', viaType: 'apiKey' })
  expect(JSON.parse(last?.dataJson ?? '')).toEqual({ format: 'ocsf', filter: {} })
})

test('a number that is looked for does not stay in the log', async () => {
  const [head = ''] = await lines({ format: 'jsonl', actor: '8800123456789', from: '2026-11-01T00:00:00Z' })
  expect(head).toContain('"filter":{"from":"2026-11-01T00:00:00Z","actor":"…"}')
  const { read } = await api.parts.databases.tenantOf(organization)
  const [last] = await auditEventStore(read, organization).list({ limit: 1 })
  expect(JSON.parse(last?.dataJson ?? '')).toMatchObject({ filter: { actor: '…', from: '2026-11-01T00:00:00Z' } })
})

test('it is a file with a name, that no page can show', async () => {
  const { headers } = await exported({ format: 'csv' })
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/)
  expect(headers.get('cache-control')).toBe('no-store')
  expect((await exported({ format: 'jsonl' })).headers.get('content-disposition')).toMatch(/\.jsonl"$/)
  expect((await exported({ format: 'ocsf' })).headers.get('content-disposition')).toMatch(/\.ocsf\.jsonl"$/)
})

test('it needs a permission of its own, and ten in an hour are enough', async () => {
  const reader = await api.addKey({ organizationId: organization }, ['audit-events:read'])
  const refused = await api.send('POST', '/v1/audit-events/export', { key: reader, body: { format: 'csv' } })
  expect(refused.status).toBe(403)
  const statuses: number[] = []
  for (let n = 0; n < LIMITS.requestsPerHour.export + 1; n++) {
    const response = await exported({ format: 'csv' })
    await response.text()
    statuses.push(response.status)
  }
  expect(statuses).toEqual([...Array(10).fill(200), 429])
})

describe('CSV', () => {
  test('has a head, quotes every cell, and ends lines as RFC 4180 says', async () => {
    const text = await (await exported({ format: 'csv' })).text()
    const [head, first, ...rest] = text.split('\r\n')
    expect(head).toMatch(/^"at","action","outcome","actor_type",.*,"hash"$/)
    expect(first).toMatch(
      /^"2026-11-23T15:[^"]+","recipient\.created","succeeded","apiKey","key_\w{26}","test","apiKey"/,
    )
    expect(first).toContain('""accountNumber"":""••••')
    expect(rest.at(-1)).toBe('')
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  })

  test.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx'])('a cell that begins with %j is no formula', (text) => {
    expect(cellOf(text)).toBe(`"'${text}"`)
  })

  test.each([
    ['plain', '"plain"'],
    ['', '""'],
    ['a "b"', '"a ""b"""'],
    ['a,b\r\nc', '"a,b\r\nc"'],
    ['1=1', '"1=1"'],
  ])('%j stays what it is', (text, cell) => {
    expect(cellOf(text)).toBe(cell)
  })
})

describe('OCSF', () => {
  test('says class, activity, who, from where and how it ended', async () => {
    await api.send('GET', '/v1/bank-accounts', { key, headers: { 'User-Agent': 'Tidewater/1' } })
    await api.parts.denials.flush(api.clock.now)
    const events = await parsed({ format: 'ocsf' })
    expect(events[0]).toMatchObject({
      class_uid: 3004,
      class_name: 'Entity Management',
      category_uid: 3,
      activity_id: 1,
      type_uid: 300401,
      severity_id: 1,
      status_id: 1,
      actor: { user: { type: 'apiKey', name: 'test' } },
      entity: { type: 'recipient' },
      src_endpoint: { ip: '192.0.2.1' },
      metadata: { product: { name: 'FISTWorks' } },
    })
    const denied = events.find(({ message }) => message === 'access.denied')
    expect(denied).toMatchObject({
      class_uid: 6003,
      category_uid: 6,
      activity_id: 99,
      type_uid: 600399,
      severity_id: 3,
      status_id: 2,
      api: { operation: 'bankAccounts.list' },
      http_request: { user_agent: 'Tidewater/1' },
    })
  })
})

describe('JSON lines', () => {
  test('begin with the checkpoints and end with the number and a hash of all before', async () => {
    const all = await lines({ format: 'jsonl' })
    const values = all.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(values[0]).toMatchObject({ type: 'auditExport', version: 1, organizationId: organization, filter: {} })
    expect(values[0]?.['logs']).toEqual([
      expect.objectContaining({ plane: 'tenant', name: 'main' }),
      expect.objectContaining({ plane: 'control', name: 'control' }),
    ])
    const before = `${all.slice(0, -1).join('\n')}\n`
    expect(values.at(-1)).toMatchObject({
      type: 'auditExportEnd',
      events: values.length - 2,
      sha256: createHash('sha256').update(before).digest('hex'),
    })
  })

  test('hold no number of an account, and nothing of another organization', async () => {
    const other = await api.addOrganization(platformId, 'Mill')
    const text = (await lines({ format: 'jsonl' })).join('\n')
    expect(text).not.toMatch(/091000019|88001234/)
    expect(text).not.toContain(other)
  })
})

describe('an export checked by whoever has the public key', () => {
  const check = async (given: string[], kept: string[] | null = null, publicKey?: string) => {
    const text = publicKey ?? publicText(api.parts.auditLogs.control.signer)
    const key = verifierOf(text)
    if (key === null) throw new Error('is a key')
    async function* each() {
      yield* given
    }
    return verifyExport(each(), { key, kept })
  }

  test('is whole as it came, whole or filtered, and by the checkpoints that were kept', async () => {
    await api.addMember(organization, `eve${recipients}@bluebird.example`, 'administrator')
    await signIn(api, `eve${recipients}@bluebird.example`)
    const all = await lines({ format: 'jsonl' })
    expect(await check(all)).toEqual({ events: 8, chains: 2, isFiltered: false })
    const logs = (JSON.parse(all[0] ?? '') as { logs: { checkpoint: string }[] }).logs
    const kept = logs.map(({ checkpoint }) => checkpoint)
    expect(await check(all, kept)).toMatchObject({ events: 8 })
    expect(await check(all, kept.slice(1))).toMatchObject({ kind: 'root' })
    expect(await check(await lines({ format: 'jsonl', action: 'recipient' }))).toEqual({
      events: 5,
      chains: 1,
      isFiltered: true,
    })
  })

  test('is of no worth with another key', async () => {
    const other = publicText(signerOf('localhost:4400/audit/main', Buffer.alloc(32, 9)))
    expect(await check(await lines({ format: 'jsonl' }), null, other)).toMatchObject({ kind: 'signature' })
  })

  test.each([{}, { action: 'recipient' }])('is found changed whichever character was changed %j', async (filter) => {
    const all = await lines({ format: 'jsonl', ...filter })
    const text = all.join('\n')
    for (let at = 0; at < text.length; at += 7) {
      const sign = text[at] === '5' ? '6' : '5'
      const changed = `${text.slice(0, at)}${sign}${text.slice(at + 1)}`.split('\n')
      expect(await check(changed), `character ${at}: …${text.slice(at - 20, at + 20)}`).toHaveProperty('kind')
    }
  })

  test('names the event that was changed, taken out or swapped', async () => {
    const all = await lines({ format: 'jsonl' })
    const line = (n: number) => all[n] ?? ''
    const place = (n: number) => (JSON.parse(line(n)) as { place: number }).place
    const changed = all.with(3, line(3).replace('"succeeded"', '"failed"'))
    expect(await check(changed)).toMatchObject({ kind: 'hash', event: { seq: place(3), ownerSeq: 3 } })
    expect(await check(all.toSpliced(3, 1))).toMatchObject({ kind: 'gap', event: { ownerSeq: 4 } })
    expect(await check(all.with(3, line(4)).with(4, line(3)))).toMatchObject({ kind: 'gap' })
    const moved = all.with(3, line(3).replace(/"place":\d+/, '"place":1'))
    expect(await check(moved)).toMatchObject({ kind: 'root', event: { ownerSeq: 3 } })
    expect(await check(all.slice(0, -1))).toMatchObject({ kind: 'cut' })
    expect(await check([...all, ''])).toMatchObject({ kind: 'format' })
    expect(await check([])).toMatchObject({ kind: 'cut' })
    expect(await check(all.slice(1))).toMatchObject({ kind: 'format' })
    const shorter = all.toSpliced(-2, 1)
    expect(await check(shorter)).toMatchObject({ kind: 'signature', event: null })
  })

  test('of a filter, is found changed when an event of it is gone, or stands twice', async () => {
    const all = await lines({ format: 'jsonl', action: 'recipient' })
    expect(await check(all.toSpliced(3, 1))).toMatchObject({ kind: 'signature' })
    expect(await check(all.toSpliced(3, 0, all[3] ?? ''))).toMatchObject({ kind: 'gap' })
  })
})

describe('a filter', () => {
  const actions = async (filter: object) => {
    const query = new URLSearchParams(filter as Record<string, string>)
    const response = await api.send('GET', `/v1/audit-events?${query}`, { key })
    expect(response.status, query.toString()).toBe(200)
    const { data } = (await response.json()) as { data: { action: string }[] }
    return data.map(({ action }) => action)
  }

  test('narrows by time, actor, action, target and outcome, in list and export alike', async () => {
    await api.send('GET', '/v1/bank-accounts', { key })
    await api.parts.denials.flush(api.clock.now)
    const now = api.clock.now.toISOString()
    const { data } = (await (await api.send('GET', '/v1/audit-events', { key })).json()) as {
      data: { targetId: string; actor: { id: string }; at: string }[]
    }
    const oldest = data.at(-1)
    const created = Array(5).fill('recipient.created')
    for (const [filter, expected] of [
      [{ action: 'recipient' }, created],
      [{ action: 'recipient.created' }, created],
      [{ action: 'recip' }, []],
      [{ outcome: 'denied' }, ['access.denied']],
      [{ targetId: oldest?.targetId }, ['recipient.created']],
      [{ actor: oldest?.actor.id, action: 'recipient' }, created],
      [{ actor: 'es', action: 'recipient' }, created],
      [{ actor: '%' }, []],
      [{ actor: '_' }, []],
      [{ to: oldest?.at }, []],
      [{ from: now, action: 'recipient' }, ['recipient.created']],
      [{ to: now, action: 'recipient' }, created.slice(1)],
    ] as const) {
      expect(await actions(filter), JSON.stringify(filter)).toEqual(expected)
    }
    const events = await parsed({ format: 'ocsf', action: 'recipient', to: now })
    expect(events).toHaveLength(4)
  })

  test.each([
    { from: 'yesterday' },
    { from: '2026-13-01T00:00:00Z' },
    { to: '2026-11-21' },
    { action: "x' OR 1=1" },
    { outcome: 'maybe' },
    { actor: '' },
  ])('that is not one is refused: %j', async (filter) => {
    const query = new URLSearchParams(filter as Record<string, string>)
    expect((await api.send('GET', `/v1/audit-events?${query}`, { key })).status).toBe(422)
    expect((await exported({ format: 'csv', ...filter })).status).toBe(422)
  })
})

test('the list has the sign-ins of members too, and pages through both without a gap or a double', async () => {
  const user = await api.addMember(organization, `ada${recipients}@bluebird.example`, 'administrator')
  api.clock.now = new Date(api.clock.now.getTime() + 1000)
  await signIn(api, `ada${recipients}@bluebird.example`)
  await addRecipient()
  const stranger = await api.addOrganization(platformId, 'Mill')
  await api.addMember(stranger, `bo${recipients}@bluebird.example`, 'administrator')
  await signIn(api, `bo${recipients}@bluebird.example`)
  const seen: { id: string; action: string; chain: string }[] = []
  let after: string | null = null
  do {
    const path: string = `/v1/audit-events?limit=2${after === null ? '' : `&after=${after}`}`
    const page = (await (await api.send('GET', path, { key })).json()) as {
      data: typeof seen
      nextCursor: string | null
    }
    seen.push(...page.data)
    after = page.nextCursor
  } while (after !== null)
  expect(seen.map(({ action }) => action)).toEqual([
    'recipient.created',
    'user.signedIn',
    'user.signInCodeRequested',
    ...Array(5).fill('recipient.created'),
  ])
  expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
  expect(new Set(seen.map(({ chain }) => chain))).toEqual(new Set([organization, user]))
})

test('administrators get the checkpoints with the keys that check them', async () => {
  const response = await api.send('GET', '/v1/audit-events/checkpoints', { key })
  const { data } = (await response.json()) as { data: { log: string; publicKey: string; note: string }[] }
  expect(data.map(({ log }) => log)).toEqual(['main', 'control'])
  for (const { log, publicKey, note } of data) {
    expect(publicKey).toMatch(new RegExp(`^localhost:4400/audit/${log}\\+[0-9a-f]{8}\\+`))
    expect(note).toMatch(new RegExp(`^localhost:4400/audit/${log}\\n\\d+\\n`))
  }
})
