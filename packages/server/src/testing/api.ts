import type { Id, Role, Scope } from '@fistworks/contract'
import { accessWriter } from '../access/access-store.ts'
import { type Access, createAccess } from '../access/authenticate.ts'
import { makeToken, TOKEN_PREFIXES } from '../access/token.ts'
import { type Answered, createApp } from '../app.ts'
import type { Config } from '../config.ts'
import { mountFramePage } from '../embed-sessions/frame-page.ts'
import { openEntra } from '../entra/open-entra.ts'
import { TEST_ENTRA, TestIssuer } from '../entra/testing/test-issuer.ts'
import type { Operation } from '../http/operation.ts'
import { createRateLimits } from '../http/rate-limits.ts'
import { DevelopmentMailbox } from '../mail/mailbox.ts'
import { allOperations } from '../operations.ts'
import { addOrganization } from '../organizations/store.ts'
import { createParts, type Parts } from '../parts.ts'
import { addPlatform } from '../platforms/create-platform.ts'
import { createSignIn } from '../portal-sessions/sign-in.ts'
import type { DatabasePlaces } from '../storage/database-places.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { startHome } from '../storage/testing/home.ts'
import type { SendWebhook, WebhookMessage } from '../webhooks/webhook-sender.ts'
import { LeakWatch } from './leak-watch.ts'

export const TEST_ORIGIN = 'http://localhost:4400'

export interface Sent {
  key?: string
  organization?: string
  platform?: string
  headers?: Record<string, string>
  body?: unknown
}

/** The whole API in this process, on databases of its own, with a clock that tests move. */
export interface TestApi {
  parts: Parts
  access: Access
  /** Where its databases lie. */
  dataFolder: string
  operations: readonly Operation[]
  mailbox: DevelopmentMailbox
  /** The identity provider that people can sign in with. */
  issuer: TestIssuer
  clock: { now: Date }
  /** Where requests seem to come from. */
  network: { address: string }
  errors: unknown[]
  /** What the debug log would tell of each answer. */
  answers: Answered[]
  /** Every webhook endpoint there is: what came, and what it answers. */
  receiver: { received: WebhookMessage[]; answer: SendWebhook }
  fetch(request: Request): Promise<Response>
  send(method: string, path: string, sent?: Sent): Promise<Response>
  addPlatform(name: string): Promise<{ platformId: string; apiKey: string }>
  addOrganization(platformId: string, name: string, database?: string): Promise<Id<'org'>>
  addMember(organizationId: string, email: string, role: Role): Promise<Id<'usr'>>
  addKey(owner: { organizationId: string } | { platformId: string }, scopes: Scope[]): Promise<string>
  /** Does every job that is due, mails among them. */
  runJobs(): Promise<void>
  close(): Promise<void>
}

/** What a server in a test runs with. */
export function testConfig(dataFolder: string, databases: DatabasePlaces): Config {
  return {
    mode: 'development',
    dataFolder,
    host: '127.0.0.1',
    port: 0,
    publicOrigin: TEST_ORIGIN,
    sandboxBankPort: 0,
    sftpPorts: [22],
    privateSftpNetworks: [],
    keyProvider: { id: 'local-file' },
    logLevel: 'info',
    databases,
    isSqlGuarded: true,
    isWebhookLoopbackAllowed: true,
    mail: null,
    securityContact: null,
    trustedProxies: { has: () => false },
  }
}

export async function createTestApi(
  start = new Date('2026-11-23T15:00:00Z'),
  databases?: DatabasePlaces,
): Promise<TestApi> {
  const home = await startHome({ places: databases })
  const dataFolder = home.folder
  const config = testConfig(dataFolder, home.places)
  const clock = { now: start }
  const now = () => clock.now
  const mailbox = new DevelopmentMailbox()
  const receiver: TestApi['receiver'] = { received: [], answer: async () => ({ status: 204, retryAfter: undefined }) }
  const sendWebhook: SendWebhook = (message) => {
    receiver.received.push(message)
    return receiver.answer(message)
  }
  const parts = await createParts(config, mailbox, now, { sendWebhook })
  const control = parts.databases.control
  const access = createAccess({ control, keyMode: 'test', publicOrigin: TEST_ORIGIN })
  const issuer = new TestIssuer()
  const errors: unknown[] = []
  const answers: Answered[] = []
  const operations = allOperations({
    apiKeys: parts.apiKeys,
    bankConnections: parts.bankConnections,
    submissions: parts.submissions,
    approvalPolicy: parts.approvalPolicy,
    closing: parts.closing,
    audit: parts.audit,
    webhooks: parts.webhooks,
    signIn: createSignIn(access, mailbox, parts.vault),
    entra: openEntra(TEST_ENTRA, now, issuer.fetch),
  })
  const network = { address: '192.0.2.1' }
  let requests = 0
  const rateLimits = createRateLimits()
  const addressOf = () => network.address
  const app = createApp({
    deps: { ...parts, access, rateLimits, addressOf, onCommitted: () => {} },
    operations,
    isReady: parts.isReady,
    onError: (error) => errors.push(error),
    onAnswer: (answered) => answers.push(answered),
    newRequestId: () => `req_${++requests}`,
  })
  mountFramePage(app, { access, rateLimits, addressOf, now })
  const leaks = new LeakWatch()
  const fetch = async (request: Request) => leaks.answered(new URL(request.url).pathname, await app.fetch(request))
  return {
    parts,
    access,
    dataFolder,
    operations,
    mailbox,
    issuer,
    clock,
    network,
    errors,
    answers,
    receiver,
    fetch,
    send(method, path, sent = {}) {
      leaks.sent(sent.body)
      return fetch(requestOf(method, path, sent))
    },
    addPlatform: (name) => control.write((tx) => addPlatform(tx, 'development', name, clock.now)),
    async addOrganization(platformId, name, database = 'main') {
      const id = parts.newId('org', clock.now)
      const createdAt = clock.now.toISOString()
      await control.write((tx) => addOrganization(tx, { id, platformId, name, externalId: null, database, createdAt }))
      return id
    },
    async addMember(organizationId, email, role) {
      const id = parts.newId('usr', clock.now)
      const createdAt = clock.now.toISOString()
      await control.write(async (tx) => {
        await accessWriter(tx).addUser({ id, email, name: email.split('@')[0] ?? email, createdAt })
        const member = { organizationId, userId: id, role, createdAt }
        await onBehalfOf(organizationId, () => accessWriter(tx).addMember(member))
      })
      return id
    },
    async addKey(owner, scopes) {
      const id = parts.newId('key', clock.now)
      const { token, secretHash } = makeToken(TOKEN_PREFIXES.testKey, id.slice('key_'.length))
      const createdAt = clock.now.toISOString()
      const row = { id, ...owner, name: 'test', scopes, secretHash, createdAt, expiresAt: '2099-01-01T00:00:00.000Z' }
      const add = () => control.write((tx) => accessWriter(tx).addApiKey(row))
      await onBehalfOf('organizationId' in owner ? owner.organizationId : owner.platformId, add)
      return token
    },
    async runJobs() {
      for (const worker of parts.workers) while (await worker.runOnce());
    },
    async close() {
      await parts.denials.close()
      await parts.close()
      await home.close()
    },
  }
}

function requestOf(method: string, path: string, sent: Sent): Request {
  const headers = new Headers(sent.headers)
  if (sent.key !== undefined) headers.set('Authorization', `Bearer ${sent.key}`)
  if (sent.organization !== undefined) headers.set('FISTWorks-Organization', sent.organization)
  if (sent.platform !== undefined) headers.set('FISTWorks-Platform', sent.platform)
  if (sent.body === undefined) return new Request(`${TEST_ORIGIN}${path}`, { method, headers })
  if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json')
  const body = typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body)
  return new Request(`${TEST_ORIGIN}${path}`, { method, headers, body })
}
