import { BankConnectionCreate } from '@fistworks/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { makeKeyPair } from '../banks/key-pair.ts'
import { createSftpBank, scanHostKey as scan } from '../banks/sftp-bank.ts'
import { utils } from '../banks/ssh2.ts'
import { clearAuthentication } from '../banks/testing/clear-authentication.ts'
import { type FaultySftpServer, startFaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { ANNA, createTestTenants, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { openBankConnection } from './open.ts'
import {
  archiveBankConnection,
  createBankConnection,
  listBankConnections,
  retrieveBankConnection,
  scanHostKey,
  testBankConnection,
  updateBankConnection,
} from './service.ts'
import { bankConnectionStore } from './store.ts'

const PASSWORD = 'a-password-nobody-sees'
const addresses = { privateRanges: ['127.0.0.1/32'], ports: [22] }
const deps = {
  bank: createSftpBank({ addresses }),
  scanHostKey: (host: string, port: number) => scan(host, port, { addresses }),
}

let tenants: TestTenants
let organization: TestOrganization
beforeEach(async () => {
  tenants = await createTestTenants()
  organization = await tenants.organization()
  return () => tenants.close()
})

const input = (over: Partial<BankConnectionCreate> = {}) =>
  z.parse(BankConnectionCreate, {
    name: 'First Bank',
    host: 'sftp.bank.example',
    username: 'payer',
    authentication: { method: 'password', password: PASSWORD },
    hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`],
    uploadDirectory: '/inbox',
    immediateDestination: '091000019',
    immediateOrigin: '1234567890',
    ...over,
  })
const create = (over: Partial<BankConnectionCreate> = {}) =>
  organization.write(ANNA, (ctx) => createBankConnection(ctx, input(over)))

describe('secrets', () => {
  test('are sealed where they are stored and never given back', async () => {
    const created = await create()
    const row = await bankConnectionStore(organization.storage.read, organization.id).find(created.id)
    const shown = [
      created,
      await organization.read((ctx) => retrieveBankConnection(ctx, created.id)),
      await organization.read((ctx) => listBankConnections(ctx, {})),
      organization.events,
    ]
    expect(JSON.stringify(shown)).not.toContain(PASSWORD)
    expect(Buffer.from(row?.password ?? []).toString('latin1')).not.toContain(PASSWORD)
    const opened = await organization.read((ctx) => openBankConnection(ctx.db, ctx.vault, organization.id, created.id))
    expect(clearAuthentication(opened.settings.authentication)).toEqual({ method: 'password', password: PASSWORD })
  })

  test('a private key with its passphrase opens again; an unreadable one is refused where it stands', async () => {
    const sealed = { passphrase: 'pass', cipher: 'aes256-cbc', rounds: 16 }
    const { private: privateKey } = makeKeyPair(() => utils.generateKeyPairSync('ed25519', sealed), 'pass')
    const created = await create({ authentication: { method: 'privateKey', privateKey, passphrase: 'pass' } })
    const opened = await organization.read((ctx) => openBankConnection(ctx.db, ctx.vault, organization.id, created.id))
    expect(clearAuthentication(opened.settings.authentication)).toEqual({
      method: 'privateKey',
      privateKey,
      passphrase: 'pass',
    })
    const wrong = create({ authentication: { method: 'privateKey', privateKey, passphrase: 'other' } })
    await expect(wrong).rejects.toMatchObject({
      code: 'validation-failed',
      errors: [{ pointer: '/authentication/privateKey' }],
    })
  })

  test('are not carried over to another host', async () => {
    const { id } = await create()
    const moved = organization.write(ANNA, (ctx) => updateBankConnection(ctx, id, { host: 'evil.example' }))
    await expect(moved).rejects.toMatchObject({ code: 'validation-failed', errors: [{ pointer: '/authentication' }] })
    const authentication = { method: 'password', password: 'new' } as const
    const update = { host: 'new.bank.example', authentication }
    const updated = await organization.write(ANNA, (ctx) => updateBankConnection(ctx, id, update))
    expect(updated.host).toBe('new.bank.example')
    expect(organization.events.at(-1)).toMatchObject({
      action: 'bankConnection.updated',
      data: { authenticationChanged: true },
    })
  })
})

test('another tenant’s connection is one that never was', async () => {
  const { id } = await create()
  const other = await tenants.organization()
  await expect(other.read((ctx) => retrieveBankConnection(ctx, id))).rejects.toMatchObject({ code: 'not-found' })
  await expect(other.read((ctx) => testBankConnection(deps, ctx, id))).rejects.toMatchObject({ code: 'not-found' })
  const change = other.write(ANNA, (ctx) => updateBankConnection(ctx, id, { name: 'mine' }))
  await expect(change).rejects.toMatchObject({ code: 'not-found' })
})

test('an archived connection is changed no more', async () => {
  const { id } = await create()
  const archived = await organization.write(ANNA, (ctx) => archiveBankConnection(ctx, id))
  expect(archived.archivedAt).not.toBeNull()
  const again = organization.write(ANNA, (ctx) => archiveBankConnection(ctx, id))
  await expect(again).rejects.toMatchObject({ code: 'state-conflict' })
})

test('pages go from the newest to the oldest', async () => {
  for (const name of ['first', 'second', 'third']) {
    tenants.clock.now = new Date(tenants.clock.now.getTime() + 1000)
    await create({ name })
  }
  const page = await organization.read((ctx) => listBankConnections(ctx, { limit: 2 }))
  expect(page.data.map(({ name }) => name)).toEqual(['third', 'second'])
  const rest = await organization.read((ctx) => listBankConnections(ctx, { limit: 2, after: page.nextCursor ?? '' }))
  expect(rest).toMatchObject({ data: [{ name: 'first' }], hasMore: false, nextCursor: null })
})

describe('at the bank', () => {
  let server: FaultySftpServer
  beforeEach(async () => {
    server = await startFaultySftpServer()
    return () => server.stop()
  })
  const here = (over: Partial<BankConnectionCreate> = {}) => {
    const { host, port, username, hostKeyFingerprints } = server.settings
    const authentication = clearAuthentication(server.settings.authentication)
    return create({ host, port, username, authentication, hostKeyFingerprints: [...hostKeyFingerprints], ...over })
  }
  const outcomes = async (id: string) => {
    const { result, audit } = await organization.read((ctx) => testBankConnection(deps, ctx, id))
    expect(audit.action).toBe('bankConnection.tested')
    return result.steps.map(({ step, outcome }) => `${step} ${outcome}`)
  }

  test('a test says how far it comes', async () => {
    const good = await here({ acknowledgementDirectory: '/outbox' })
    expect(new Set((await outcomes(good.id)).map((line) => line.split(' ')[1]))).toEqual(new Set(['passed']))
    const wrongPassword = await here({ authentication: { method: 'password', password: 'wrong' } })
    expect(await outcomes(wrongPassword.id)).toEqual([
      'address passed',
      'connect passed',
      'algorithms passed',
      'hostKey passed',
      'authenticate failed',
      'uploadDirectory skipped',
      'acknowledgementDirectory skipped',
    ])
    const otherKey = await here({ hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`] })
    expect(await outcomes(otherKey.id)).toContain('hostKey failed')
    const metadata = await here({ host: '169.254.169.254' })
    expect((await outcomes(metadata.id))[0]).toBe('address failed')
    const noFolder = await here({ uploadDirectory: '/nowhere' })
    expect(await outcomes(noFolder.id)).toContain('uploadDirectory failed')
  })

  test('a scan shows the key, and asks nobody inside', async () => {
    const { host, port, hostKeyFingerprints } = server.settings
    const { result } = await organization.read((ctx) => scanHostKey(deps, ctx, { host, port }))
    expect(result).toEqual({ type: 'hostKeyScan', algorithm: 'ssh-ed25519', fingerprint: hostKeyFingerprints[0] })
    const inside = organization.read((ctx) => scanHostKey(deps, ctx, { host: '10.0.0.1', port: 22 }))
    await expect(inside).rejects.toMatchObject({ code: 'host-not-allowed' })
    const nobody = organization.read((ctx) => scanHostKey(deps, ctx, { host, port: 1 }))
    await expect(nobody).rejects.toMatchObject({ code: 'bank-unreachable' })
  })
})
