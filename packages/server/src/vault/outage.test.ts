import { expect, onTestFinished, test } from 'vitest'
import { openSealedWorld } from '../keys/testing/sealed-world.ts'
import { startHome } from '../storage/testing/home.ts'
import { createTestApi } from '../testing/api.ts'
import { type KeyProvider, KeyUnavailable } from './key-provider.ts'
import { openLocalKeyFile } from './local-key-file.ts'

const MINUTE = 60_000
const at = { table: 'recipients', column: 'account_number', row: 'rcp_1' }

/** A vault whose key provider can be taken away and is counted. */
async function freshVault(options: { keptOrganizations?: number; heldMs?: number } = {}) {
  const home = await startHome()
  const dataFolder = home.folder
  const state = { isAway: false, unwraps: 0, time: Date.parse('2026-11-21T10:00:00Z'), elapsed: 1_000 }
  const file = openLocalKeyFile(dataFolder)
  const away = async () => {
    if (state.isAway) throw new KeyUnavailable('away', { retryAfterSeconds: 7 })
  }
  const keyProvider: KeyProvider = {
    ...file,
    wrap: async (...given) => away().then(() => file.wrap(...given)),
    unwrap: async (...given) => {
      state.unwraps += 1
      await away()
      return file.unwrap(...given)
    },
  }
  const now = () => new Date(state.time)
  const world = await openSealedWorld({ dataFolder, keyProvider, now, elapsedMs: () => state.elapsed, ...options })
  onTestFinished(async () => {
    await world.close()
    await home.close()
  })
  return { vault: world.vault, state }
}

test('cached keys seal and open while the key provider is away, and nothing does after five minutes', async () => {
  const { vault, state } = await freshVault()
  const sealed = (await vault.forOrganization('org_1')).seal(at, '123456789')
  state.isAway = true
  state.time += 5 * MINUTE - 1
  expect((await vault.forOrganization('org_1')).openText(at, sealed).reveal()).toBe('123456789')
  state.time += 1
  await expect(vault.forOrganization('org_1')).rejects.toMatchObject({ name: 'KeyUnavailable', retryAfterSeconds: 7 })
  await expect(vault.forOrganization('org_2')).rejects.toThrow(KeyUnavailable)
  state.isAway = false
  expect((await vault.forOrganization('org_1')).openText(at, sealed).reveal()).toBe('123456789')
})

test('a hundred callers at once unwrap each key once', async () => {
  const { vault, state } = await freshVault()
  await vault.createKeys('org_1')
  await Promise.all(Array.from({ length: 100 }, () => vault.forOrganization('org_1')))
  expect(state.unwraps).toBe(2)
  state.time += 5 * MINUTE
  await Promise.all(Array.from({ length: 100 }, () => vault.forOrganization('org_1')))
  expect(state.unwraps).toBe(4)
})

test('only so many organizations are kept', async () => {
  const { vault, state } = await freshVault({ keptOrganizations: 2 })
  for (const id of ['org_1', 'org_2', 'org_3']) await vault.createKeys(id)
  for (const id of ['org_1', 'org_2', 'org_3', 'org_2', 'org_3']) await vault.forOrganization(id)
  expect(state.unwraps).toBe(6)
  await vault.forOrganization('org_1')
  expect(state.unwraps).toBe(8)
})

test('keys seal to the millisecond as long as was told, and open on', async () => {
  const { vault, state } = await freshVault({ heldMs: 50 })
  const keys = await vault.forOrganization('org_1')
  state.elapsed += 50
  const sealed = keys.seal(at, '123456789')
  state.elapsed += 1
  expect(() => keys.seal(at, '123456789')).toThrow('held too long')
  expect(() => keys.reseal(at, sealed)).toThrow('held too long')
  expect(keys.openText(at, sealed).reveal()).toBe('123456789')
})

test('a request without its keys is answered 503, says when to come back, and changes nothing', async () => {
  const api = await createTestApi()
  onTestFinished(api.close)
  const { platformId } = await api.addPlatform('Platform')
  const organizationId = await api.addOrganization(platformId, 'Organization')
  const key = await api.addKey({ organizationId }, ['recipients:read', 'recipients:write'])
  const account = { routingNumber: '021000021', accountNumber: '8800123456', accountType: 'checking' }
  const body = { name: 'Vendor', holderType: 'business', ...account }
  const { forOrganization } = api.parts.vault
  for (const [retryAfterSeconds, wanted] of [
    [7, '7'],
    [undefined, '5'],
  ] as const) {
    api.parts.vault.forOrganization = async () => {
      throw new KeyUnavailable('The key vault was to unwrap and asked to wait.', { retryAfterSeconds })
    }
    const refused = await api.send('POST', '/v1/recipients', { key, body })
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe(wanted)
    const problem = await refused.json()
    expect(problem).toMatchObject({ code: 'unavailable', retryable: true })
    expect(JSON.stringify(problem)).not.toContain('key vault')
  }
  api.parts.vault.forOrganization = forOrganization
  const list = await api.send('GET', '/v1/recipients', { key })
  expect(await list.json()).toMatchObject({ data: [] })
})
