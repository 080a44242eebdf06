import type { Role } from '@fistworks/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessWriter } from '../access/access-store.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { codeNow, signIn } from '../testing/portal-person.ts'

let api: TestApi
let platformId: string
let organization: string
let people = 0

beforeAll(async () => {
  api = await createTestApi()
  platformId = (await api.addPlatform('Tidewater')).platformId
  organization = await api.addOrganization(platformId, 'Bakery')
})
afterAll(() => api.close())

async function member(role: Role, of = organization) {
  const email = `jo${++people}@bluebird.example`
  api.network.address = `198.51.100.${people}`
  const id = await api.addMember(of, email, role)
  const person = await signIn(api, email)
  await person.addPasskey()
  await person.stepUp()
  const reset = async (who: string, within = of) => {
    const response = await person.send('POST', `/v1/members/${who}/reset-second-factors`, { organization: within })
    const text = await response.text()
    return [response.status, text === '' ? '' : (JSON.parse(text) as { code: string }).code]
  }
  return { id, email, person, reset }
}
/** Somebody who is known already becomes a member of one more organization. */
const join = (organizationId: string, userId: string, role: Role) => {
  const row = { organizationId, userId, role, createdAt: api.clock.now.toISOString() }
  return onBehalfOf(organizationId, () => api.parts.databases.control.write((tx) => accessWriter(tx).addMember(row)))
}
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const mails = async () => {
  for (const worker of api.parts.workers) while (await worker.runOnce());
  return api.mailbox.list()
}

test('what a member confirms with is taken away: they are signed out, set up new things, and are told', async () => {
  const ada = await member('administrator')
  const jo = await member('approver')
  const secret = await jo.person.addAuthenticatorApp()
  const codes = (await (await jo.person.send('POST', '/v1/session/recovery-codes')).json()) as { codes: string[] }
  expect(await ada.reset(jo.id)).toEqual([204, ''])
  expect((await mails())[0]).toMatchObject({ to: jo.email, subject: 'What you confirm with was taken away' })
  expect(await codeOf(await jo.person.send('GET', '/v1/session'))).toBe('session-expired')
  const again = await signIn(api, jo.email)
  for (const proof of [{ recoveryCode: codes.codes[0] }, { code: codeNow(api, secret, 1) }]) {
    expect(await codeOf(await again.prove(proof))).toBe('step-up-required')
  }
  expect(await codeOf(await again.send('POST', '/v1/session/step-up/challenges'))).toBe('state-conflict')
  expect((await again.addPasskey('New laptop')).status).toBe(201)
  const events = await ada.person.send('GET', '/v1/audit-events?action=member.secondFactorsReset', { organization })
  expect(((await events.json()) as { data: unknown[] }).data).toMatchObject([
    { targetId: jo.id, actor: { id: ada.id } },
  ])
})

test('a seed that was told before is not taken into use afterwards', async () => {
  const ada = await member('administrator')
  const jo = await member('approver')
  const secret = await jo.person.authenticatorSecret()
  await ada.reset(jo.id)
  const again = await signIn(api, jo.email)
  expect(await codeOf(await again.confirmApp(secret))).toBe('state-conflict')
})

test('a lock of wrong proofs ends with it', async () => {
  const ada = await member('administrator')
  const jo = await member('approver')
  for (let wrong = 0; wrong < 5; wrong++) await jo.person.prove({ recoveryCode: 'WRONG' })
  api.network.address = `198.51.102.${people}`
  expect((await jo.person.prove({ recoveryCode: 'WRONG' })).status).toBe(429)
  await ada.reset(jo.id)
  api.network.address = `198.51.101.${people}`
  const again = await signIn(api, jo.email)
  expect((await again.prove({ recoveryCode: 'WRONG' })).status).toBe(403)
})

test('it is for somebody else, who administers the organization, and about owners for owners', async () => {
  const [owner, ada, jo] = [await member('owner'), await member('administrator'), await member('preparer')]
  expect(await ada.reset(ada.id)).toEqual([409, 'state-conflict'])
  expect(await owner.reset(owner.id)).toEqual([409, 'state-conflict'])
  expect(await ada.reset(owner.id)).toEqual([403, 'forbidden'])
  expect(await jo.reset(ada.id)).toEqual([403, 'forbidden'])
  expect(await owner.reset(ada.id)).toEqual([204, ''])
})

test('it needs a fresh proof', async () => {
  const ada = await member('administrator')
  const jo = await member('viewer')
  api.clock.now = new Date(api.clock.now.getTime() + 5 * 60_000)
  expect(await ada.reset(jo.id)).toEqual([403, 'step-up-required'])
})

test('a member of another organization is not there', async () => {
  const ada = await member('administrator')
  const elsewhere = await api.addOrganization(platformId, 'Foundry')
  const jo = await member('viewer', elsewhere)
  expect(await ada.reset(jo.id)).toEqual([404, 'not-found'])
  expect(await ada.reset(jo.id, elsewhere)).toEqual([404, 'not-found'])
  expect((await jo.person.send('GET', '/v1/session')).status).toBe(200)
})

test('what also guards an organization or a platform of others stays: an invitation into one’s own is not enough', async () => {
  const mallory = await member('owner')
  const bakery = await api.addOrganization(platformId, 'Other bakery')
  const grace = await member('owner', bakery)
  await join(organization, grace.id, 'viewer')
  expect(await mallory.reset(grace.id)).toEqual([409, 'state-conflict'])
  expect((await grace.person.stepUp()).status).toBe(200)
  await join(bakery, mallory.id, 'administrator')
  expect(await mallory.reset(grace.id), 'an administrator there, of an owner').toEqual([409, 'state-conflict'])
  const bea = await member('viewer')
  const begun = await bea.person.send('POST', '/v1/platforms', { body: { name: 'Ledgerly' } })
  expect(begun.status).toBe(201)
  expect(await mallory.reset(bea.id)).toEqual([409, 'state-conflict'])
})

test('whoever decides about a person wherever they work can take it away', async () => {
  const ada = await member('administrator')
  const second = await api.addOrganization(platformId, 'Second bakery')
  const jo = await member('approver')
  await join(second, jo.id, 'viewer')
  expect(await ada.reset(jo.id)).toEqual([409, 'state-conflict'])
  await join(second, ada.id, 'administrator')
  expect(await ada.reset(jo.id)).toEqual([204, ''])
})

test('the list of members says who has something to confirm with', async () => {
  const ada = await member('administrator')
  const without = await api.addMember(organization, `plain${++people}@bluebird.example`, 'viewer')
  const app = `app${++people}@bluebird.example`
  const withApp = await api.addMember(organization, app, 'viewer')
  api.network.address = `198.51.100.${people}`
  const person = await signIn(api, app)
  const listed = async () => {
    const response = await ada.person.send('GET', '/v1/members', { organization })
    const { data } = (await response.json()) as { data: { id: string; hasSecondFactor: boolean }[] }
    return new Map(data.map(({ id, hasSecondFactor }) => [id, hasSecondFactor]))
  }
  const secret = await person.authenticatorSecret()
  const before = await listed()
  expect([ada.id, without, withApp].map((id) => before.get(id))).toEqual([true, false, false])
  await person.confirmApp(secret)
  expect((await listed()).get(withApp)).toBe(true)
})
