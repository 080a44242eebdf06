import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Secret } from '../secret.ts'
import type { BankSession, BankSettings } from './bank.ts'
import { testConnection } from './connection-test.ts'
import { makeKeyPair } from './key-pair.ts'
import { createSftpBank, isPrivateKeyReadable, scanHostKey } from './sftp-bank.ts'
import { startFaultySftpServer } from './testing/faulty-sftp-server.ts'
import { startOpenSsh } from './testing/open-ssh.ts'
import { bytesOf, faultOf } from './testing/trying.ts'

const addresses = { privateRanges: ['127.0.0.1/32'], ports: [] }
const bank = createSftpBank({ addresses })
interface Server {
  settings: BankSettings
  /** The login's path of the inbox, and where it lies on disk. */
  inbox: string
  onDisk: string
  stop(): Promise<void>
}

async function openSsh(): Promise<Server> {
  const { port, username, privateKey, fingerprint, folder, stop } = await startOpenSsh()
  const authentication = { method: 'privateKey' as const, privateKey: Secret.of(privateKey) }
  const settings = { host: '127.0.0.1', port, username, authentication, hostKeyFingerprints: [fingerprint] }
  return { settings, inbox: join(folder, 'inbox'), onDisk: join(folder, 'inbox'), stop }
}

async function inProcess(): Promise<Server> {
  const { settings, inbox, stop } = await startFaultySftpServer()
  return { settings, inbox: '/inbox', onDisk: inbox, stop }
}

describe.each([
  ['OpenSSH', openSsh],
  ['the server in this process', inProcess],
])('a bank at %s', (_name, start) => {
  let server: Server
  let session: BankSession
  beforeAll(async () => {
    server = await start()
    session = await bank.connect(server.settings)
  })
  afterAll(async () => {
    await session.close()
    await server.stop()
  })
  const at = (name: string) => `${server.inbox}/${name}`

  test('knows which key the server proved to own', () => {
    expect(server.settings.hostKeyFingerprints).toEqual([session.hostKeyFingerprint])
  })

  test('says that nothing is there, and only then', async () => {
    expect(await session.stat(at('nothing.ach'))).toBeNull()
    expect(await session.stat(server.inbox)).toMatchObject({ isDirectory: true, isFile: false })
  })

  test.each([0, 1, 94, 32 * 1024 - 1, 32 * 1024, 32 * 1024 * 33 + 7])(
    'writes and reads back %i bytes',
    async (size) => {
      const bytes = randomBytes(size)
      await session.uploadExclusive(at(`size-${size}`), bytes)
      expect(await session.stat(at(`size-${size}`))).toMatchObject({ isFile: true, sizeBytes: size })
      expect((await bytesOf(session, at(`size-${size}`))).equals(bytes)).toBe(true)
      expect((await readFile(join(server.onDisk, `size-${size}`))).equals(bytes)).toBe(true)
    },
  )

  test('makes files that only their owner can read', async () => {
    await session.uploadExclusive(at('mode'), Buffer.from('x'))
    expect(statSync(join(server.onDisk, 'mode')).mode & 0o777).toBe(0o600)
  })

  test('never writes over a file', async () => {
    await session.uploadExclusive(at('taken'), Buffer.from('first'))
    expect(await faultOf(session.uploadExclusive(at('taken'), Buffer.from('second')))).toBe('nameExists')
    expect((await bytesOf(session, at('taken'))).toString()).toBe('first')
  })

  test('never renames over a file', async () => {
    await session.uploadExclusive(at('old'), Buffer.from('old'))
    await session.uploadExclusive(at('new'), Buffer.from('new'))
    expect(await faultOf(session.rename(at('new'), at('old')))).toBe('nameExists')
    expect((await bytesOf(session, at('old'))).toString()).toBe('old')
    expect((await bytesOf(session, at('new'))).toString()).toBe('new')
  })

  test('says when the file to rename is not there', async () => {
    expect(await faultOf(session.rename(at('never'), at('anything')))).toBe('fileMissing')
  })

  test('says whether it was this call that removed a file', async () => {
    await session.uploadExclusive(at('litter'), Buffer.from('x'))
    expect(await session.remove(at('litter'))).toBe(true)
    expect(await session.remove(at('litter'))).toBe(false)
  })

  test('says when a directory is not there', async () => {
    expect(await faultOf(session.uploadExclusive(`${server.inbox}-elsewhere/a`, Buffer.from('x')))).toBe(
      'directoryMissing',
    )
    expect(await faultOf(session.listDirectory(`${server.inbox}-elsewhere`))).toBe('directoryMissing')
  })

  test('lists a directory', async () => {
    await session.uploadExclusive(at('listed'), Buffer.from('x'))
    const names = await session.listDirectory(server.inbox)
    expect(names.toSorted()).toEqual((await readdir(server.onDisk)).toSorted())
  })

  test('stops reading past the limit', async () => {
    await session.uploadExclusive(at('large'), randomBytes(100_000))
    expect(await faultOf(bytesOf(session, at('large'), 99_999))).toBe('tooLarge')
  })

  test('passes its own test step by step', async () => {
    const directories = {
      uploadDirectory: server.inbox,
      acknowledgementDirectory: `${server.inbox}-missing`,
      returnDirectory: server.inbox,
      probeName: '.probe',
      now: new Date(),
    }
    const result = await testConnection(bank, server.settings, directories)
    expect(result.steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'address passed',
      'connect passed',
      'algorithms passed',
      'hostKey passed',
      'authenticate passed',
      'uploadDirectory passed',
      'writeProbe passed',
      'acknowledgementDirectory failed',
      'returnDirectory passed',
    ])
    expect(await session.stat(at('.probe'))).toBeNull()
    expect(result.passed).toBe(false)
  })

  test('shows its host key to who asks', async () => {
    const { host, port, hostKeyFingerprints } = server.settings
    const scanned = await scanHostKey(host, port, { addresses })
    expect(scanned).toEqual({ algorithm: 'ssh-ed25519', fingerprint: hostKeyFingerprints[0] })
  })

  test('takes 9.5 MB with memory that stays flat', async () => {
    const bytes = randomBytes(9_500_000)
    const before = process.memoryUsage().rss
    await session.uploadExclusive(at('big.ach'), bytes)
    let size = 0
    for await (const chunk of session.readFile(at('big.ach'), bytes.length)) size += chunk.length
    expect(size).toBe(bytes.length)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  test('is not used when its key is not pinned', async () => {
    const other = makeKeyPair()
    const { settings } = server
    const pinnedElsewhere = { ...settings, hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`] }
    expect(await faultOf(bank.connect(pinnedElsewhere))).toBe('hostKeyChanged')
    expect(await faultOf(bank.connect({ ...settings, hostKeyFingerprints: [] }))).toBe('hostKeyChanged')
    const severalPins = [`SHA256:${'A'.repeat(43)}`, ...settings.hostKeyFingerprints]
    await (await bank.connect({ ...settings, hostKeyFingerprints: severalPins })).close()
    expect(isPrivateKeyReadable(other.private, undefined)).toBe(true)
  })

  test('tells a wrong login from everything else, and repeats no secret', async () => {
    const stranger = makeKeyPair().private
    for (const authentication of [
      { method: 'password', password: Secret.of('wrong horse') },
      { method: 'privateKey', privateKey: Secret.of(stranger) },
    ] as const) {
      const error: unknown = await bank.connect({ ...server.settings, authentication }).catch((fault: unknown) => fault)
      expect(error).toMatchObject({ code: 'badLogin', isTransient: false })
      const told = JSON.stringify([error, String(error), (error as Error).stack, (error as Error).cause])
      expect(told).not.toContain('wrong horse')
      expect(told).not.toContain('PRIVATE KEY')
    }
  })
})
