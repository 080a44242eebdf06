import { Agent, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { submitAchFile } from '../packages/server/src/ach-files/submit.ts'
import { sealAuthentication } from '../packages/server/src/bank-connections/authentication.ts'
import { filesIn } from '../packages/server/src/banks/testing/faulty-sftp-server.ts'
import { type OpenSsh, startOpenSsh } from '../packages/server/src/banks/testing/open-ssh.ts'
import { newId } from '../packages/server/src/new-id.ts'
import { createDeliveryWorker } from '../packages/server/src/submissions/testing/delivery.ts'
import { createTestApi, type TestApi } from '../packages/server/src/testing/api.ts'
import { BEN, organizationIn } from '../packages/server/src/testing/context.ts'
import {
  addApproved,
  addBankAccount,
  addBankConnection,
  addRecipient,
  batchOf,
} from '../packages/server/src/testing/payments.ts'
import type { BenchCase } from './bench-case.ts'

const organizations = 9
/** A bank gets at most this many files of one organization on one day. */
const filesOfEach = 36
const files = organizations * filesOfEach
const connections = 3
/** Between two reads of the client that asks meanwhile. */
const pauseMs = 10

interface World {
  api: TestApi
  ssh: OpenSsh
  port: number
  tokens: string[]
  path: string
  close(): Promise<void>
}

async function createWorld(): Promise<World> {
  const [api, ssh] = [await createTestApi(), await startOpenSsh()]
  const { platformId } = await api.addPlatform('Bench')
  const ids: `org_${string}`[] = []
  for (let index = 0; index < organizations; index += 1) ids.push(await api.addOrganization(platformId, `O ${index}`))
  const recipients: string[] = []
  for (const id of ids) recipients.push(await submitFiles(api, ssh, id))
  const organizationId = ids[0] ?? ''
  const scopes = ['recipients:read' as const]
  const tokens = await Promise.all(Array.from({ length: 20 }, () => api.addKey({ organizationId }, scopes)))
  const server = serve({ fetch: api.fetch, hostname: '127.0.0.1', port: 0 })
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  return {
    api,
    ssh,
    tokens,
    port: (server.address() as AddressInfo).port,
    path: `/v1/recipients/${recipients[0]}`,
    async close() {
      await new Promise((resolve) => server.close(resolve))
      await api.close()
      await ssh.stop()
    },
  }
}

/** Small files of one organization, approved and on their way; gives one of its recipients. */
async function submitFiles({ parts, clock }: TestApi, ssh: OpenSsh, id: `org_${string}`): Promise<string> {
  const organization = await organizationIn({ databases: parts.databases, vault: parts.vault, clock }, id)
  const connection = newId('bcn', clock.now)
  const sealed = await organization.read(async ({ vault }) =>
    sealAuthentication(vault, connection, { method: 'privateKey', privateKey: ssh.privateKey }),
  )
  const { port, username, fingerprint } = ssh
  const place = { host: '127.0.0.1', port, username, hostKeyFingerprints: [fingerprint] }
  const uploadDirectory = join(ssh.folder, 'inbox')
  await addBankConnection(organization, { id: connection, ...place, ...sealed, uploadDirectory })
  const account = await addBankAccount(organization, connection)
  const recipient = await addRecipient(organization)
  for (let amountCents = 1; amountCents <= filesOfEach; amountCents += 1) {
    const entries = [{ recipientId: recipient.id, amountCents }]
    const approved = await addApproved(organization, [batchOf(account.id, recipient.id, { entries })])
    await organization.write(BEN, (ctx) => submitAchFile(ctx, approved.id, approved))
  }
  return recipient.id
}

/** Delivers all of them through three connections at a time while somebody reads by HTTP in the same process. */
async function deliverAndRead({ api, ssh, port, tokens, path }: World) {
  const place = { folder: api.dataFolder, databases: api.parts.databases, clock: api.clock }
  const began = performance.now()
  let isDone = false
  const work = async () => {
    const worker = createDeliveryWorker(place)
    while (await worker.runOnce());
  }
  const delivering = Promise.all(Array.from({ length: connections }, work)).finally(() => (isDone = true))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const took: number[] = []
  while (!isDone) {
    const asked = performance.now()
    await ask(agent, port, path, tokens[took.length % tokens.length] ?? '')
    took.push(performance.now() - asked)
    await pause(pauseMs)
  }
  await delivering
  agent.destroy()
  const perMinute = (files / (performance.now() - began)) * 60_000
  const arrived = (await filesIn(join(ssh.folder, 'inbox'))).length
  if (arrived !== files) throw new Error(`${arrived} of ${files} files arrived.`)
  return { perMinute, p99: took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? Number.NaN }
}

async function ask(agent: Agent, port: number, path: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent, path, headers }, resolve).once('error', reject)
  })
  const text = (await response.setEncoding('utf8').toArray()).join('')
  if (response.statusCode !== 200) throw new Error(`The bench got ${response.statusCode}: ${text}`)
}

let outcome: Promise<{ perMinute: number; p99: number }> | undefined

/** One run gives both figures. */
function measured(): Promise<{ perMinute: number; p99: number }> {
  outcome ??= (async () => {
    const world = await createWorld()
    try {
      return await deliverAndRead(world)
    } finally {
      await world.close()
    }
  })()
  return outcome
}

const once = { bench: 'submit', implementation: 'fistworks', n: files, runs: 1, hasWarmUp: false }

export const smallFiles: BenchCase[] = [
  {
    ...once,
    case: 'small files through three connections',
    metric: 'rate',
    unit: '/min',
    run: async () => (await measured()).perMinute,
  },
  {
    ...once,
    case: 'reads by HTTP meanwhile, in the same process',
    metric: 'p99',
    unit: 'ms',
    run: async () => (await measured()).p99,
  },
]
