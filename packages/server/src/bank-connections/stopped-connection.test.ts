import { BankConnectionCreate, type Id } from '@fistworks/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { startFaultySftpServer } from '../banks/testing/faulty-sftp-server.ts'
import { eventStore } from '../events/store.ts'
import type { Job, Lease } from '../jobs/jobs.ts'
import { createDeliveries } from '../submissions/testing/delivery.ts'
import { ANNA, createTestTenants, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { createLegacyEndingHandlers } from './legacy-ending.ts'
import { makeNextKey, useNextKey } from './our-keys.ts'
import { openBankConnection } from './open.ts'
import { refuseHostKey } from './refuse-host-key.ts'
import { archiveBankConnection, createBankConnection, retrieveBankConnection, updateBankConnection } from './service.ts'
import { bankConnectionStore } from './store.ts'

const PIN = `SHA256:${'A'.repeat(43)}`
const OTHER_PIN = `SHA256:${'B'.repeat(43)}`
const typesOf = async (organization: TestOrganization, objectId: string) => {
  const told = await eventStore(organization.storage.read, organization.id).list({ objectId }, 0, 100)
  return told.map(({ type }) => type)
}

test('a delivery that meets another host key stops the connection and tells it once, until the keys are confirmed anew', async () => {
  const deliveries = await createDeliveries()
  const server = await startFaultySftpServer()
  const wrong = { ...server.settings, hostKeyFingerprints: [PIN] }
  const file = await deliveries.submit({ settings: wrong, uploadDirectory: '/inbox' })
  const { organization } = file
  await deliveries.run()
  const { state, problem, bankConnectionId } = await file.submission()
  expect([state, problem]).toEqual(['failed', expect.stringContaining('another key')])
  const connection = () => organization.read((ctx) => retrieveBankConnection(ctx, bankConnectionId))
  expect((await connection()).hostKeyRefusedAt).not.toBeNull()
  await refuseHostKey(organization.storage, organization.id, bankConnectionId, [PIN], new Date())
  expect(await typesOf(organization, bankConnectionId)).toEqual(['bankConnection.hostKeyChanged'])
  const confirmed = { hostKeyFingerprints: [...server.settings.hostKeyFingerprints] }
  await organization.write(ANNA, (ctx) => updateBankConnection(ctx, bankConnectionId, confirmed))
  expect((await connection()).hostKeyRefusedAt).toBeNull()
  await server.stop()
  await deliveries.close()
})

describe('of one organization', () => {
  let tenants: TestTenants
  let ours: TestOrganization
  beforeEach(async () => {
    tenants = await createTestTenants()
    ours = await tenants.organization()
    return () => tenants.close()
  })
  const create = (over: object = {}) => {
    const input = z.parse(BankConnectionCreate, {
      name: 'First Bank',
      host: 'sftp.bank.example',
      username: 'payer',
      authentication: { method: 'password', password: 'secret' },
      hostKeyFingerprints: [PIN],
      uploadDirectory: '/in',
      immediateDestination: '091000019',
      immediateOrigin: '1234567890',
      ...over,
    })
    return ours.write(ANNA, (ctx) => createBankConnection(ctx, input))
  }

  test('a refusal of keys that were replaced meanwhile stops nothing', async () => {
    const { id } = await create()
    await ours.write(ANNA, (ctx) => updateBankConnection(ctx, id, { hostKeyFingerprints: [OTHER_PIN] }))
    await refuseHostKey(ours.storage, ours.id, id, [PIN], tenants.clock.now)
    expect((await ours.read((ctx) => retrieveBankConnection(ctx, id))).hostKeyRefusedAt).toBeNull()
    expect(await typesOf(ours, id)).toEqual([])
  })

  describe('the end of old algorithms', () => {
    const lease = { signal: new AbortController().signal, assertHeld: async () => {} } as Lease
    const until = '2026-12-24T00:00:00.000Z'
    const tell = (id: Id<'bcn'>) => {
      const handlers = createLegacyEndingHandlers({
        databases: { tenantOf: async () => ours.storage },
        now: () => tenants.clock.now,
      })
      const job = { organizationId: ours.id, payload: { bankConnectionId: id, until } } as unknown as Job
      return handlers['bankConnection.legacyEnding'](job, lease)
    }

    test('is told while it is still the end', async () => {
      const { id } = await create({ legacyAlgorithmsUntil: until })
      await tell(id)
      expect(await typesOf(ours, id)).toEqual(['bankConnection.legacyAlgorithmsEnding'])
    })

    test.each<[string, (id: string) => Promise<unknown>]>([
      [
        'was put off',
        (id) =>
          ours.write(ANNA, (ctx) => updateBankConnection(ctx, id, { legacyAlgorithmsUntil: '2027-01-24T00:00:00Z' })),
      ],
      [
        'came at once',
        (id) => ours.write(ANNA, (ctx) => updateBankConnection(ctx, id, { legacyAlgorithmsUntil: null })),
      ],
      ['is of no use any more', (id) => ours.write(ANNA, (ctx) => archiveBankConnection(ctx, id))],
    ])('is not told when it %s', async (_name, change) => {
      const { id } = await create({ legacyAlgorithmsUntil: until })
      await change(id)
      await tell(id)
      expect(await typesOf(ours, id)).toEqual([])
    })
  })

  describe('a key pair that is made here', () => {
    const privateKeyOf = async (id: string) => {
      const { settings } = await ours.read((ctx) => openBankConnection(ctx.db, ctx.vault, ours.id, id))
      const { authentication } = settings
      return authentication.method === 'privateKey' ? authentication.privateKey.reveal() : null
    }

    test('shows its public half only, is used until the next one is, and then is gone', async () => {
      const made = await create({ authentication: { method: 'newKeyPair' } })
      expect(made).toMatchObject({ authenticationMethod: 'privateKey', nextPublicKey: null })
      expect(made.publicKey).toMatch(/^ssh-ed25519 AAAA\S+$/)
      const waiting = await ours.write(ANNA, (ctx) => makeNextKey(ctx, made.id, { use: 'signIn' }))
      expect(waiting.publicKey).toBe(made.publicKey)
      expect(waiting.nextPublicKey).not.toBe(made.publicKey)
      const before = await privateKeyOf(made.id)
      const used = await ours.write(ANNA, (ctx) => useNextKey(ctx, made.id, { use: 'signIn' }))
      expect(used).toMatchObject({ publicKey: waiting.nextPublicKey, nextPublicKey: null })
      expect(await privateKeyOf(made.id)).not.toEqual(before)
      expect(JSON.stringify([made, waiting, used, ours.events])).not.toContain('PRIVATE')
      const row = await bankConnectionStore(ours.storage.read, ours.id).find(made.id)
      expect(row?.nextPrivateKey).toBeNull()
    })

    test('is not followed by one that was not made, nor made for who signs in otherwise', async () => {
      const { id } = await create({ authentication: { method: 'newKeyPair' } })
      const refused = { code: 'state-conflict' }
      await expect(ours.write(ANNA, (ctx) => useNextKey(ctx, id, { use: 'signIn' }))).rejects.toMatchObject(refused)
      const byPassword = await create()
      const next = ours.write(ANNA, (ctx) => makeNextKey(ctx, byPassword.id, { use: 'signIn' }))
      await expect(next).rejects.toMatchObject(refused)
    })

    test('of another tenant is one that never was', async () => {
      const { id } = await create({ authentication: { method: 'newKeyPair' } })
      const other = await tenants.organization()
      const next = other.write(ANNA, (ctx) => makeNextKey(ctx, id, { use: 'signIn' }))
      await expect(next).rejects.toMatchObject({ code: 'not-found' })
    })
  })
})
