import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import { Hono } from 'hono'
import { createTestApi, type TestApi } from '../packages/server/src/testing/api.ts'
import type { BenchCase } from './bench-case.ts'

const requests = 50
const recipients = 200
const keys = 20

/** Answers one request; what a case of either implementation is made of. */
type Ask = (path: string) => Promise<Response>

interface Contender {
  ask: Ask
  ids: string[]
  close(): Promise<void>
}

/** Several keys take turns, because one alone would meet the limit of requests per minute. */
async function ours(): Promise<Contender> {
  const api: TestApi = await createTestApi()
  const { platformId } = await api.addPlatform('Bench')
  const organizationId = await api.addOrganization(platformId, 'Bench')
  const scopes = ['recipients:read' as const, 'recipients:write' as const]
  const tokens = await Promise.all(Array.from({ length: keys }, () => api.addKey({ organizationId }, scopes)))
  let turn = 0
  const nextKey = () => tokens[(turn += 1) % tokens.length] ?? ''
  const ids: string[] = []
  for (let index = 0; index < recipients; index += 1) {
    const body = {
      name: `Vendor ${index}`,
      holderType: 'business',
      routingNumber: '021000021',
      accountNumber: String(4_000_000 + index),
      accountType: 'checking',
    }
    const headers = { 'Idempotency-Key': `bench-${index}` }
    const made = await api.send('POST', '/v1/recipients', { key: nextKey(), body, headers })
    const { id }: { id: string } = await expectOk(made)
    ids.push(id)
  }
  const ask: Ask = (path) => api.send('GET', path, { key: nextKey() })
  return { ask, ids, close: () => api.close() }
}

/** Hono and libSQL with nothing between them: the same two queries, the rows as they are. */
async function bare(): Promise<Contender> {
  const folder = await mkdtemp(join(tmpdir(), 'fistworks-bench-'))
  const client: Client = createClient({ url: `file:${join(folder, 'bare.db')}` })
  await client.execute(
    'CREATE TABLE recipients (organization_id TEXT, id TEXT, name TEXT, last4 TEXT, created_at TEXT, PRIMARY KEY (organization_id, id))',
  )
  const ids = Array.from({ length: recipients }, (_, index) => `rcp_${String(index).padStart(26, '0')}`)
  const row = (id: string) => ['org', id, `Vendor ${id}`, '0000', '2026-11-20T00:00:00.000Z']
  const sql = 'INSERT INTO recipients VALUES (?, ?, ?, ?, ?)'
  await client.batch(ids.map((id) => ({ sql, args: row(id) })))
  const app = new Hono()
  app.get('/v1/recipients/:id', async (c) => {
    const one = 'SELECT * FROM recipients WHERE organization_id = ? AND id = ?'
    return c.json((await client.execute({ sql: one, args: ['org', c.req.param('id')] })).rows[0])
  })
  app.get('/v1/recipients', async (c) => {
    const page = 'SELECT * FROM recipients WHERE organization_id = ? ORDER BY id DESC LIMIT 26'
    return c.json({ data: (await client.execute({ sql: page, args: ['org'] })).rows })
  })
  const ask: Ask = async (path) => app.request(`http://localhost${path}`)
  const close = async () => {
    client.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { ask, ids, close }
}

async function expectOk<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`The bench got ${response.status}: ${await response.text()}`)
  return response.json() as Promise<T>
}

function benchCase(name: string, implementation: string, open: () => Promise<Contender>, path: (id: string) => string) {
  let contender: Contender | undefined
  return {
    bench: 'requests',
    case: name,
    implementation,
    n: requests,
    async setup() {
      contender = await open()
    },
    async run() {
      if (!contender) throw new Error('The bench is not set up.')
      const { ask, ids } = contender
      for (let index = 0; index < requests; index += 1) await expectOk(await ask(path(ids[index % ids.length] ?? '')))
    },
    async teardown() {
      await contender?.close()
    },
  } satisfies BenchCase
}

const one = (id: string) => `/v1/recipients/${id}`
const page = () => '/v1/recipients?limit=25'

export const cases: BenchCase[] = [
  benchCase('read one recipient', 'bare Hono and libSQL', bare, one),
  benchCase('read one recipient', 'fistworks', ours, one),
  benchCase('read a page of 25', 'bare Hono and libSQL', bare, page),
  benchCase('read a page of 25', 'fistworks', ours, page),
]
