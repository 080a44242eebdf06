import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

type Person = Awaited<ReturnType<typeof signIn>>

let api: TestApi
let organization: string
let platformKey: string
let owner: Person
let count = 0
const DAY = 86_400_000

beforeAll(async () => {
  api = await createTestApi()
  const platform = await api.addPlatform('Tidewater')
  platformKey = platform.apiKey
  organization = await api.addOrganization(platform.platformId, 'Bakery')
  await api.addMember(organization, 'olive@bakery.example', 'owner')
  owner = await arrive('olive@bakery.example')
  await prove(owner)
})
afterAll(() => api.close())

/** Signs in from a network of their own, because codes are counted by network. */
function arrive(email: string): Promise<Person> {
  api.network.address = `203.0.113.${++count}`
  return signIn(api, email)
}
async function prove(person: Person): Promise<void> {
  await person.addPasskey()
  expect((await person.stepUp()).status).toBe(200)
}
const fresh = (name: string) => `${name}${++count}@new.example`
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const newestMail = (to: string) => api.mailbox.list().find((mail) => mail.to === to)?.text ?? ''

async function invite(email: string, more: object = {}): Promise<{ id: string; expiresAt: string; status: string }> {
  await owner.stepUp()
  const body = { email, role: 'viewer', ...more }
  const response = await owner.send('POST', '/v1/invitations', { organization, body })
  expect(response.status, await response.clone().text()).toBe(201)
  return (await response.json()) as never
}
async function link(email: string): Promise<string> {
  await api.runJobs()
  const secret = /\/invitation#(\S+)/.exec(newestMail(email))?.[1]
  if (secret === undefined) throw new Error('no invitation was mailed')
  return secret
}
const accept = (person: Person, secret: string, more: object = {}) =>
  person.send('POST', '/v1/session/invitations', { body: { secret, ...more } })
const members = async () => {
  const response = await owner.send('GET', '/v1/members', { organization })
  return ((await response.json()) as { data: { email: string; name: string; role: string }[] }).data
}
const act = (id: string, verb: string) => owner.send('POST', `/v1/invitations/${id}/${verb}`, { organization })

test('somebody who was never here is invited, signs in with the invited address, and becomes a member under a new cookie', async () => {
  const email = fresh('grace')
  const { expiresAt } = await invite(email, { role: 'approver' })
  expect(Date.parse(expiresAt) - api.clock.now.getTime()).toBe(7 * DAY)
  const secret = await link(email)
  const grace = await arrive(email)
  const offered = await grace.send('POST', '/v1/session/invitations/open', { body: { secret } })
  expect(await offered.json()).toMatchObject({ organizationName: 'Bakery', role: 'approver', invitedBy: 'olive' })
  const before = grace.cookie
  const accepted = await accept(grace, secret, { name: 'Grace Hollis' })
  expect(accepted.status).toBe(201)
  expect(accepted.headers.getSetCookie().join()).toContain('__Host-fw_session=')
  expect(await accepted.json()).toMatchObject({ user: { name: 'Grace Hollis' }, organizations: [{ role: 'approver' }] })
  expect(await members()).toContainEqual(expect.objectContaining({ email, name: 'Grace Hollis', role: 'approver' }))
  const withOldCookie = await api.send('GET', '/v1/session', { headers: { Cookie: before } })
  expect(withOldCookie.status, 'the cookie from before the rise is worthless').toBe(401)
})

test('a link works once, also when it is used twice at the same moment', async () => {
  const email = fresh('twice')
  await invite(email)
  const secret = await link(email)
  const person = await arrive(email)
  const same = await arrive(email)
  const answers = await Promise.all([accept(person, secret), accept(same, secret)])
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect((await members()).filter((member) => member.email === email)).toHaveLength(1)
})

test('who holds the link but signed in with another address gets the answer of a link that never was', async () => {
  const email = fresh('right')
  const other = fresh('wrong')
  await invite(email)
  const secret = await link(email)
  await invite(other)
  const wrong = await arrive(other)
  const strip = async (response: Response) => ({ ...((await response.json()) as object), requestId: '', instance: '' })
  const foreign = await accept(wrong, secret)
  const unknown = await accept(wrong, `${secret.slice(0, -10)}x${secret.slice(-9)}`)
  expect(foreign.status).toBe(404)
  expect(await strip(foreign)).toEqual(await strip(unknown))
  expect((await accept(await arrive(email), secret)).status).toBe(201)
})

test('an invitation ends on its day, not before', async () => {
  const email = fresh('late')
  await invite(email, { expiresInDays: 1 })
  const secret = await link(email)
  const start = api.clock.now
  const statusAt = async (ms: number) => {
    api.clock.now = new Date(start.getTime() + ms)
    const person = await arrive(email)
    return (await person.send('POST', '/v1/session/invitations/open', { body: { secret } })).status
  }
  expect([await statusAt(0), await statusAt(DAY - 1), await statusAt(DAY)]).toEqual([200, 200, 404])
  api.clock.now = start
})

test('days outside 1 to 30, a role that is none and an address that is none are refused', async () => {
  await owner.stepUp()
  for (const body of [
    { email: 'a@b.example', role: 'viewer', expiresInDays: 0 },
    { email: 'a@b.example', role: 'viewer', expiresInDays: 31 },
    { email: 'a@b.example', role: 'king' },
    { email: 'a b@c.example', role: 'viewer' },
  ]) {
    expect((await owner.send('POST', '/v1/invitations', { organization, body })).status).toBe(422)
  }
})

test('a new mail makes the link before worthless, and after five there is no further one', async () => {
  const email = fresh('again')
  const { id } = await invite(email)
  const first = await link(email)
  expect((await act(id, 'resend')).status).toBe(200)
  const second = await link(email)
  expect(second).not.toBe(first)
  const person = await arrive(email)
  expect((await accept(person, first)).status).toBe(404)
  for (let mail = 3; mail <= 5; mail++) expect((await act(id, 'resend')).status).toBe(200)
  expect(await codeOf(await act(id, 'resend'))).toBe('limit-exceeded')
  expect((await accept(person, await link(email))).status).toBe(201)
})

test('a revoked invitation opens nothing, and cannot be mailed again', async () => {
  const email = fresh('revoked')
  const { id } = await invite(email)
  const secret = await link(email)
  const person = await arrive(email)
  expect((await act(id, 'revoke')).status).toBe(200)
  expect((await accept(person, secret)).status).toBe(404)
  expect(await codeOf(await act(id, 'resend'))).toBe('state-conflict')
  expect(await codeOf(await act(id, 'revoke'))).toBe('state-conflict')
})

test('a second invitation of an address takes the place of the first', async () => {
  const email = fresh('anew')
  await invite(email)
  const first = await link(email)
  await invite(email.toUpperCase(), { role: 'preparer' })
  const second = await link(email.toUpperCase())
  const person = await arrive(email)
  expect((await accept(person, first)).status).toBe(404)
  expect((await accept(person, second)).status).toBe(201)
})

test('the database holds nothing that a link could be made of', async () => {
  const email = fresh('quiet')
  await invite(email)
  const secret = await link(email)
  const control = byHand(api.parts.databases.control)
  const tables = await control.read.all<{ name: string }>(sql`SELECT name FROM sqlite_schema WHERE type = 'table'`)
  const dump = JSON.stringify(
    await Promise.all(tables.map(({ name }) => control.read.all(sql`SELECT * FROM ${sql.identifier(name)}`))),
  )
  expect(dump).toContain(email)
  expect(dump).not.toContain(secret.slice(-52, -9))
})

test('an invited address, a known one and an unknown one get the same answer to a request for a code, and two of them a mail', async () => {
  const invited = fresh('invited')
  await invite(invited)
  await api.runJobs()
  const unknown = fresh('unknown')
  const answers = []
  for (const email of [invited, 'olive@bakery.example', unknown]) {
    api.network.address = `198.51.100.${++count}`
    const headers = { Origin: 'http://localhost:4400', 'Sec-Fetch-Site': 'same-origin' }
    const response = await api.send('POST', '/v1/sign-in/codes', { headers, body: { email } })
    const cookie = response.headers.getSetCookie().join()
    answers.push([response.status, await response.text(), cookie.replace(/=fw_sic_[^;]*/, '=…')])
  }
  expect(answers[0]).toEqual(answers[2])
  expect(answers[1]).toEqual(answers[2])
  expect(newestMail(invited)).toContain('Your code is')
  expect(newestMail(unknown)).toBe('')
})

test('whoever is invited but never accepts is a member of nothing', async () => {
  const email = fresh('waiting')
  await invite(email)
  const person = await arrive(email)
  const session = (await (await person.send('GET', '/v1/session')).json()) as { organizations: unknown[] }
  expect(session.organizations).toEqual([])
  expect((await person.send('GET', '/v1/members', { organization })).status).toBe(404)
})

test('inviting asks for a fresh proof, and a member cannot be invited again', async () => {
  await api.addMember(organization, 'adam@bakery.example', 'administrator')
  const adam = await arrive('adam@bakery.example')
  const body = { email: 'olive@bakery.example', role: 'viewer' }
  const ask = (more = {}) => adam.send('POST', '/v1/invitations', { organization, body: { ...body, ...more } })
  expect(await codeOf(await ask())).toBe('step-up-required')
  await prove(adam)
  expect(await codeOf(await ask())).toBe('duplicate')
  expect(await codeOf(await ask({ email: 'x@y.example', role: 'owner' })), 'only owners make owners').toBe('forbidden')
})

test('a platform invites the first owner of its own organization, and nobody after that', async () => {
  const platform = await api.addPlatform('Second')
  const mill = await api.addOrganization(platform.platformId, 'Mill')
  const email = fresh('miller')
  const ask = (key: string, address = email) =>
    api.send('POST', '/v1/invitations/first-owner', { key, organization: mill, body: { email: address } })
  expect(await codeOf(await ask(platformKey)), 'of another platform').toBe('not-found')
  const ownKey = await api.addKey({ organizationId: mill }, ['organizations:write'])
  expect(await codeOf(await ask(ownKey)), 'the key of the organization itself').toBe('forbidden')
  expect((await ask(platform.apiKey)).status).toBe(201)
  const secret = await link(email)
  const miller = await arrive(email)
  expect(await (await accept(miller, secret)).json()).toMatchObject({ organizations: [{ id: mill, role: 'owner' }] })
  expect(await codeOf(await ask(platform.apiKey, fresh('second')))).toBe('state-conflict')
})

test('of two whom a platform asked to be the first owner, the second finds the place taken', async () => {
  const platform = await api.addPlatform('Third')
  const mill = await api.addOrganization(platform.platformId, 'Third mill')
  const [first, second] = [fresh('first'), fresh('second')]
  const secrets: string[] = []
  for (const email of [first, second]) {
    const ask = { key: platform.apiKey, organization: mill, body: { email } }
    expect((await api.send('POST', '/v1/invitations/first-owner', ask)).status).toBe(201)
    secrets.push(await link(email))
  }
  const [one, two] = [await arrive(first), await arrive(second)]
  const answers = await Promise.all([accept(one, secrets[0] ?? ''), accept(two, secrets[1] ?? '')])
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 404])
})

test('a person founds organizations of their own, up to a limit, and owns them', async () => {
  await api.addMember(organization, 'founder@bakery.example', 'viewer')
  const founder = await arrive('founder@bakery.example')
  const found = (body: object) => founder.send('POST', '/v1/organizations', { body })
  const first = await found({ name: 'Founder & Sons' })
  expect(first.status).toBe(201)
  const { id } = (await first.json()) as { id: string }
  const own = await founder.send('GET', '/v1/members', { organization: id })
  expect(await own.json()).toMatchObject({ data: [{ email: 'founder@bakery.example', role: 'owner' }] })
  const trail = await founder.send('GET', '/v1/audit-events', { organization: id })
  expect(await trail.json()).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ action: 'organization.created' })]),
  })
  expect(await codeOf(await found({ name: 'X', externalId: 'mine' }))).toBe('validation-failed')
  for (let more = 2; more <= 10; more++) expect((await found({ name: `No ${more}` })).status).toBe(201)
  expect(await codeOf(await found({ name: 'One too many' }))).toBe('limit-exceeded')
})
