import type { PortalSession } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

let api: TestApi
let organization: string
let count = 0

beforeAll(async () => {
  api = await createTestApi()
  const { platformId } = await api.addPlatform('Tidewater')
  organization = await api.addOrganization(platformId, 'Bakery')
  await api.addMember(organization, 'olive@bakery.example', 'owner')
})
afterAll(() => api.close())

async function arrive(email: string) {
  api.network.address = `203.0.113.${++count}`
  return signIn(api, email)
}
async function proven(email: string) {
  const person = await arrive(email)
  expect((await person.addPasskey()).status).toBe(201)
  await person.stepUp()
  return person
}
type Person = Awaited<ReturnType<typeof arrive>>
const close = (person: Person, body: object = { confirm: 'CLOSE' }) =>
  person.send('POST', '/v1/session/close-account', { body })
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

test('a closed account is signed out everywhere, its memberships end, and what it did stays in the audit log', async () => {
  await api.addMember(organization, 'vera@bakery.example', 'administrator')
  const vera = await proven('vera@bakery.example')
  const elsewhere = await arrive('vera@bakery.example')
  const address = 'invited-by-vera@new.example'
  await vera.send('POST', '/v1/invitations', { organization, body: { email: address, role: 'viewer' } })
  const closed = await close(vera, { confirm: 'CLOSE', reason: 'new job' })
  expect(closed.status).toBe(204)
  expect(closed.headers.getSetCookie().join()).toMatch(/__Host-fw_session=;/)
  for (const person of [vera, elsewhere]) expect((await person.send('GET', '/v1/session')).status).toBe(401)
  const olive = await arrive('olive@bakery.example')
  const members = await (await olive.send('GET', '/v1/members', { organization })).text()
  expect(members).not.toContain('vera')
  const { data } = (await (await olive.send('GET', '/v1/invitations', { organization })).json()) as {
    data: { email: string; status: string }[]
  }
  expect(data.find(({ email }) => email === address)?.status).toBe('revoked')
  const events = await olive.send('GET', '/v1/audit-events?action=member.left', { organization })
  expect(await events.json()).toMatchObject({ data: [{ actor: { name: 'vera' }, action: 'member.left' }] })
})

test('the word has to be typed, and a fresh proof given', async () => {
  await api.addMember(organization, 'walt@bakery.example', 'viewer')
  const walt = await arrive('walt@bakery.example')
  expect(await codeOf(await close(walt))).toBe('step-up-required')
  await walt.addPasskey()
  await walt.stepUp()
  for (const confirm of ['close', 'CLOSE ', '', undefined]) expect((await close(walt, { confirm })).status).toBe(422)
  expect((await walt.send('GET', '/v1/session')).status).toBe(200)
})

test('the only owner of an open organization stays, and is told of which', async () => {
  const olive = await proven('olive@bakery.example')
  const refused = await close(olive)
  expect(refused.status).toBe(409)
  expect(await refused.text()).toContain('Bakery')
  expect((await olive.send('GET', '/v1/members', { organization })).status).toBe(200)
})

test('two owners who close their accounts at the same moment leave one owner', async () => {
  const { platformId } = await api.addPlatform('Both')
  const mill = await api.addOrganization(platformId, 'Mill')
  for (const email of ['a@mill.example', 'b@mill.example']) await api.addMember(mill, email, 'owner')
  const [a, b] = [await proven('a@mill.example'), await proven('b@mill.example')]
  const answers = await Promise.all([close(a), close(b)])
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
})

test('the same address may come again, as somebody new who has nothing of before', async () => {
  const email = 'zoe@bakery.example'
  const before = await api.addMember(organization, email, 'approver')
  const zoe = await proven(email)
  expect((await close(zoe)).status).toBe(204)
  const again = await api.addMember(
    await api.addOrganization((await api.addPlatform('New')).platformId, 'New'),
    email,
    'viewer',
  )
  expect(again).not.toBe(before)
  const back = await arrive(email)
  expect(await (await back.send('GET', '/v1/session/passkeys')).json()).toEqual({ data: [] })
  expect((await back.send('GET', '/v1/recipients', { organization })).status).toBe(404)
})

test('the only one who looks after a platform stays until there is another', async () => {
  const { platformId } = await api.addPlatform('Lonely')
  const ids = []
  for (const email of ['p@bakery.example', 'q@bakery.example']) {
    ids.push(await api.addMember(organization, email, 'viewer'))
  }
  const control = byHand(api.parts.databases.control)
  const look = (id: string | undefined) =>
    control.write((tx) =>
      tx.run(
        sql`INSERT INTO platform_members (platform_id, user_id, role, created_at)
            VALUES (${platformId}, ${id}, 'administrator', '2026-01-01T00:00:00.000Z')`,
      ),
    )
  await look(ids[0])
  const person = await proven('p@bakery.example')
  expect(await codeOf(await close(person))).toBe('state-conflict')
  await look(ids[1])
  expect((await close(person)).status).toBe(204)
  const left = await control.read.all(sql`SELECT user_id AS id FROM platform_members WHERE platform_id = ${platformId}`)
  expect(left).toEqual([{ id: ids[1] }])
})

test('nothing that could sign the person in is left in the database', async () => {
  const email = 'yuri@bakery.example'
  const id = await api.addMember(organization, email, 'approver')
  const yuri = await proven(email)
  await close(yuri)
  const control = byHand(api.parts.databases.control)
  const rows = await Promise.all([
    control.read.all(sql`SELECT 1 FROM passkeys WHERE user_id = ${id}`),
    control.read.all(sql`SELECT 1 FROM user_identities WHERE user_id = ${id}`),
    control.read.all(sql`SELECT 1 FROM portal_sessions WHERE user_id = ${id} AND ended_at IS NULL`),
    control.read.all(sql`SELECT 1 FROM members WHERE user_id = ${id}`),
    control.read.all(sql`SELECT 1 FROM sign_in_codes WHERE email = ${email} AND used_at IS NULL`),
    control.read.all(sql`SELECT 1 FROM users WHERE email = ${email}`),
  ])
  expect(rows.flat()).toEqual([])
})

test('who looks after a platform leaves it too, with what they offered and were offered; the only one stays', async () => {
  const [emma, finn] = ['emma@ledgerly.example', 'finn@ledgerly.example']
  for (const email of [emma, finn]) await api.addMember(organization, email, 'viewer')
  const [first, second] = [await proven(emma), await proven(finn)]
  const begin = async (person: Person) => {
    const made = await person.send('POST', '/v1/platforms', { body: { name: 'Ledgerly' } })
    return ((await made.json()) as { id: string }).id
  }
  const ask = (person: Person, platform: string, email: string) =>
    person.send('POST', `/v1/platforms/${platform}/administrators`, { platform, body: { email } })
  const [platform, other] = [await begin(first), await begin(second)]
  const refused = await close(first)
  expect([refused.status, await codeOf(refused)]).toEqual([409, 'state-conflict'])
  await ask(first, platform, finn)
  expect((await second.send('POST', `/v1/platforms/${platform}/accept`)).status).toBe(200)
  await ask(first, platform, 'later@ledgerly.example')
  await ask(second, other, emma)
  expect((await close(first)).status).toBe(204)
  const list = await second.send('GET', `/v1/platforms/${platform}/administrators`, { platform })
  expect(((await list.json()) as { data: { email: string }[] }).data.map(({ email }) => email)).toEqual([finn])
  const events = await second.send('GET', `/v1/platforms/${platform}/audit-events`, { platform })
  expect(((await events.json()) as { data: { action: string }[] }).data[0]?.action).toBe(
    'platform.administratorRemoved',
  )
  await api.addMember(organization, emma, 'viewer')
  const again = await arrive(emma)
  const session = (await (await again.send('GET', '/v1/session')).json()) as PortalSession
  expect([session.platforms, session.platformInvitations]).toEqual([[], []])
})
