import { expect, test } from 'vitest'
import type { Databases } from '../storage/directory.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestTenants } from '../testing/context.ts'
import { auditEventStore, controlAuditEventStore } from './audit.ts'
import { createDenials, type Denial, SERVER } from './denials.ts'

const START = Date.parse('2026-11-21T10:00:00Z')
const at = (seconds: number) => new Date(START + seconds * 1000)

const denial = (seconds: number, over: Partial<Denial> = {}, target = 'recipients.create'): Denial => ({
  home: { ownerId: 'plt_1' },
  who: 'apiKey:key_1',
  isKnown: true,
  at: at(seconds),
  event: {
    action: 'access.denied',
    actor: { type: 'apiKey', id: 'key_1' },
    targetType: 'operation',
    targetId: target,
    outcome: 'denied',
    requestId: `req_${seconds}`,
    data: { code: 'forbidden' },
  },
  ...over,
})

async function opened() {
  const tenants = await createTestTenants()
  const errors: unknown[] = []
  const denials = createDenials(tenants.databases, (error) => errors.push(error))
  const trail = async (owner = 'plt_1') =>
    (await controlAuditEventStore(byHand(tenants.databases.control).read, owner).list({ limit: 200 }))
      .toReversed()
      .map(({ at: when, dataJson, requestId }) => ({ when, requestId, ...(JSON.parse(dataJson) as object) }))
  return { tenants, errors, denials, trail }
}

test('the first is written at once, those of the next minute are counted into one more', async () => {
  const { tenants, denials, trail, errors } = await opened()
  for (const seconds of [0, 1, 30, 59]) denials.note(denial(seconds))
  await denials.flush(at(59.999))
  const first = { when: at(0).toISOString(), requestId: 'req_0', code: 'forbidden' }
  expect(await trail()).toEqual([first])
  await denials.flush(at(60))
  const counted = { ...first, when: at(59).toISOString(), repeated: 3, since: at(0).toISOString() }
  expect(await trail()).toEqual([first, counted])
  await denials.flush(at(600))
  expect(await trail()).toHaveLength(2)
  expect(errors).toEqual([])
  await tenants.close()
})

test('the next after a minute begins anew, with the count of the one before', async () => {
  const { tenants, denials, trail } = await opened()
  for (const seconds of [0, 10, 59.999, 60, 61]) denials.note(denial(seconds))
  await denials.close()
  expect((await trail()).map((event) => [event.when, 'repeated' in event ? event.repeated : 0])).toEqual([
    [at(0).toISOString(), 0],
    [at(59.999).toISOString(), 2],
    [at(60).toISOString(), 0],
    [at(61).toISOString(), 1],
  ])
  await tenants.close()
})

test('callers, places and kinds are counted apart', async () => {
  const { tenants, denials, trail } = await opened()
  denials.note(denial(0))
  denials.note(denial(0, { who: 'apiKey:key_2' }))
  denials.note(denial(0, {}, 'recipients.update'))
  denials.note(denial(0, { event: { ...denial(0).event, action: 'user.signInFailed' } }))
  denials.note(denial(0, { event: { ...denial(0).event, data: { code: 'not-found' } } }))
  denials.note(denial(0, { home: { ownerId: 'plt_2' } }))
  await denials.flush(at(1))
  expect(await trail()).toHaveLength(5)
  expect(await trail('plt_2')).toHaveLength(1)
  await tenants.close()
})

test('too many kinds at once are counted together; those who are known have more room, and of their own', async () => {
  const { tenants, denials, trail } = await opened()
  for (let n = 0; n < 70; n++)
    denials.note(denial(0, { isKnown: false, who: `network ${n}`, home: { ownerId: SERVER } }))
  denials.note(denial(1, { isKnown: false, who: 'network 0', home: { ownerId: SERVER } }))
  for (let n = 0; n < 510; n++) denials.note(denial(0, { who: `key ${n}` }))
  await denials.close()
  expect((await trail()).length).toBe(200)
  const rows = await controlAuditEventStore(byHand(tenants.databases.control).read, 'plt_1').verify()
  expect(rows).toEqual({ ok: true, count: 500 })
  const server = await trail(SERVER)
  expect(server).toHaveLength(65)
  const crowds = server.filter((event) => 'code' in event && event.code === 'many-callers')
  expect(crowds.map((event) => ('repeated' in event ? event.repeated : 0)).toSorted()).toEqual([0, 0, 9, 9])
  await tenants.close()
})

test('of an organization it stands in its own database', async () => {
  const tenants = await createTestTenants()
  const organization = await tenants.organization()
  const databases: Databases = { ...tenants.databases, tenantOf: async () => organization.storage }
  const denials = createDenials(databases, () => {})
  denials.note(denial(0, { home: { organizationId: organization.id } }))
  await denials.flush(at(0))
  const [event] = await auditEventStore(byHand(organization.storage).read, organization.id).list({ limit: 5 })
  expect(event).toMatchObject({ action: 'access.denied', outcome: 'denied' })
  await tenants.close()
})

test('what cannot be written is told, and keeps nothing else from being written', async () => {
  const { tenants, denials, trail, errors } = await opened()
  denials.note(denial(0, { home: { organizationId: 'org_nowhere' } }))
  denials.note(denial(0))
  await denials.flush(at(0))
  expect(errors).toHaveLength(1)
  expect(await trail()).toHaveLength(1)
  await tenants.close()
})
