import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { appendAuditEvent } from '../packages/server/src/audit/audit.ts'
import { openSealedWorld } from '../packages/server/src/keys/testing/sealed-world.ts'
import { createTestApi, type TestApi } from '../packages/server/src/testing/api.ts'
import { Secret } from '../packages/server/src/vault/../secret.ts'
import type { OrganizationVault } from '../packages/server/src/vault/vault.ts'
import type { BenchCase } from './bench-case.ts'

const values = 10_000
const requests = 200
const units = 300
const number = '8800123456000001'
const at = { table: 'recipients', column: 'account_number', row: 'rcp_01m7z4gbm0f8j9xg0ban5ahqz1' }
const perSecond = { bench: 'vault', n: values, metric: 'throughput', unit: '/s' }
const middleTime = { bench: 'vault', metric: 'p50', unit: 'µs' }

/** How often a second, when all of it takes so long. */
function rateOf(work: () => void): number {
  const began = performance.now()
  for (let turn = 0; turn < values; turn += 1) work()
  return values / ((performance.now() - began) / 1000)
}

const key = createSecretKey(randomBytes(32))
const padded = Buffer.alloc(32, number)
const place = Buffer.from(JSON.stringify(at))

/** The same algorithm with nothing around it: key and place are there, padding is not done. */
function bareSeal(): Buffer[] {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
  cipher.setAAD(place)
  return [iv, cipher.update(padded), cipher.final(), cipher.getAuthTag()]
}

function bareOpen([iv, text, , tag]: Buffer[]): void {
  if (!iv || !text || !tag) throw new Error('Nothing was sealed.')
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
  decipher.setAAD(place)
  decipher.setAuthTag(tag)
  decipher.update(text)
  decipher.final()
}

function vaultCase(name: string, work: (keys: OrganizationVault, sealed: Uint8Array) => void): BenchCase {
  const dataFolder = mkdtempSync(join(tmpdir(), 'fistworks-bench-'))
  let world: Awaited<ReturnType<typeof openSealedWorld>>
  return {
    ...perSecond,
    case: name,
    implementation: 'fistworks vault',
    async setup() {
      world = await openSealedWorld({ dataFolder, now: () => new Date() })
    },
    async run() {
      const keys = await world.vault.forOrganization('org_bench', { seals: values + 1 })
      const sealed = keys.seal(at, number, { padTo: 32 })
      return rateOf(() => work(keys, sealed))
    },
    async teardown() {
      await world.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

const middle = (figures: number[]) => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN

async function timesOf(count: number, work: (turn: number) => Promise<void>): Promise<number> {
  const took: number[] = []
  for (let turn = 0; turn < count; turn += 1) {
    const began = performance.now()
    await work(turn)
    took.push((performance.now() - began) * 1000)
  }
  return middle(took)
}

const noThread = (): never => {
  throw new Error('Nothing is done in a thread here.')
}

/** Keeps values as they are: what the vault costs is the difference. */
function plainVault(organizationId: string): OrganizationVault {
  const bytesOf = (clear: string | Uint8Array) => (typeof clear === 'string' ? Buffer.from(clear) : clear)
  return {
    organizationId,
    version: 1,
    seal: (_, clear) => bytesOf(clear),
    open: (_, bytes) => bytes,
    openText: (_, bytes) => Secret.of(Buffer.from(bytes).toString()),
    reseal: (_, bytes) => bytes,
    openingKeys: noThread,
    tooOld: noThread,
    sealingKey: noThread,
    blindIndex: (...parts) => Buffer.from(parts.join('|')),
  }
}

function requestCase(implementation: string, hasVault: boolean): BenchCase {
  let api: TestApi
  let keys: string[]
  let made = 0
  return {
    ...middleTime,
    case: 'create a recipient, answered by the whole API in this process',
    implementation,
    n: requests,
    async setup() {
      api = await createTestApi()
      const { platformId } = await api.addPlatform('Bench')
      const organizationId = await api.addOrganization(platformId, 'Bench')
      keys = await Promise.all(Array.from({ length: 20 }, () => api.addKey({ organizationId }, ['recipients:write'])))
      if (!hasVault) api.parts.vault.forOrganization = async (id) => plainVault(id)
    },
    run: () =>
      timesOf(requests, async () => {
        made += 1
        const account = { routingNumber: '021000021', accountNumber: `${4_000_000 + made}`, accountType: 'checking' }
        const body = { name: `Vendor ${made}`, holderType: 'business', ...account }
        const response = await api.send('POST', '/v1/recipients', { key: keys[made % keys.length] ?? '', body })
        if (!response.ok) throw new Error(`The bench got ${response.status}: ${await response.text()}`)
      }),
    runs: 5,
    teardown: () => api.close(),
  }
}

function auditCase(implementation: string, hasEvent: boolean): BenchCase {
  const dataFolder = mkdtempSync(join(tmpdir(), 'fistworks-bench-'))
  let world: Awaited<ReturnType<typeof openSealedWorld>>
  return {
    ...middleTime,
    case: 'one unit of work that stores one row',
    implementation,
    n: units,
    async setup() {
      world = await openSealedWorld({ dataFolder, now: () => new Date() })
      await world.storage.write((tx) => tx.run(sql`CREATE TABLE bench_rows (text TEXT NOT NULL) STRICT`))
    },
    run: () =>
      timesOf(units, (turn) =>
        world.storage.write(async (tx) => {
          await tx.run(sql`INSERT INTO bench_rows (text) VALUES (${`row ${turn}`})`)
          if (!hasEvent) return
          await appendAuditEvent(tx, 'org_bench', new Date(), {
            action: 'recipient.created',
            actor: { type: 'apiKey', id: 'key_bench' },
            targetType: 'recipient',
            targetId: 'rcp_bench',
            outcome: 'succeeded',
            requestId: 'req_bench',
            data: { accountNumber: '••••6789' },
          })
        }),
      ),
    async teardown() {
      await world.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

const bare = 'bare node:crypto, AES-256-GCM'
const sealedBare = bareSeal()

export const cases: BenchCase[] = [
  { ...perSecond, case: 'seal an account number', implementation: bare, run: () => rateOf(() => void bareSeal()) },
  vaultCase('seal an account number', (keys) => void keys.seal(at, number, { padTo: 32 })),
  { ...perSecond, case: 'open an account number', implementation: bare, run: () => rateOf(() => bareOpen(sealedBare)) },
  vaultCase('open an account number', (keys, sealed) => void keys.openText(at, sealed)),
  requestCase('without the vault', false),
  requestCase('with the vault', true),
  auditCase('without the audit event', false),
  auditCase('with the audit event', true),
]
