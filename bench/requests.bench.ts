import { createHash, timingSafeEqual } from 'node:crypto'
import { Agent, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serve } from '@hono/node-server'
import { type Client, createClient } from '@libsql/client'
import { type Context, Hono } from 'hono'
import { createTestApi, type TestApi } from '../packages/server/src/testing/api.ts'
import type { BenchCase } from './bench-case.ts'

const requests = 400
const recipients = 200
const keys = 20

/** What every implementation answers from: one organization's recipients, in one pair of database files. */
interface World {
  api: TestApi
  organizationId: string
  /** Several take turns, because one alone would meet the limit of requests per minute. */
  tokens: string[]
  ids: string[]
}

async function createWorld(): Promise<World> {
  const api = await createTestApi()
  const { platformId } = await api.addPlatform('Bench')
  const organizationId = await api.addOrganization(platformId, 'Bench')
  const scopes = ['recipients:read' as const, 'recipients:write' as const]
  const tokens = await Promise.all(Array.from({ length: keys }, () => api.addKey({ organizationId }, scopes)))
  const ids: string[] = []
  for (let index = 0; index < recipients; index += 1) {
    const body = {
      name: `Vendor ${index}`,
      holderType: 'business',
      routingNumber: '021000021',
      accountNumber: String(4_000_000 + index),
      accountType: 'checking',
    }
    const made = await api.send('POST', '/v1/recipients', { key: tokens[index % keys] ?? '', body })
    if (!made.ok) throw new Error(`The bench got ${made.status}: ${await made.text()}`)
    const { id }: { id: string } = await made.json()
    ids.push(id)
  }
  return { api, organizationId, tokens, ids }
}

/** The columns that a caller is shown, as our own store reads them. */
const shown = `id, name, holder_type, account_type, routing_number_last4, account_number_last4,
  identification IS NOT NULL AS has_identification, external_id, version, created_at, updated_at, archived_at`
const one = `SELECT ${shown} FROM recipients WHERE organization_id = ? AND id = ? LIMIT 1`
const page = `SELECT ${shown} FROM recipients WHERE organization_id = ? AND archived_at IS NULL ORDER BY id DESC LIMIT 26`

type Fetch = (request: Request) => Response | Promise<Response>
type OrganizationOf = (c: Context) => string | null | Promise<string | null>

/** Hono and libSQL with nothing between them: the same queries on the same files, the rows as they are. */
function bareApp(tenants: Client, organizationOf: OrganizationOf): Fetch {
  const app = new Hono()
  app.get('/v1/recipients/:id', async (c) => {
    const organizationId = await organizationOf(c)
    if (organizationId === null) return c.body(null, 401)
    return c.json((await tenants.execute({ sql: one, args: [organizationId, c.req.param('id')] })).rows[0])
  })
  app.get('/v1/recipients', async (c) => {
    const organizationId = await organizationOf(c)
    if (organizationId === null) return c.body(null, 401)
    return c.json({ data: (await tenants.execute({ sql: page, args: [organizationId] })).rows })
  })
  return app.fetch
}

interface KeyRow {
  organization_id: string
  secret_hash: ArrayBuffer
  expires_at: string
  revoked_at: string | null
}

/** The least that any API does to know its caller: the row of the key, its hash compared, its dates looked at. */
function keyHolder(control: Client): OrganizationOf {
  const sql = 'SELECT organization_id, secret_hash, expires_at, revoked_at FROM api_keys WHERE id = ?'
  return async (c) => {
    const token = /^Bearer fw_test_sk_(\w{26})([\w-]{43})_\w{8}$/.exec(c.req.header('authorization') ?? '')
    if (!token) return null
    const row = (await control.execute({ sql, args: [`key_${token[1]}`] })).rows[0] as unknown as KeyRow | undefined
    const hash = createHash('sha256')
      .update(token[2] ?? '')
      .digest()
    if (!row || !timingSafeEqual(hash, new Uint8Array(row.secret_hash))) return null
    if (row.revoked_at !== null || row.expires_at <= new Date().toISOString()) return null
    return row.organization_id
  }
}

const implementations = {
  'bare Hono and libSQL, no key': ({ organizationId }, open) => bareApp(open('main.db'), () => organizationId),
  'bare Hono and libSQL, key looked up': (_, open) => bareApp(open('main.db'), keyHolder(open('control.db'))),
  fistworks: ({ api }) => api.fetch,
} satisfies Record<string, (world: World, open: (file: string) => Client) => Fetch>

/** A server on this machine, and a client that keeps its connection and asks one thing at a time. */
async function listen(world: World, implementation: keyof typeof implementations) {
  const clients: Client[] = []
  const open = (file: string) => {
    const client = createClient({ url: pathToFileURL(join(world.api.dataFolder, file)).href })
    clients.push(client)
    return client
  }
  const fetch = implementations[implementation](world, open)
  const server = serve({ fetch, hostname: '127.0.0.1', port: 0 })
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    async ask(path: string, token: string): Promise<void> {
      const headers = { authorization: `Bearer ${token}` }
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get({ host: '127.0.0.1', port, agent, path, headers }, resolve).once('error', reject)
      })
      const text = (await response.setEncoding('utf8').toArray()).join('')
      if (response.statusCode !== 200) throw new Error(`${implementation} answered ${response.statusCode}: ${text}`)
      JSON.parse(text)
    },
    async close(): Promise<void> {
      agent.destroy()
      await new Promise((resolve) => server.close(resolve))
      for (const client of clients) client.close()
    },
  }
}

const middle = (figures: number[]) => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN

function benchCase(
  name: string,
  implementation: keyof typeof implementations,
  path: (id: string) => string,
): BenchCase {
  let world: World
  let server: Awaited<ReturnType<typeof listen>>
  let turn = 0
  return {
    bench: 'requests',
    case: name,
    implementation,
    n: requests,
    metric: 'p50',
    unit: 'µs',
    async setup() {
      world = await createWorld()
      server = await listen(world, implementation)
    },
    async run() {
      const { ids, tokens } = world
      const took: number[] = []
      for (let index = 0; index < requests; index += 1) {
        turn += 1
        const began = performance.now()
        await server.ask(path(ids[turn % ids.length] ?? ''), tokens[turn % tokens.length] ?? '')
        took.push((performance.now() - began) * 1000)
      }
      return middle(took)
    },
    async teardown() {
      await server.close()
      await world.api.close()
    },
  }
}

const names = Object.keys(implementations) as (keyof typeof implementations)[]

export const cases: BenchCase[] = [
  ...names.map((name) => benchCase('read one recipient', name, (id) => `/v1/recipients/${id}`)),
  ...names.map((name) => benchCase('read a page of 25', name, () => '/v1/recipients?limit=25')),
]
