import { afterEach, expect, test } from 'vitest'
import { OutcomeUnknown, type Storage } from '../storage/transaction.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'

let api: TestApi
afterEach(() => api.close())

/** Stands in for a database server: commits or not, and says nothing. */
async function withSilentDatabase(isCommitted: boolean) {
  api = await createTestApi()
  const { platformId, apiKey } = await api.addPlatform('Tidewater')
  const organization = await api.addOrganization(platformId, 'Bakery')
  const real: Storage = await api.parts.databases.tenantOf(organization)
  await api.parts.vault.forOrganization(organization)
  const write = real.write.bind(real)
  real.write = async (work) => {
    if (isCommitted) await write(work)
    throw new OutcomeUnknown(new TypeError('fetch failed'))
  }
  const body = {
    name: 'Jo Farmer',
    holderType: 'individual',
    routingNumber: '091000019',
    accountNumber: '700100200',
    accountType: 'checking',
  }
  const headers = { 'Idempotency-Key': 'once' }
  return { real, write, send: () => api.send('POST', '/v1/recipients', { key: apiKey, organization, body, headers }) }
}

test('a commit that was made but not answered is answered as done', async () => {
  const { send } = await withSilentDatabase(true)
  expect((await send()).status).toBe(201)
})

test('a commit that was not made is told as unknown, and the same request works afterwards', async () => {
  const { real, write, send } = await withSilentDatabase(false)
  const refused = await send()
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([503, 'unavailable'])
  real.write = write
  const done = await send()
  expect([done.status, done.headers.get('idempotent-replayed')]).toEqual([201, null])
  expect(api.errors).toEqual([])
})
