import { spawn } from 'node:child_process'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { recordEvent } from '../events/record-event.ts'
import { createWorker } from '../jobs/jobs.ts'
import { newId } from '../new-id.ts'
import { ownedBy } from '../storage/owned-by.ts'
import { type Home, processLayout, startHome } from '../storage/testing/home.ts'
import { openLocalKeyFile } from '../vault/local-key-file.ts'
import { createVault } from '../vault/vault.ts'
import { createWebhookHandlers } from './deliver.ts'
import { webhookDeliveryStore } from './delivery-store.ts'
import { newSigningSecret, sealSecret } from './signing.ts'
import { webhookEndpointWriter } from './store.ts'
import { createWebhookSender } from './webhook-sender.ts'

const packageFolder = fileURLToPath(new URL('../../', import.meta.url))

const dyingWorker = `
  import { openHome } from './src/storage/testing/home.ts'
  import { createWorker } from './src/jobs/jobs.ts'
  import { openLocalKeyFile } from './src/vault/local-key-file.ts'
  import { createVault } from './src/vault/vault.ts'
  import { createWebhookHandlers } from './src/webhooks/deliver.ts'
  import { createWebhookSender } from './src/webhooks/webhook-sender.ts'
  const databases = await openHome(process.argv[1])
  const [storage] = databases.tenants()
  const now = () => new Date()
  const vault = createVault({ control: databases.control, keyProvider: openLocalKeyFile(process.argv[1]), now })
  const send = createWebhookSender({ isLoopbackAllowed: true })
  const handlers = createWebhookHandlers({ storage, vault, send, now, peopleNow: now, random: () => 0 })
  createWorker({ storage, owner: 'first', now, random: () => 0, handlers, onError: console.error }).start()
  setInterval(() => {}, 1000)`

/** An endpoint that answers nobody until it is told to. */
async function startReceiver() {
  const received: { headers: IncomingHttpHeaders; body: string; response: ServerResponse }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => received.push({ headers: request.headers, body, response }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise((done) => server.close(() => done()))
  })
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in` }
}

/** One endpoint and one event that is on its way to it. */
async function prepare(home: Home, url: string): Promise<string> {
  const databases = await home.open()
  const [tenant] = databases.tenants()
  if (tenant === undefined) throw new Error('there is a tenant database')
  const at = new Date()
  const organizationId = newId('org', at)
  const vault = createVault({ control: databases.control, keyProvider: openLocalKeyFile(home.folder), now: () => at })
  const keys = await vault.forOrganization(organizationId)
  const id = newId('whe', at)
  await ownedBy(organizationId, tenant).write(async (tx) => {
    await webhookEndpointWriter(tx, organizationId).add({
      organizationId,
      id,
      url,
      description: null,
      eventTypes: null,
      secret: sealSecret(keys, id, newSigningSecret()),
      previousSecret: null,
      previousSecretEndsAt: null,
      state: 'enabled',
      disabledBecause: null,
      failures: 0,
      failingSince: null,
      lastFailedAt: null,
      pausedUntil: null,
      createdAt: at.toISOString(),
      archivedAt: null,
    })
    const event = { type: 'achFile.submitted', objectType: 'achFile', objectId: 'ach_1', at } as const
    await recordEvent(tx, organizationId, event)
  })
  await vault.close()
  await databases.close()
  return organizationId
}

test('an event whose call was under way when the process was killed is called again with the same id and body', async () => {
  const home = await startHome({ layout: processLayout() })
  onTestFinished(() => home.close())
  const { received, url } = await startReceiver()
  const organizationId = await prepare(home, url)

  const program = ['--conditions=@fistworks/source', '--input-type=module', '-e', dyingWorker, home.folder]
  const child = spawn(process.execPath, program, { cwd: packageFolder, stdio: ['ignore', 'ignore', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 20_000 })
  const gone = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGKILL')
  await gone

  const databases = await home.open()
  onTestFinished(() => databases.close())
  const [storage] = databases.tenants()
  if (storage === undefined) throw new Error('there is a tenant database')
  const now = () => new Date(Date.now() + 61_000)
  const vault = createVault({ control: databases.control, keyProvider: openLocalKeyFile(home.folder), now })
  const send = createWebhookSender({ isLoopbackAllowed: true })
  const handlers = createWebhookHandlers({ storage, vault, send, now, peopleNow: now, random: () => 0 })
  const worker = createWorker({ storage, owner: 'second', now, random: () => 0, handlers, onError: () => {} })
  const work = worker.runOnce()
  await vi.waitFor(() => expect(received).toHaveLength(2), { timeout: 20_000 })
  received[1]?.response.writeHead(204).end()
  expect(await work).toBe(true)
  expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id'])
  expect(received[1]?.body).toBe(received[0]?.body)
  const { read } = ownedBy(organizationId, storage)
  const [delivery] = await webhookDeliveryStore(read, organizationId).list({}, null, 10)
  expect(delivery).toMatchObject({ state: 'delivered', tries: 1 })
})
