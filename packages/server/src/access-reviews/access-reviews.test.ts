import type { AccessReview } from '@fistworks/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

let api: TestApi
let count = 0
const DAY = 86_400_000

beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

async function company() {
  const { platformId } = await api.addPlatform(`Platform ${++count}`)
  const organization = await api.addOrganization(platformId, `Company ${count}`)
  const owner = await member(organization, 'owner')
  const viewer = await api.addMember(organization, `viewer${++count}@company.example`, 'viewer')
  const key = await api.addKey({ organizationId: organization }, ['recipients:read'])
  return { organization, owner, viewer, key }
}
async function member(organization: string, role: 'owner' | 'administrator' | 'viewer') {
  const email = `${role}${++count}@company.example`
  const id = await api.addMember(organization, email, role)
  api.network.address = `203.0.113.${count % 250}`
  const person = await signIn(api, email)
  await person.addPasskey()
  await person.stepUp()
  const send = async (method: string, path: string, body?: object) => {
    const response = await person.send(method, path, { organization, body })
    return { status: response.status, body: (await response.json()) as AccessReview & { code: string } }
  }
  return {
    id,
    email,
    stepUp: () => person.stepUp(),
    retrieve: async () => (await send('GET', '/v1/access-reviews')).body,
    begin: () => send('POST', '/v1/access-reviews'),
    configure: (everyDays: number) => send('POST', '/v1/access-reviews/configure', { everyDays }),
    decide: (review: string, subjectId: string, decision: string) =>
      send('POST', `/v1/access-reviews/${review}/decide`, { subjectId, decision }),
    events: async () => (await person.send('GET', '/v1/audit-events?action=accessReview', { organization })).text(),
    exported: async () =>
      (await person.send('POST', '/v1/audit-events/export', { organization, body: { format: 'csv' } })).text(),
  }
}
const currentOf = ({ current }: AccessReview) => {
  if (current === null) throw new Error('no review is under way')
  return current
}

test('a review names every member and key, and what is revoked works no more', async () => {
  const { organization, owner, viewer, key } = await company()
  const other = await member(organization, 'administrator')
  const { body } = await owner.begin()
  const { id, items } = currentOf(body)
  expect(items.map(({ subjectType, access }) => `${subjectType} ${access}`)).toEqual([
    'apiKey recipients:read',
    'member administrator',
    'member owner',
    'member viewer',
  ])
  const keyId = items.find(({ subjectType }) => subjectType === 'apiKey')?.subjectId ?? ''
  expect((await owner.decide(id, keyId, 'revoked')).status).toBe(200)
  expect((await api.send('GET', '/v1/recipients', { key })).status).toBe(401)
  expect((await owner.decide(id, viewer, 'revoked')).status).toBe(200)
  expect((await owner.decide(id, owner.id, 'confirmed')).body.code, 'nobody confirms themselves').toBe(
    'second-person-required',
  )
  expect((await other.decide(id, owner.id, 'confirmed')).status).toBe(200)
  expect((await owner.decide(id, owner.id, 'revoked')).body.code).toBe('state-conflict')
  const last = await owner.decide(id, other.id, 'confirmed')
  expect(last.body.current, 'with the last decision it is complete').toBeNull()
  expect(last.body.lastCompletedAt).toBe(api.clock.now.toISOString())
  expect(await owner.events()).toContain('accessReview.completed')
  const exported = await owner.exported()
  for (const word of ['accessReview.decided', 'apiKey.revoked', 'member.removed', viewer])
    expect(exported).toContain(word)
})

test('who is alone confirms their own access, and a second review cannot begin meanwhile', async () => {
  const { owner, viewer } = await company()
  const { body } = await owner.begin()
  const { id, items } = currentOf(body)
  expect((await owner.begin()).body.code).toBe('state-conflict')
  for (const { subjectId } of items) expect((await owner.decide(id, subjectId, 'confirmed')).status).toBe(200)
  expect(items.map(({ subjectId }) => subjectId)).toContain(viewer)
  expect((await owner.begin()).status).toBe(201)
})

test('an administrator cannot revoke an owner this way, and the last owner stays', async () => {
  const { organization, owner } = await company()
  const other = await member(organization, 'administrator')
  const { id } = currentOf((await owner.begin()).body)
  expect((await other.decide(id, owner.id, 'revoked')).body.code).toBe('forbidden')
  expect((await owner.decide(id, owner.id, 'revoked')).body.code).toBe('state-conflict')
  expect(currentOf(await owner.retrieve()).items.every(({ decision }) => decision === null)).toBe(true)
})

test('it is due 90 days after the last unless told otherwise, to the millisecond, and administrators hear of it', async () => {
  const { owner } = await company()
  const start = api.clock.now
  const { dueAt, everyDays, isOverdue } = await owner.retrieve()
  expect([everyDays, isOverdue, Date.parse(dueAt) - start.getTime()]).toEqual([90, false, 90 * DAY])
  for (const days of [29, 366, 45.5]) expect((await owner.configure(days)).status).toBe(422)
  expect((await owner.configure(30)).status).toBe(200)
  const mails = () =>
    api.mailbox.list().filter(({ to, subject }) => to === owner.email && subject.startsWith('Who has what'))
  const at = async (ms: number) => {
    api.clock.now = new Date(start.getTime() + ms)
    await api.parts.reviewReminders.tick(api.clock.now)
    await api.runJobs()
    return mails().length
  }
  expect(await at(30 * DAY - 3_600_000)).toBe(0)
  expect(await at(30 * DAY)).toBe(1)
  expect(await at(30 * DAY + 3_600_000), 'once, and not every hour').toBe(1)
  expect(await at(44 * DAY), 'again while nothing is done').toBe(2)
  api.clock.now = start
})
