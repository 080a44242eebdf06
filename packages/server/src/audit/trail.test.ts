import type { AuditEventFilter } from '@fistworks/contract'
import { expect, test } from 'vitest'
import { accessWriter } from '../access/access-store.ts'
import { addOrganization } from '../organizations/store.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestTenants } from '../testing/context.ts'
import { type AuditEventInput, appendAuditEvent, appendControlAuditEvent } from './audit.ts'
import { type TrailEvent, type TrailPosition, trailOf } from './trail.ts'

const at = (seconds: number) => new Date(Date.parse('2026-11-21T10:00:00Z') + seconds * 1000)

function eventOf(action: string, over: Partial<AuditEventInput> = {}): AuditEventInput {
  return {
    action,
    actor: { type: 'user', id: 'usr_1', name: 'Ada 100% Quill' },
    targetType: 'recipient',
    targetId: 'rcp_1',
    outcome: 'succeeded',
    requestId: null,
    ...over,
  }
}

/** An organization with a member; another with one of its own. */
async function made() {
  const tenants = await createTestTenants()
  const { control } = tenants.databases
  const [tenant] = tenants.databases.tenants()
  if (tenant === undefined) throw new Error('there is a tenant database')
  await byHand(control).write(async (tx) => {
    for (const [id, userId] of [
      ['org_1', 'usr_1'],
      ['org_2', 'usr_2'],
    ] as const) {
      const createdAt = at(0).toISOString()
      await addOrganization(tx, { id, platformId: null, name: id, externalId: null, database: 'main', createdAt })
      await accessWriter(tx).addUser({ id: userId, email: `${userId}@example.com`, name: userId, createdAt })
      await accessWriter(tx).addMember({ organizationId: id, userId, role: 'administrator', createdAt })
    }
  })
  const inTenant = (organization: string, seconds: number, event: AuditEventInput) =>
    byHand(tenant).write((tx) => appendAuditEvent(tx, organization, at(seconds), event))
  const inControl = (owner: string, seconds: number, event: AuditEventInput) =>
    byHand(control).write((tx) => appendControlAuditEvent(tx, owner, at(seconds), event))
  await inControl('server', 0, eventOf('access.denied'))
  await inTenant('org_1', 1, eventOf('recipient.created'))
  await inControl('usr_1', 1, eventOf('user.signedIn'))
  await inTenant('org_2', 2, eventOf('recipient.created'))
  await inControl('usr_2', 2, eventOf('user.signedIn'))
  await inControl('org_1', 3, eventOf('embedSession.created', { actor: { type: 'apiKey', id: 'key_1' } }))
  await inControl('server', 3, eventOf('access.denied'))
  await inTenant('org_1', 4, eventOf('recipient.updated', { outcome: 'failed', targetId: 'rcp_2' }))
  await inTenant('org_1', 4, eventOf('recipientx.updated', { actor: { type: 'user', id: 'usr_3', name: 'Grace' } }))
  const trail = trailOf({ tenant: tenant.read, control: control.read }, 'org_1')
  return { tenants, trail, tenant }
}

const actions = (events: readonly TrailEvent[]) => events.map(({ row }) => row.action)
const NEWEST_FIRST = [
  'recipientx.updated',
  'recipient.updated',
  'embedSession.created',
  'recipient.created',
  'user.signedIn',
]

test('it is what the organization did, what its keys did, and its members’ sign-ins, newest first', async () => {
  const { tenants, trail } = await made()
  const found = await trail.list({}, null, 10)
  expect(actions(found)).toEqual(NEWEST_FIRST)
  expect(found.map(({ plane }) => plane)).toEqual(['tenant', 'tenant', 'control', 'tenant', 'control'])
  await tenants.close()
})

test('it is paged without a gap or a double, whatever the size of a page', async () => {
  const { tenants, trail } = await made()
  for (const size of [1, 2, 3, 4, 5, 6]) {
    const seen: TrailEvent[] = []
    let before: TrailPosition | null = null
    while (seen.length <= NEWEST_FIRST.length) {
      const page: TrailEvent[] = await trail.list({}, before, size)
      seen.push(...page)
      const last = page.at(-1)
      if (last === undefined || page.length < size) break
      before = { at: last.row.at, plane: last.plane, seq: last.row.seq }
    }
    expect(actions(seen), `pages of ${size}`).toEqual(NEWEST_FIRST)
  }
  await tenants.close()
})

test('every filter narrows, and all of them together', async () => {
  const { tenants, trail } = await made()
  const cases: [AuditEventFilter, string[]][] = [
    [{ from: '2026-11-21T10:00:04Z' }, NEWEST_FIRST.slice(0, 2)],
    [{ to: '2026-11-21T10:00:04.000Z' }, NEWEST_FIRST.slice(2)],
    [{ from: '2026-11-21T10:00:03Z', to: '2026-11-21T10:00:04Z' }, ['embedSession.created']],
    [{ action: 'recipient' }, ['recipient.updated', 'recipient.created']],
    [{ action: 'recipient.updated' }, ['recipient.updated']],
    [{ actor: 'usr_3' }, ['recipientx.updated']],
    [{ actor: 'grace' }, ['recipientx.updated']],
    [{ actor: 'usr' }, []],
    [{ actor: '100%' }, ['recipient.updated', 'recipient.created', 'user.signedIn']],
    [{ actor: '%' }, ['recipient.updated', 'recipient.created', 'user.signedIn']],
    [{ actor: '_' }, []],
    [{ actor: '\\' }, []],
    [{ targetId: 'rcp_2' }, ['recipient.updated']],
    [{ outcome: 'failed' }, ['recipient.updated']],
    [{ outcome: 'failed', action: 'user' }, []],
  ]
  for (const [filter, expected] of cases) {
    expect(actions(await trail.list(filter, null, 10)), JSON.stringify(filter)).toEqual(expected)
    expect(await trail.count(filter, { tenant: 99, control: 99 }), JSON.stringify(filter)).toBe(expected.length)
  }
  await tenants.close()
})

test('all of it comes chain by chain, up to a place in each database', async () => {
  const { tenants, trail, tenant } = await made()
  const all = async (filter: AuditEventFilter, upTo: { tenant: number; control: number }) => {
    const found: string[] = []
    for await (const { plane, row } of trail.all(filter, upTo)) found.push(`${plane} ${row.ownerId} ${row.ownerSeq}`)
    return found
  }
  const whole = ['tenant org_1 1', 'tenant org_1 2', 'tenant org_1 3', 'control org_1 1', 'control usr_1 1']
  expect(await all({}, { tenant: 99, control: 99 })).toEqual(whole)
  expect(await all({}, { tenant: 3, control: 2 })).toEqual(['tenant org_1 1', 'tenant org_1 2', 'control usr_1 1'])
  expect(await trail.count({}, { tenant: 3, control: 2 })).toBe(3)
  expect(await all({ outcome: 'failed' }, { tenant: 99, control: 99 })).toEqual(['tenant org_1 2'])
  await byHand(tenant).write(async (tx) => {
    for (let n = 0; n < 600; n++) await appendAuditEvent(tx, 'org_1', at(10), eventOf('recipient.created'))
  })
  const many = await all({}, { tenant: 9999, control: 0 })
  expect(many.length).toBe(603)
  expect(new Set(many).size).toBe(603)
  await tenants.close()
})

test('a reading that ends within one chain goes on there, and then in the next', async () => {
  const { tenants, trail } = await made()
  await byHand(tenants.databases.control).write(async (tx) => {
    const createdAt = at(0).toISOString()
    await accessWriter(tx).addUser({ id: 'usr_9', email: 'usr_9@example.com', name: 'usr_9', createdAt })
    await accessWriter(tx).addMember({ organizationId: 'org_1', userId: 'usr_9', role: 'viewer', createdAt })
    for (let n = 0; n < 400; n++) {
      for (const owner of ['usr_1', 'usr_9']) {
        await appendControlAuditEvent(tx, owner, at(20), eventOf('user.signedIn'))
      }
    }
  })
  const found: string[] = []
  for await (const { row } of trail.all({}, { tenant: 0, control: 9999 })) found.push(`${row.ownerId} ${row.ownerSeq}`)
  const chain = (owner: string, length: number) => Array.from({ length }, (_, n) => `${owner} ${n + 1}`)
  expect(found).toEqual([...chain('org_1', 1), ...chain('usr_1', 401), ...chain('usr_9', 400)])
  await tenants.close()
})

test('a member’s refusals elsewhere, and what came before the membership, are not told', async () => {
  const { tenants, trail } = await made()
  const inControl = (seconds: number, event: AuditEventInput) =>
    byHand(tenants.databases.control).write((tx) => appendControlAuditEvent(tx, 'usr_1', at(seconds), event))
  await inControl(-1, eventOf('user.signedIn'))
  await inControl(5, eventOf('access.denied', { data: { organization: 'org_2' } }))
  await inControl(6, eventOf('user.signedOut'))
  expect(actions(await trail.list({}, null, 10))).toEqual(['user.signedOut', ...NEWEST_FIRST])
  await tenants.close()
})
