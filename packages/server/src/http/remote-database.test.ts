import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditEventStore } from '../audit/audit.ts'
import type { Fault, LibsqlServer } from '../storage/testing/libsql-server.ts'
import { startPlaces } from '../storage/testing/start-places.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'

let places: Awaited<ReturnType<typeof startPlaces<'control' | 'main'>>>
let api: TestApi
let key: string
let organization: string
let count = 0
beforeAll(async () => {
  places = await startPlaces('control', 'main')
  api = await createTestApi(undefined, places.places)
  const platform = await api.addPlatform('Tidewater')
  key = platform.apiKey
  organization = await api.addOrganization(platform.platformId, 'Bakery')
  await create('warm-up')
})
afterAll(async () => {
  await api.close()
  await places.close()
})
beforeEach(() => {
  for (const server of Object.values(places.servers)) server.fault = () => null
})

function create(name: string): Promise<Response> {
  const accountNumber = `8800${String(++count).padStart(6, '0')}`
  const body = {
    name,
    holderType: 'individual',
    routingNumber: '091000019',
    accountNumber: '880012',
    accountType: 'checking',
  }
  const sent = { ...body, accountNumber: numbers.get(name) ?? accountNumber }
  numbers.set(name, sent.accountNumber)
  return api.send('POST', '/v1/recipients', { key, organization, body: sent, headers: { 'Idempotency-Key': name } })
}
const numbers = new Map<string, string>()

async function named(name: string): Promise<number> {
  const response = await api.send('GET', `/v1/recipients?search=${name}`, { key, organization })
  return ((await response.json()) as { data: unknown[] }).data.length
}

/** Lets the fault happen to the request of this number; tells whether it came to that. */
function at(server: LibsqlServer, fault: Fault, number: number) {
  let seen = 0
  const struck = { is: false }
  server.fault = () => {
    if (seen++ !== number) return null
    struck.is = true
    return fault
  }
  return struck
}

const FAULTS: Fault[] = ['drop-before', 'drop-after', 'truncate', 'expire', 'busy', 401, 500, 503]

describe.each(['control', 'main'] as const)('a fault of the server of %s', (which) => {
  test.each(FAULTS)(
    '%s, at every request there is: stored once or told as 503, and once after asking again',
    async (fault) => {
      const server = places.servers[which]
      let faults = 0
      for (let number = 0; ; number++) {
        const name = `${which}-${fault}-${number}-`
        const struck = at(server, fault, number)
        const first = await create(name)
        server.fault = () => null
        if (first.status !== 201) {
          const problem = (await first.json()) as { code: string; retryable?: boolean }
          expect([first.status, problem.code, problem.retryable], name).toEqual([503, 'unavailable', true])
        }
        const acknowledged = first.status === 201 ? 1 : null
        if (acknowledged !== null) expect(await named(name), name).toBe(1)
        expect((await create(name)).status, name).toBe(201)
        expect(await named(name), name).toBe(1)
        if (!struck.is) break
        faults += 1
      }
      expect(faults).toBeGreaterThan(which === 'main' ? 3 : 0)
    },
  )
})

test('after all that the audit chain is whole, and has one event for each recipient', async () => {
  const storage = await api.parts.databases.tenantOf(organization)
  const verdict = await auditEventStore(storage.read, organization).verify()
  expect(verdict).toEqual({ ok: true, count: numbers.size })
  expect(api.errors).toEqual([])
})
