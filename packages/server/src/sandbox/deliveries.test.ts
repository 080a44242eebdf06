import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { Secret } from '../secret.ts'
import { createDeliveries, type OnItsWay } from '../submissions/testing/delivery.ts'
import { type SandboxBank, startSandboxBank } from './sandbox-bank.ts'

const US = 'org_us'
const HOUR_MS = 3_600_000
const HOURS_MAX = 100
let folder: string
let deliveries: Awaited<ReturnType<typeof createDeliveries>>
let bank: SandboxBank

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fistworks-delivered-'))
  deliveries = await createDeliveries()
  const hostKeyFile = join(folder, 'host-key')
  const now = () => deliveries.tenants.clock.now
  bank = await startSandboxBank({ folder: join(folder, 'bank'), host: '127.0.0.1', port: 0, hostKeyFile, now })
  return async () => {
    await bank.stop()
    await deliveries.close()
    await rm(folder, { recursive: true, force: true })
  }
})

function send(accountNumber: string, sweepsAtOnce = false): Promise<OnItsWay> {
  const password = Secret.of(bank.loginOf(US).password)
  const settings = {
    host: '127.0.0.1',
    port: bank.port,
    username: US,
    authentication: { method: 'password', password } as const,
    hostKeyFingerprints: [bank.fingerprint()],
  }
  const directories = { uploadDirectory: '/inbox', acknowledgementDirectory: '/outbox' }
  return deliveries.submit({ settings, ...directories, sweepsAtOnce, accountNumber })
}

/** Lets time pass by hours until the file is where it stays, four days at most. */
async function settled(file: OnItsWay): Promise<string> {
  for (let hour = 0; hour < HOURS_MAX; hour++) {
    await bank.catchUp()
    await deliveries.run()
    const { state } = await file.submission()
    if (['acknowledged', 'rejectedByBank', 'unknown', 'failed'].includes(state)) return state
    const { clock } = deliveries.tenants
    clock.now = new Date(clock.now.getTime() + HOUR_MS)
  }
  return (await file.submission()).state
}

const received = async (name: string) =>
  (await readdir(join(folder, 'bank', US, 'received'))).filter((each) => each === name).length

test.each([
  ['33333301', 'rejectedByBank', 'refuses the file'],
  ['33333302', 'acknowledged', 'is late'],
  ['33333303', 'unknown', 'never answers'],
  ['33333305', 'acknowledged', 'drops the connection once'],
])('%s ends as %s: the bank %s, and has the file once', async (accountNumber, state) => {
  const file = await send(accountNumber)
  expect(await settled(file)).toBe(state)
  expect(await received(file.fileName)).toBe(1)
})

test('a full disk is told, and nothing is there: a person tries again', async () => {
  const file = await send('33333306')
  expect(await settled(file)).toBe('failed')
  expect((await file.submission()).problem).toContain('full')
  expect(await received(file.fileName)).toBe(0)
})

test('a bank that sweeps at once acknowledges what a connection that knows of it sends', async () => {
  const file = await send('33333304', true)
  expect(await settled(file)).toBe('acknowledged')
  expect(await received(file.fileName)).toBe(1)
})

test('after the host key has changed nothing more is handed over until somebody has compared it', async () => {
  const first = await send('33333307')
  const before = bank.fingerprint()
  await expect.poll(async () => [await settled(first), bank.fingerprint() === before]).toContain(false)
  const inbox = await readdir(join(folder, 'bank', US, 'inbox'))
  const second = await deliveries.alsoThrough(first)
  await deliveries.run().catch(() => undefined)
  expect(['ready', 'connecting', 'failed']).toContain((await second.submission()).state)
  expect(await readdir(join(folder, 'bank', US, 'inbox'))).toEqual(inbox)
})
