import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeId } from '@fistworks/contract'
import { accessWriter } from '../../src/access/access-store.ts'
import { antiForgeryTokenOf } from '../../src/access/authenticate.ts'
import { makeToken, parseToken, TOKEN_PREFIXES } from '../../src/access/token.ts'
import type { newId } from '../../src/new-id.ts'
import { addOrganization } from '../../src/organizations/store.ts'
import { type Databases, openDatabases } from '../../src/storage/directory.ts'
import { onBehalfOf } from '../../src/storage/on-behalf-of.ts'
import type { Tx } from '../../src/storage/transaction.ts'
import { TEST_ORIGIN } from '../../src/testing/api.ts'
import { openLocalKeyFile } from '../../src/vault/local-key-file.ts'
import { INBOX } from './bank.ts'
import { type Caller, type Company, HOST_KEY, hostOf, MACHINE_MAY, PASSWORD, ROLES } from './company.ts'
import { keepPrepared } from './prepared.ts'
import { type SimulatedProcess, startProcess } from './process.ts'
import { type Random, randomFrom } from './random.ts'
import { VirtualTime } from './virtual-time.ts'

/** A data folder with two companies in it, which every seed starts from. */
export interface Template {
  folder: string
  companies: Company[]
}

const BUILT_AT = new Date('2026-01-05T15:00:00Z')
const FOREVER = '2099-01-01T00:00:00.000Z'
const TEMPLATE_SEED = 1

/** Where databases are written without waiting for a disk, where there is such a place: what is lost in a crash is decided here. */
export function scratchFolder(): string {
  const inMemory = '/dev/shm'
  return mkdtempSync(join(existsSync(inMemory) ? inMemory : tmpdir(), 'fistworks-simulation-'))
}

/** Ids that a seed repeats. */
export function idsFrom(random: Random): typeof newId {
  return (prefix, now) => makeId(prefix, now.getTime(), random.bytes(10))
}

export async function buildTemplate(root: string): Promise<Template> {
  keepPrepared()
  const folder = join(root, 'template')
  mkdirSync(folder, { mode: 0o700 })
  const random = randomFrom(TEMPLATE_SEED)
  const time = new VirtualTime(BUILT_AT, random)
  const databases = await openDatabases({ dataFolder: folder })
  try {
    return { folder, companies: await time.until(addCompanies(databases, folder, time, random)) }
  } finally {
    await databases.close()
  }
}

async function addCompanies(databases: Databases, folder: string, time: VirtualTime, random: Random) {
  const newId = idsFrom(random)
  const companies: Company[] = []
  for (const name of ['Tidewater', 'Bluebird']) {
    companies.push(await databases.control.write((tx) => addCompany(tx, name, newId)))
  }
  const process = await startProcess(quietWorld(databases, folder, time, random), 'template', folder)
  for (const [index, company] of companies.entries()) await connectBank(process, company, index)
  await process.parts.vault.close()
  process.kill()
  return companies
}

function quietWorld(databases: Databases, folder: string, time: VirtualTime, random: Random) {
  return {
    time,
    databases,
    storageFaults: { time, random, faultRate: () => 0, onFault: () => {}, onCommit: () => {}, atGate: () => {} },
    mailer: { send: async () => {} },
    surroundings: () => ({
      keyProvider: openLocalKeyFile(folder),
      bank: { connect: () => Promise.reject(new Error('The template speaks to no bank.')) },
      sendWebhook: () => Promise.reject(new Error('The template tells nobody.')),
      peopleNow: time.now,
      newId: idsFrom(random),
      random: random.next,
    }),
    onError(_process: string, error: unknown): never {
      throw error
    },
  }
}

async function addCompany(tx: Tx, name: string, newId: ReturnType<typeof idsFrom>) {
  const createdAt = BUILT_AT.toISOString()
  const id = newId('org', BUILT_AT)
  await addOrganization(tx, { id, platformId: null, name, externalId: null, database: 'main', createdAt })
  const people: Partial<Company['people']> = {}
  for (const [part, role] of Object.entries(ROLES) as [keyof typeof ROLES, (typeof ROLES)[keyof typeof ROLES]][]) {
    const userId = newId('usr', BUILT_AT)
    const email = `${part}@${name.toLowerCase()}.test`
    await accessWriter(tx).addUser({ id: userId, email, name: `${part} of ${name}`, createdAt })
    await onBehalfOf(id, () => accessWriter(tx).addMember({ organizationId: id, userId, role, createdAt }))
    people[part] = await signedIn(tx, { id, userId, name: `${name}.${part}`, sessionId: newId('ses', BUILT_AT) })
  }
  const keyId = newId('key', BUILT_AT)
  const { token, secretHash } = makeToken(TOKEN_PREFIXES.testKey, keyId.slice('key_'.length))
  const key = { id: keyId, organizationId: id, name: 'books', scopes: MACHINE_MAY, secretHash, createdAt }
  await onBehalfOf(id, () => accessWriter(tx).addApiKey({ ...key, expiresAt: FOREVER }))
  const machine: Caller = {
    name: `${name}.machine`,
    key: `apiKey:${keyId}`,
    isPerson: false,
    headers: { Authorization: `Bearer ${token}`, 'FISTWorks-Organization': id },
  }
  return { name, id, people: people as Company['people'], machine, connectionId: '', accountIds: [] }
}

async function signedIn(tx: Tx, who: { id: string; userId: string; name: string; sessionId: string }): Promise<Caller> {
  const at = BUILT_AT.toISOString()
  const { token, secretHash } = makeToken(TOKEN_PREFIXES.portal, who.sessionId.slice('ses_'.length))
  const row = { id: who.sessionId, userId: who.userId, secretHash, createdAt: at, seenAt: at, expiresAt: FOREVER }
  await accessWriter(tx).addPortalSession(row)
  return {
    name: who.name,
    key: `user:${who.userId}`,
    isPerson: true,
    headers: {
      Cookie: `__Host-fw_session=${token}`,
      'Sec-Fetch-Site': 'same-origin',
      Origin: TEST_ORIGIN,
      'FISTWorks-Anti-Forgery': antiForgeryTokenOf(parseToken(TOKEN_PREFIXES.portal, token)?.secret ?? ''),
      'FISTWorks-Organization': who.id,
    },
  }
}

/** Each company pays from two accounts at one bank of its own. */
async function connectBank(process: SimulatedProcess, company: Company, index: number): Promise<void> {
  const routingNumber = ['121042882', '091000019'][index] ?? ''
  const create = async (path: string, body: unknown): Promise<string> => {
    const headers = { ...company.people.administrator.headers, 'Content-Type': 'application/json' }
    const request = new Request(`${TEST_ORIGIN}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const answer = await process.app.fetch(request)
    const created = (await answer.json()) as { id?: string }
    if (created.id === undefined) throw new Error(`${path}: ${JSON.stringify(created)}`)
    return created.id
  }
  company.connectionId = await create('/v1/bank-connections', {
    name: 'Bank',
    host: hostOf(company.name, 'first'),
    username: company.name.toLowerCase(),
    authentication: { method: 'password', password: PASSWORD },
    hostKeyFingerprints: [HOST_KEY],
    uploadDirectory: INBOX,
    immediateDestination: routingNumber,
    immediateOrigin: `123456789${index}`,
    immediateOriginName: company.name,
  })
  await create('/v1/webhook-endpoints', { url: `https://hooks.${company.name.toLowerCase()}.test/events` })
  for (const name of ['Operating', 'Payroll']) {
    const id = await create('/v1/bank-accounts', {
      name,
      bankConnectionId: company.connectionId,
      routingNumber,
      accountNumber: `70004455${index}6${company.accountIds.length}788`,
      accountType: 'checking',
      companyName: company.name,
      companyId: '1234567890',
    })
    company.accountIds.push(id)
  }
}
