import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { jobs } from '../jobs/table.ts'
import { ADMINISTRATORS_JOB, enqueueMailToAdministrators } from '../mail/mail-job.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { ANNA, createTestTenants } from '../testing/context.ts'
import { addRecipient } from '../testing/payments.ts'
import { signIn } from '../testing/portal-person.ts'
import { MANY_REVEALED_MAIL } from './reveal-alert.ts'
import { revealRecipient } from './reveal.ts'

const NUMBERS = { routingNumber: '091000019', accountNumber: '8800123456789' }
const PURPOSE = 'The bank asks which account entry 7 went to'
let api: TestApi
let organization: string
let key: string
let recipient: string

beforeAll(async () => {
  api = await createTestApi()
  const platform = await api.addPlatform('Tidewater')
  organization = await api.addOrganization(platform.platformId, 'Bakery')
  key = platform.apiKey
  const body = {
    name: 'Jane Roe',
    holderType: 'individual',
    accountType: 'checking',
    identification: 'JR-7',
    ...NUMBERS,
  }
  const made = await api.send('POST', '/v1/recipients', { key, organization, body })
  recipient = ((await made.json()) as { id: string }).id
})
afterAll(() => api.close())

let people = 0
beforeEach(() => {
  api.network.address = `192.0.2.${++people}`
})

async function administrator(role: 'administrator' | 'viewer' = 'administrator') {
  const email = `ada${people}@bluebird.example`
  await api.addMember(organization, email, role)
  const ada = await signIn(api, email)
  await ada.addPasskey()
  const reveal = (body: unknown = { purpose: PURPOSE }, id = recipient, of = organization) =>
    ada.send('POST', `/v1/recipients/${id}/reveal`, { organization: of, body })
  return { ...ada, email, reveal }
}
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

interface Event {
  action: string
  actor: { name?: string }
  data: Record<string, unknown>
}
async function events(): Promise<Event[]> {
  const response = await api.send('GET', '/v1/audit-events?limit=200', { key, organization })
  return ((await response.json()) as { data: Event[] }).data
}

test('an administrator who has just confirmed sees the full numbers, and the log says what for', async () => {
  const ada = await administrator()
  await ada.stepUp()
  const response = await ada.reveal()
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({
    type: 'revealedRecipient',
    id: recipient,
    identification: 'JR-7',
    ...NUMBERS,
  })
  const [event] = await events()
  expect(event).toMatchObject({ action: 'recipient.revealed', data: { purpose: PURPOSE } })
  expect(JSON.stringify(await events())).not.toContain(NUMBERS.accountNumber)
})

test('nobody sees them without a fresh proof, a purpose, the permission', async () => {
  const ada = await administrator()
  expect(await codeOf(await ada.reveal())).toBe('step-up-required')
  expect((await events())[0]).toMatchObject({ action: 'access.stepUpAsked', data: { code: 'step-up-required' } })
  await ada.stepUp()
  const short = await ada.reveal({ purpose: 'curious' })
  expect([short.status, await codeOf(short)]).toEqual([422, 'validation-failed'])
  expect((await ada.reveal({})).status).toBe(422)
  api.clock.now = new Date(api.clock.now.getTime() + 5 * 60_000)
  expect(await codeOf(await ada.reveal())).toBe('step-up-required')
})

test('a number that somebody types into the purpose does not stay in the log', async () => {
  const ada = await administrator()
  await ada.stepUp()
  expect((await ada.reveal({ purpose: 'Is it 8800 1234 56789 or 8800123456789?' })).status).toBe(200)
  const [event] = await events()
  expect(event?.data).toEqual({ purpose: 'Is it … or …?' })
})

test('no key sees them, and no viewer', async () => {
  const path = `/v1/recipients/${recipient}/reveal`
  const body = { purpose: PURPOSE }
  expect((await api.send('POST', path, { key, organization, body })).status).toBe(403)
  const wide = await api.addKey({ organizationId: organization }, ['recipients:reveal'])
  expect(await codeOf(await api.send('POST', path, { key: wide, body }))).toBe('person-required')
  const viewer = await administrator('viewer')
  await viewer.stepUp()
  expect(await codeOf(await viewer.reveal())).toBe('forbidden')
})

test('a recipient of another organization is not there', async () => {
  const platform = await api.addPlatform('Other')
  const foreign = await api.addOrganization(platform.platformId, 'Foundry')
  const body = { name: 'Max Moe', holderType: 'individual', accountType: 'checking', ...NUMBERS }
  const made = await api.send('POST', '/v1/recipients', { key: platform.apiKey, organization: foreign, body })
  const { id } = (await made.json()) as { id: string }
  const ada = await administrator()
  await ada.stepUp()
  expect((await ada.reveal(undefined, id)).status).toBe(404)
  expect((await ada.reveal(undefined, id, foreign)).status).toBe(404)
})

test('one person sees five in a minute', async () => {
  const ada = await administrator()
  await ada.stepUp()
  for (let shown = 0; shown < 5; shown++) expect((await ada.reveal()).status).toBe(200)
  const sixth = await ada.reveal()
  expect([sixth.status, Number(sixth.headers.get('retry-after')) > 0]).toEqual([429, true])
})

test('administrators hear of the tenth in a day, once, and the fifty-first is refused', async () => {
  const tenants = await createTestTenants()
  const own = await tenants.organization()
  const { id } = await addRecipient(own)
  const reveal = () => own.write(ANNA, (ctx) => revealRecipient(ctx, id, { purpose: PURPOSE }))
  for (let shown = 0; shown < 50; shown++) await reveal()
  await expect(reveal()).rejects.toMatchObject({ code: 'limit-exceeded' })
  const alerts = own.events.filter(({ action }) => action === 'security.manyRevealed')
  expect(alerts).toMatchObject([{ targetId: 'anna', data: { count: 10 } }])
  const queued = await own.storage.read.select().from(jobs).where(eq(jobs.organizationId, own.id))
  expect(queued).toMatchObject([{ kind: ADMINISTRATORS_JOB, payload: { template: MANY_REVEALED_MAIL.name } }])
  tenants.clock.now = new Date(tenants.clock.now.getTime() + 24 * 3_600_000 + 1)
  expect(await reveal()).toMatchObject({ id })
  await tenants.close()
})

test('the alert goes to the administrators of that organization only', async () => {
  const here = await api.addOrganization((await api.addPlatform('Third')).platformId, 'Mill')
  await api.addMember(here, 'mill@bluebird.example', 'administrator')
  await api.addMember(here, 'miller@bluebird.example', 'viewer')
  // Mails of the tests before, such as of their new passkeys, are sent first.
  await api.runJobs()
  const before = api.mailbox.list().length
  const order = { owner: here, data: { name: 'Eve', count: 10 }, dedupeKey: 'eve', now: api.clock.now }
  const storage = await api.parts.databases.tenantOf(here)
  await storage.write((tx) => enqueueMailToAdministrators(tx, MANY_REVEALED_MAIL, order))
  await api.runJobs()
  const sent = api.mailbox.list().slice(0, api.mailbox.list().length - before)
  expect(sent.map(({ to, subject }) => [to, subject])).toEqual([
    ['mill@bluebird.example', 'Many full account numbers of Mill were looked at'],
  ])
  expect(sent[0]?.text).toContain('Eve has looked at 10 full account numbers of Mill')
})
