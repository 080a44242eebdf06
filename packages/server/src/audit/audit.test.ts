import { AuditEvent } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { startHome } from '../storage/testing/home.ts'
import type { Storage } from '../storage/transaction.ts'
import {
  type AuditEventInput,
  appendAuditEvent,
  appendControlAuditEvent,
  auditEventStore,
  controlAuditEventStore,
} from './audit.ts'

const at = new Date('2026-11-21T10:00:00Z')

const event = (n: number): AuditEventInput => ({
  action: 'recipient.created',
  actor: { type: 'apiKey', id: 'key_1', name: 'Back end' },
  targetType: 'recipient',
  targetId: `rcp_${n}`,
  outcome: 'succeeded',
  requestId: 'req_1',
  via: { type: 'apiKey', id: 'key_1' },
  ip: '127.0.0.1',
  userAgent: 'Tidewater/1',
  data: { accountNumber: { before: null, after: '••••6789' } },
})

async function freshDatabases() {
  const home = await startHome()
  const databases = await home.open()
  onTestFinished(async () => {
    await databases.close()
    await home.close()
  })
  const [tenant] = databases.tenants()
  if (!tenant) throw new Error('there is a tenant database')
  return { control: byHand(databases.control), tenant: byHand(tenant) }
}

async function chainOf(storage: Storage, organizationId: string, length: number): Promise<void> {
  await storage.write(async (tx) => {
    for (let n = 1; n <= length; n++) await appendAuditEvent(tx, organizationId, at, event(n))
  })
}

const unguarded = (storage: Storage) =>
  storage.write(async (tx) => {
    await tx.run(sql`DROP TRIGGER audit_events_no_update`)
    await tx.run(sql`DROP TRIGGER audit_events_no_delete`)
    await tx.run(sql`DROP TRIGGER audit_events_no_replace`)
  })

test('each organization has a chain of its own, without gaps', async () => {
  const { tenant } = await freshDatabases()
  for (let n = 1; n <= 3; n++) {
    await chainOf(tenant, 'org_1', 1)
    await chainOf(tenant, 'org_2', 2)
  }
  for (const [organizationId, count] of [
    ['org_1', 3],
    ['org_2', 6],
    ['org_3', 0],
  ] as const) {
    const store = auditEventStore(tenant.read, organizationId)
    expect(await store.verify()).toEqual({ ok: true, count })
    const sequences = (await store.list({ limit: 10 })).map(({ ownerSeq }) => ownerSeq)
    expect(sequences).toEqual(Array.from({ length: count }, (_, index) => count - index))
  }
})

test('an event can be told on the wire', async () => {
  const { tenant } = await freshDatabases()
  await chainOf(tenant, 'org_1', 1)
  const [row] = await auditEventStore(tenant.read, 'org_1').list({ limit: 1 })
  expect(AuditEvent.shape.id.safeParse(row?.id).success).toBe(true)
  expect(row).toMatchObject({ actorName: 'Back end', at: at.toISOString(), outcome: 'succeeded' })
  expect(JSON.parse(row?.dataJson ?? '')).toEqual(event(1).data)
})

test('a page of events goes on where the one before ended', async () => {
  const { tenant } = await freshDatabases()
  await chainOf(tenant, 'org_1', 5)
  const store = auditEventStore(tenant.read, 'org_1')
  const sequences = async (page: { limit: number; before?: number }) =>
    (await store.list(page)).map(({ ownerSeq }) => ownerSeq)
  expect(await sequences({ limit: 2 })).toEqual([5, 4])
  expect(await sequences({ limit: 2, before: 4 })).toEqual([3, 2])
  expect(await sequences({ limit: 2, before: 2 })).toEqual([1])
})

test('how often somebody did something is counted from after an instant, of this owner and this person alone', async () => {
  const { tenant } = await freshDatabases()
  const seconds = (count: number) => new Date(at.getTime() + count * 1000)
  const by = (id: string, action = 'recipient.revealed'): AuditEventInput => {
    return { ...event(1), action, actor: { type: 'user', id } }
  }
  await tenant.write(async (tx) => {
    for (const n of [1, 2, 3]) await appendAuditEvent(tx, 'org_1', seconds(n), by('usr_1'))
    await appendAuditEvent(tx, 'org_1', seconds(3), by('usr_2'))
    await appendAuditEvent(tx, 'org_1', seconds(3), by('usr_1', 'recipient.updated'))
    await appendAuditEvent(tx, 'org_2', seconds(3), by('usr_1'))
  })
  const store = auditEventStore(tenant.read, 'org_1')
  const counts = [0, 1, 2, 3].map((n) => store.countOf('recipient.revealed', 'usr_1', seconds(n)))
  expect(await Promise.all(counts)).toEqual([3, 2, 1, 0])
})

test('an event is gone with the change it tells of', async () => {
  const { tenant } = await freshDatabases()
  const failing = tenant.write(async (tx) => {
    await appendAuditEvent(tx, 'org_1', at, event(1))
    throw new Error('the change failed')
  })
  await expect(failing).rejects.toThrow('the change failed')
  expect(await auditEventStore(tenant.read, 'org_1').verify()).toEqual({ ok: true, count: 0 })
})

test.each([
  sql`UPDATE audit_events SET outcome = 'failed'`,
  sql`DELETE FROM audit_events`,
  sql`DELETE FROM audit_events WHERE seq = 2`,
  sql`INSERT OR REPLACE INTO audit_events SELECT * FROM audit_events WHERE seq = 2`,
  sql`INSERT OR REPLACE INTO audit_events SELECT 99, organization_id, org_seq, 'aud_x', at, actor_type, actor_id, actor_name,
      action, target_type, target_id, outcome, request_id, ip, data_json, prev_hash, hash, format, via_type, via_id,
      user_agent FROM audit_events WHERE seq = 2`,
  sql`INSERT INTO audit_events SELECT * FROM audit_events WHERE true ON CONFLICT DO UPDATE SET outcome = 'failed'`,
])('the log only grows: statement %# is refused', async (statement) => {
  const { tenant } = await freshDatabases()
  await chainOf(tenant, 'org_1', 3)
  await expect(tenant.write((tx) => tx.run(statement))).rejects.toThrow()
  expect(await auditEventStore(tenant.read, 'org_1').verify()).toEqual({ ok: true, count: 3 })
})

const columns = [
  'id',
  'at',
  'actor_type',
  'actor_id',
  'actor_name',
  'action',
  'target_type',
  'target_id',
  'outcome',
  'request_id',
  'ip',
  'data_json',
  'format',
  'via_type',
  'via_id',
  'user_agent',
] as const

test('whoever gets past the triggers and changes any field of any event is found', async () => {
  const { tenant } = await freshDatabases()
  await chainOf(tenant, 'org_1', 4)
  await unguarded(tenant)
  const store = auditEventStore(tenant.read, 'org_1')
  for (let seq = 1; seq <= 4; seq++) {
    for (const column of columns) {
      const name = sql.identifier(column)
      const [row] = await tenant.read.all<{ value: string | number }>(
        sql`SELECT ${name} AS value FROM audit_events WHERE seq = ${seq}`,
      )
      const value = row?.value ?? ''
      const odd: Record<string, string | number> = { outcome: 'denied', actor_type: 'user', format: 1 }
      const changed = odd[column] ?? `${value}x`
      const put = (text: string | number) =>
        tenant.write((tx) => tx.run(sql`UPDATE audit_events SET ${name} = ${text} WHERE seq = ${seq}`))
      await put(changed)
      expect(await store.verify(), `${column} of ${seq}`).toMatchObject({
        ok: false,
        seq,
        why: 'its content was changed',
      })
      await put(value)
    }
  }
  expect(await store.verify()).toEqual({ ok: true, count: 4 })
})

test.each([
  ['taken out', sql`DELETE FROM audit_events WHERE seq = 5`, { seq: 6, why: 'event 5 is missing' }],
  ['taken out from the start', sql`DELETE FROM audit_events WHERE seq = 1`, { seq: 2, why: 'event 1 is missing' }],
  [
    'taken out with the rest moved up',
    sql`UPDATE audit_events SET org_seq = CASE WHEN seq = 5 THEN 99 ELSE org_seq END`,
    { seq: 6, why: 'event 5 is missing' },
  ],
  [
    'given the hash of another',
    sql`UPDATE audit_events SET hash = (SELECT hash FROM audit_events WHERE seq = 4) WHERE seq = 5`,
    { seq: 5 },
  ],
  ['moved to another organization', sql`UPDATE audit_events SET organization_id = 'org_2' WHERE seq = 5`, { seq: 6 }],
])('an event %s is found', async (_what, statement, found) => {
  const { tenant } = await freshDatabases()
  await chainOf(tenant, 'org_1', 8)
  await unguarded(tenant)
  await tenant.write((tx) => tx.run(statement))
  expect(await auditEventStore(tenant.read, 'org_1').verify()).toMatchObject({ ok: false, ...found })
})

test('a chain longer than one reading is verified whole', async () => {
  const { tenant } = await freshDatabases()
  await chainOf(tenant, 'org_1', 501)
  const store = auditEventStore(tenant.read, 'org_1')
  expect(await store.verify()).toEqual({ ok: true, count: 501 })
  await unguarded(tenant)
  await tenant.write((tx) => tx.run(sql`UPDATE audit_events SET ip = '10.0.0.1' WHERE seq = 501`))
  expect(await store.verify()).toMatchObject({ ok: false, seq: 501 })
})

test('the control plane keeps the same kind of chain', async () => {
  const { control } = await freshDatabases()
  await control.write(async (tx) => {
    for (let n = 1; n <= 3; n++) await appendControlAuditEvent(tx, 'plt_1', at, event(n))
  })
  expect(await controlAuditEventStore(control.read, 'plt_1').verify()).toEqual({ ok: true, count: 3 })
  await expect(control.write((tx) => tx.run(sql`DELETE FROM control_audit_events`))).rejects.toThrow()
})
