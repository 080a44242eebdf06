import { readFileSync } from 'node:fs'
import { EVENT_TYPES, type Event, type Page } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { createTestTenants, machine, type TestTenants } from '../testing/context.ts'
import { type NewEvent, recordEvent } from './record-event.ts'
import { eventStore } from './store.ts'

let tenants: TestTenants
let api: TestApi
let key: string
let organization: string

beforeAll(async () => {
  tenants = await createTestTenants()
  api = await createTestApi()
  const { platformId } = await api.addPlatform('Tidewater')
  organization = await api.addOrganization(platformId, 'Bakery')
  key = await api.addKey({ organizationId: organization }, ['events:read'])
})
afterAll(async () => {
  await tenants.close()
  await api.close()
})

const event = (objectId: string, at: Date, more: Partial<NewEvent> = {}): NewEvent => ({
  type: 'achFile.approved',
  objectType: 'achFile',
  objectId,
  at,
  ...more,
})

test('events of an organization have places one after the other, whatever others do', async () => {
  const [one, other] = [await tenants.organization(), await tenants.organization()]
  const { now } = tenants.clock
  for (const owner of [one, other, one]) {
    await owner.write(machine, (ctx) => recordEvent(ctx.db, owner.id, event('ach_1', now)))
  }
  const rows = await one.read((ctx) => eventStore(ctx.db, one.id).list({}, 0, 10))
  expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2])
  expect(new Set(rows.map(({ id }) => id)).size).toBe(2)
  expect(await other.read((ctx) => eventStore(ctx.db, other.id).list({}, 0, 10))).toHaveLength(1)
})

test('an event is stored with the change it tells of, or not at all', async () => {
  const one = await tenants.organization()
  const failing = one.write(machine, async (ctx) => {
    await recordEvent(ctx.db, one.id, event('ach_1', tenants.clock.now))
    throw new Error('the change did not come about')
  })
  await expect(failing).rejects.toThrow('the change did not come about')
  expect(await one.read((ctx) => eventStore(ctx.db, one.id).last())).toBe(0)
})

test('what people and banks named goes out without line ends and without a number as long as that of an account', async () => {
  const one = await tenants.organization()
  const about = { name: 'Ada\r\nBcc: x 8800123456789', reason: '8800-1234-5678 closed', amountCents: 12_345_678_901 }
  await one.write(machine, (ctx) => recordEvent(ctx.db, one.id, event('ach_1', tenants.clock.now, { about })))
  const [row] = await one.read((ctx) => eventStore(ctx.db, one.id).list({}, 0, 10))
  expect(row?.about).toEqual({ ...about, name: 'Ada  Bcc: x ••••6789', reason: '••••5678 closed' })
})

test('events are neither changed nor taken away', async () => {
  const one = await tenants.organization()
  await one.write(machine, (ctx) => recordEvent(ctx.db, one.id, event('ach_1', tenants.clock.now)))
  const tenant = byHand(tenants.shared)
  const message = expect.stringContaining('events')
  for (const change of [sql`UPDATE events SET status = 'x'`, sql`DELETE FROM events`]) {
    await expect(tenant.write((tx) => tx.run(change))).rejects.toMatchObject({ cause: { message } })
  }
})

async function list(query: string) {
  const response = await api.send('GET', `/v1/events${query}`, { key, organization })
  return { status: response.status, body: (await response.json()) as Page<Event> & { code?: string } }
}

test('who knows the last event it has dealt with is given what came after it, oldest first', async () => {
  const tenant = await api.parts.databases.tenantOf(organization)
  await byHand(tenant).write(async (tx) => {
    const at = api.clock.now
    await recordEvent(tx, organization, event('ach_1', at, { type: 'achFile.approvalRequested' }))
    await recordEvent(
      tx,
      organization,
      event('ach_1', at, { status: 'approved', about: { name: 'Payroll', count: 2 } }),
    )
    await recordEvent(tx, organization, event('ach_2', at))
  })
  const all = (await list('')).body
  expect(all.data.map(({ data }) => data.sequence)).toEqual([1, 2, 3])
  expect(all.data[1]).toEqual({
    id: expect.stringMatching(/^evt_/),
    type: 'achFile.approved',
    timestamp: api.clock.now.toISOString(),
    data: {
      object: 'achFile',
      id: 'ach_1',
      organizationId: organization,
      sequence: 2,
      status: 'approved',
      about: { name: 'Payroll', count: 2 },
    },
  })
  const first = (await list('?limit=1')).body
  expect([first.hasMore, first.nextCursor]).toEqual([true, all.data[0]?.id])
  expect((await list(`?after=${first.nextCursor}`)).body.data).toEqual(all.data.slice(1))
  expect((await list(`?after=${all.data[2]?.id}`)).body).toEqual({ data: [], hasMore: false, nextCursor: null })
  expect((await list('?type=achFile.approved')).body.data).toEqual(all.data.slice(1))
  expect((await list('?objectId=ach_2')).body.data).toEqual(all.data.slice(2))
})

test('an event that is not known is no place to go on from', async () => {
  const { status, body } = await list('?after=evt_01m7yrd1hcechv6nb2ne0f5e99')
  expect([status, body.code]).toEqual([422, 'validation-failed'])
})

test('types are named once, by what they are about', () => {
  expect(new Set(EVENT_TYPES).size).toBe(EVENT_TYPES.length)
  for (const type of EVENT_TYPES) expect(type).toMatch(/^[a-z][A-Za-z]+\.[a-z][A-Za-z]+$/)
})

test('the guide names every event, and none that there is not', () => {
  const guide = readFileSync(new URL('../../../../docs/guides/webhooks.md', import.meta.url), 'utf8')
  const named = [...guide.matchAll(/^\| `([a-zA-Z]+\.[a-zA-Z]+)` \| \S/gm)].map(([, type]) => type)
  expect(named).toEqual([...EVENT_TYPES])
})
