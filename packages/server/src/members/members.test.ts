import type { Role } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

let api: TestApi
let platformId: string
let count = 0

beforeAll(async () => {
  api = await createTestApi()
  platformId = (await api.addPlatform('Tidewater')).platformId
})
afterAll(() => api.close())

/** An organization of its own with these members, each signed in and freshly proven. */
async function organizationWith<R extends Role>(...roles: R[]) {
  const organization = await api.addOrganization(platformId, `Company ${++count}`)
  const people = []
  for (const role of roles) people.push(await member(organization, role))
  return { organization, people }
}
async function member(organization: string, role: Role) {
  const email = `${role}${++count}@company.example`
  const id = await api.addMember(organization, email, role)
  api.network.address = `203.0.113.${count % 250}`
  const person = await signIn(api, email)
  await person.addPasskey()
  await person.stepUp()
  const post = async (path: string, body?: object) => {
    const response = await person.send('POST', path, { organization, body })
    const text = await response.text()
    return { status: response.status, code: text === '' ? '' : (JSON.parse(text) as { code?: string }).code }
  }
  return {
    id,
    email,
    person,
    changeRole: (who: string, to: Role) => post(`/v1/members/${who}/change-role`, { role: to }),
    remove: (who: string) => post(`/v1/members/${who}/remove`),
    leave: () => post('/v1/members/leave'),
    invite: (address: string) => post('/v1/invitations', { email: address, role: 'viewer' }),
    get: async (path: string) => (await person.send('GET', path, { organization })).status,
  }
}
type Member = Awaited<ReturnType<typeof member>>
const three = async (a: Role, b: Role, c: Role) => {
  const { organization, people } = await organizationWith(a, b, c)
  return { organization, first: people[0] as Member, second: people[1] as Member, third: people[2] as Member }
}
const rolesIn = async (organization: string) => {
  const rows = await byHand(api.parts.databases.control).read.all<{ role: Role }>(
    sql`SELECT role FROM members WHERE organization_id = ${organization} ORDER BY role`,
  )
  return rows.map(({ role }) => role)
}

test('a removed member with an open session is refused at the next request, and has nothing after signing in again', async () => {
  const { organization, first: owner, second: approver } = await three('owner', 'approver', 'viewer')
  expect(await approver.get('/v1/recipients')).toBe(200)
  expect((await owner.remove(approver.id)).status).toBe(204)
  expect(await approver.get('/v1/recipients')).toBe(401)
  const again = await signIn(api, approver.email)
  expect((await again.send('GET', '/v1/recipients', { organization })).status).toBe(404)
})

test('a demoted member with an open session is signed out, and signs in again with what is left', async () => {
  const { organization, first: owner, second: demoted } = await three('owner', 'administrator', 'viewer')
  expect(await demoted.get('/v1/members')).toBe(200)
  expect((await owner.changeRole(demoted.id, 'viewer')).status).toBe(200)
  expect(await demoted.get('/v1/members')).toBe(401)
  const again = await signIn(api, demoted.email)
  expect((await again.send('GET', '/v1/recipients', { organization })).status).toBe(200)
  expect((await again.send('GET', '/v1/members', { organization })).status).toBe(403)
})

test('who leaves loses the organization at the next request, and stays signed in elsewhere', async () => {
  const { first: viewer } = await three('viewer', 'owner', 'viewer')
  expect((await viewer.leave()).status).toBe(204)
  expect(await viewer.get('/v1/recipients')).toBe(404)
  expect((await viewer.person.send('GET', '/v1/session')).status).toBe(200)
})

test('whom a removed or demoted member invited has to be invited anew', async () => {
  const { first: owner, second: administrator, third: other } = await three('owner', 'administrator', 'administrator')
  const invited = [`a${++count}@new.example`, `b${++count}@new.example`] as const
  expect((await administrator.invite(invited[0])).status).toBe(201)
  expect((await other.invite(invited[1])).status).toBe(201)
  await api.runJobs()
  const { organization } = { organization: (await orgOf(owner)) ?? '' }
  await owner.remove(administrator.id)
  await owner.changeRole(other.id, 'viewer')
  const response = await owner.person.send('GET', '/v1/invitations', { organization })
  const { data } = (await response.json()) as { data: { status: string }[] }
  expect(data.map(({ status }) => status)).toEqual(['revoked', 'revoked'])
})
async function orgOf({ person }: Member): Promise<string | undefined> {
  const session = (await (await person.send('GET', '/v1/session')).json()) as { organizations: { id: string }[] }
  return session.organizations[0]?.id
}

test('the last owner can neither leave nor be made anything else', async () => {
  const { organization, first: owner } = await three('owner', 'administrator', 'viewer')
  expect((await owner.leave()).code).toBe('state-conflict')
  expect((await owner.changeRole(owner.id, 'administrator')).code).toBe('state-conflict')
  expect((await owner.remove(owner.id)).code).toBe('state-conflict')
  expect(await rolesIn(organization)).toContain('owner')
})

test.each([
  ['both leave', (a: Member, b: Member) => [a.leave(), b.leave()]],
  ['each removes the other', (a: Member, b: Member) => [a.remove(b.id), b.remove(a.id)]],
  ['each demotes the other', (a: Member, b: Member) => [a.changeRole(b.id, 'viewer'), b.changeRole(a.id, 'viewer')]],
  ['one leaves, the other steps down', (a: Member, b: Member) => [a.leave(), b.changeRole(b.id, 'viewer')]],
] as const)('two owners at the same moment, %s: one owner stays', async (_, together) => {
  const { organization, first, second } = await three('owner', 'owner', 'viewer')
  const answers = await Promise.all(together(first, second))
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
  expect((await rolesIn(organization)).filter((role) => role === 'owner')).toHaveLength(1)
})

test('the database itself keeps the last owner of an open organization', async () => {
  const { organization } = await three('owner', 'administrator', 'viewer')
  const control = byHand(api.parts.databases.control)
  for (const statement of [
    sql`DELETE FROM members WHERE organization_id = ${organization} AND role = 'owner'`,
    sql`UPDATE members SET role = 'viewer' WHERE organization_id = ${organization} AND role = 'owner'`,
  ]) {
    await expect(control.write((tx) => tx.run(statement))).rejects.toThrow()
  }
  expect(await rolesIn(organization)).toContain('owner')
})

test('administrators decide about everybody but owners, and do not raise themselves', async () => {
  const { first: administrator, second: owner, third: viewer } = await three('administrator', 'owner', 'viewer')
  expect((await administrator.changeRole(viewer.id, 'approver')).status).toBe(200)
  expect((await administrator.changeRole(administrator.id, 'owner')).code).toBe('forbidden')
  expect((await administrator.changeRole(viewer.id, 'owner')).code).toBe('forbidden')
  expect((await administrator.changeRole(owner.id, 'viewer')).code).toBe('forbidden')
  expect((await administrator.remove(owner.id)).code).toBe('forbidden')
  expect((await administrator.changeRole(administrator.id, 'viewer')).status, 'stepping down is theirs').toBe(200)
})

test.each(['preparer', 'approver', 'viewer'] as const)('a %s changes nobody, themselves neither', async (role) => {
  const { first, third } = await three(role, 'owner', 'viewer')
  for (const answer of [
    await first.changeRole(first.id, 'owner'),
    await first.changeRole(third.id, 'approver'),
    await first.remove(third.id),
    await first.invite('x@y.example'),
  ]) {
    expect(answer.code).toBe('forbidden')
  }
})

test('a member of another organization is as unknown as nobody', async () => {
  const { first: owner } = await three('owner', 'viewer', 'viewer')
  const { third: stranger } = await three('owner', 'viewer', 'viewer')
  const asked = (id: string) => owner.changeRole(id, 'viewer')
  expect(await asked(stranger.id)).toEqual(await asked('usr_01m7yrd1hcechv6nb2ne0f5e99'))
  expect((await owner.remove(stranger.id)).status).toBe(404)
})

test('the list tells roles, since when, and when each last worked here', async () => {
  const { organization, first: owner, second: approver } = await three('owner', 'approver', 'viewer')
  const list = async () => {
    const response = await owner.person.send('GET', '/v1/members', { organization })
    return ((await response.json()) as { data: { id: string; lastUsedAt: string | null; roleSince: string }[] }).data
  }
  expect((await list()).find(({ id }) => id === approver.id)?.lastUsedAt).toBeNull()
  await approver.get('/v1/recipients')
  const at = api.clock.now.toISOString()
  expect((await list()).find(({ id }) => id === approver.id)).toMatchObject({ lastUsedAt: at, role: 'approver' })
  const before = api.clock.now
  api.clock.now = new Date(before.getTime() + 60_000)
  await owner.changeRole(approver.id, 'preparer')
  expect((await list()).find(({ id }) => id === approver.id)?.roleSince).toBe(api.clock.now.toISOString())
  api.clock.now = before
})
