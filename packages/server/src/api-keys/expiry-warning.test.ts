import { expect, onTestFinished, test } from 'vitest'
import { accessWriter } from '../access/access-store.ts'
import { makeToken, TOKEN_PREFIXES } from '../access/token.ts'
import { platformWriter } from '../platforms/store.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { warnOfEndingKeys } from './expiry-warning.ts'

const DAY_MS = 86_400_000
const START = new Date('2026-11-23T15:00:00Z')

async function freshApi() {
  const api = await createTestApi(START)
  onTestFinished(() => api.close())
  const { platformId } = await api.addPlatform('Tidewater')
  const organization = await api.addOrganization(platformId, 'Bakery')
  await api.addMember(organization, 'ada@bakery.example', 'administrator')
  await api.addMember(organization, 'vic@bakery.example', 'viewer')
  const userId = await api.addMember(organization, 'bea@tidewater.example', 'preparer')
  const createdAt = START.toISOString()
  await api.parts.databases.control.write((tx) => platformWriter(tx).addAdministrator(platformId, userId, createdAt))
  return { api, platformId, organization }
}

async function addKey(api: TestApi, owner: { platformId: string } | { organizationId: string }, more: object) {
  const id = api.parts.newId('key', api.clock.now)
  const { secretHash } = makeToken(TOKEN_PREFIXES.testKey, id.slice('key_'.length))
  const row = { id, ...owner, name: 'Payroll\nexport', scopes: [], secretHash, createdAt: START.toISOString() }
  const add = { ...row, expiresAt: at(100), ...more }
  await onBehalfOf(Object.values(owner)[0] ?? '', () =>
    api.parts.databases.control.write((tx) => accessWriter(tx).addApiKey(add)),
  )
  return id
}

const at = (days: number, ms = 0) => new Date(START.getTime() + days * DAY_MS + ms).toISOString()

/** What is mailed when everything that waits is done. */
async function mailed(api: TestApi) {
  for (const worker of api.parts.workers) while (await worker.runOnce());
  return api.mailbox.list().map(({ to, subject }) => `${to}: ${subject}`)
}

test("an organization's administrators hear once, thirty days before, of a key that ends", async () => {
  const { api, organization } = await freshApi()
  const { control } = api.parts.databases
  await addKey(api, { organizationId: organization }, { expiresAt: at(30, 1) })
  expect(await warnOfEndingKeys(control, START)).toBe(0)
  api.clock.now = new Date(START.getTime() + 1)
  expect(await warnOfEndingKeys(control, api.clock.now)).toBe(1)
  expect(await warnOfEndingKeys(control, api.clock.now)).toBe(0)
  expect(await mailed(api)).toEqual(['ada@bakery.example: The API key Payroll export ends on 2026-12-23'])
})

test("a platform's administrators hear of its key, and members of its organizations do not", async () => {
  const { api, platformId } = await freshApi()
  await addKey(api, { platformId }, { expiresAt: at(7) })
  expect(await warnOfEndingKeys(api.parts.databases.control, START)).toBe(1)
  expect(await mailed(api)).toEqual(['bea@tidewater.example: The API key Payroll export ends on 2026-11-30'])
})

test('two servers that look at the same time have it told once', async () => {
  const { api, organization } = await freshApi()
  const { control } = api.parts.databases
  await addKey(api, { organizationId: organization }, { expiresAt: at(7) })
  await Promise.all([warnOfEndingKeys(control, START), warnOfEndingKeys(control, START)])
  expect((await mailed(api)).length).toBe(1)
})

test('nobody hears of a key that was revoked, was rotated, has ended, or ends later', async () => {
  const { api, organization: organizationId } = await freshApi()
  await addKey(api, { organizationId }, { expiresAt: at(7), revokedAt: at(0) })
  await addKey(api, { organizationId }, { expiresAt: at(7), replacedBy: 'key_1' })
  await addKey(api, { organizationId }, { expiresAt: at(0) })
  await addKey(api, { organizationId }, { expiresAt: at(31) })
  expect(await warnOfEndingKeys(api.parts.databases.control, START)).toBe(0)
  expect(await mailed(api)).toEqual([])
})
