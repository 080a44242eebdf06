import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import type { Algorithms } from 'ssh2'
import { describe, expect, test } from 'vitest'
import { fingerprintOfKey } from '../sandbox/sftp-server.ts'
import { Secret } from '../secret.ts'
import type { BankSettings } from './bank.ts'
import { makeKeyPair } from './key-pair.ts'
import { createSftpBank, isPrivateKeyReadable } from './sftp-bank.ts'
import { BANK_LIMITS } from './sftp-session.ts'
import { Server, utils } from './ssh2.ts'
import { startFaultySftpServer } from './testing/faulty-sftp-server.ts'
import { bytesOf, faultOf } from './testing/trying.ts'

const addresses = { privateRanges: ['127.0.0.1/32'], ports: [] }
const bank = createSftpBank({ addresses })
const hasty = createSftpBank({ addresses, limits: { ...BANK_LIMITS, readyMs: 500, operationMs: 500 } })

describe('a bank with old encryption', () => {
  test.each<[string, Algorithms]>([
    ['key exchange', { kex: ['diffie-hellman-group1-sha1'] }],
    ['key exchange with SHA-1', { kex: ['diffie-hellman-group14-sha1'] }],
    ['cipher', { cipher: ['aes128-cbc'] }],
    ['signature of integrity', { hmac: ['hmac-md5'], cipher: ['aes256-ctr'] }],
    ['host key with SHA-1', { serverHostKey: ['ssh-rsa'] }],
  ])('is refused for its %s', async (_name, algorithms) => {
    const key = utils.generateKeyPairSync('rsa', { bits: 2048 }).private
    const server = new Server({ hostKeys: [key], algorithms }, (client) => client.on('error', () => undefined))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const settings: BankSettings = {
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      username: 'payer',
      authentication: { method: 'password', password: Secret.of('x') },
      hostKeyFingerprints: [fingerprintOfKey(key)],
    }
    expect(await faultOf(bank.connect(settings))).toBe('noCommonCipher')
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })
})

test('a pin of any kind of key the server has will do, and no other', async () => {
  const keys = [makeKeyPair().private, utils.generateKeyPairSync('rsa', { bits: 2048 }).private]
  const server = new Server({ hostKeys: keys }, (client) => {
    client.on('error', () => undefined)
    client.on('authentication', (attempt) => attempt.reject(['password']))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const connectPinned = (pin: string) =>
    faultOf(
      bank.connect({
        host: '127.0.0.1',
        port: (server.address() as AddressInfo).port,
        username: 'payer',
        authentication: { method: 'password', password: Secret.of('x') },
        hostKeyFingerprints: [pin],
      }),
    )
  for (const key of keys) expect(await connectPinned(fingerprintOfKey(key))).toBe('badLogin')
  expect(await connectPinned(fingerprintOfKey(makeKeyPair().private))).toBe('hostKeyChanged')
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

describe('a bank that cannot be reached', () => {
  const settings: BankSettings = {
    host: '127.0.0.1',
    port: 1,
    username: 'payer',
    authentication: { method: 'password', password: Secret.of('x') },
    hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`],
  }

  test('nobody listens', async () => {
    expect(await faultOf(bank.connect(settings))).toBe('unreachable')
  })

  test('somebody listens and says nothing', async () => {
    const sockets = new Set<{ destroy(): void }>()
    const silent = createServer((socket) => sockets.add(socket))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    expect(await faultOf(hasty.connect({ ...settings, port }))).toBe('timedOut')
    for (const socket of sockets) socket.destroy()
    silent.close()
  })

  test('the other side speaks something else', async () => {
    const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    const { port } = web.address() as { port: number }
    expect(await faultOf(hasty.connect({ ...settings, port }))).toBe('connectionLost')
    web.close()
  })

  test('the name is unknown', async () => {
    expect(await faultOf(bank.connect({ ...settings, host: 'no-such-bank.invalid' }))).toBe('addressUnknown')
  })

  test('the address is not public', async () => {
    expect(await faultOf(createSftpBank({ addresses: { privateRanges: [], ports: [1] } }).connect(settings))).toBe(
      'addressRefused',
    )
  })

  test('the private key is none', async () => {
    const server = await startFaultySftpServer()
    const authentication = { method: 'privateKey', privateKey: Secret.of('not a key') } as const
    expect(await faultOf(bank.connect({ ...server.settings, authentication }))).toBe('badPrivateKey')
    expect(isPrivateKeyReadable('not a key', undefined)).toBe(false)
    await server.stop()
  })
})

describe('a connection in trouble', () => {
  test.each([
    ['dropBefore', 'connectionLost', true],
    ['dropAfter', 'connectionLost', true],
    ['silent', 'timedOut', true],
    ['failure', 'refused', false],
    ['noPermission', 'noPermission', false],
  ] as const)('%s at a rename is %s', async (what, code, isAmbiguous) => {
    const server = await startFaultySftpServer()
    await writeFile(join(server.inbox, 'a'), 'x')
    server.plan([{ request: 'RENAME', at: 1, what }])
    const session = await hasty.connect(server.settings)
    const fault: unknown = await session.rename('/inbox/a', '/inbox/b').catch((error: unknown) => error)
    expect(fault).toMatchObject({ code, isAmbiguous })
    await session.close()
    await server.stop()
  })

  test('a full disk while writing is said in those words', async () => {
    const server = await startFaultySftpServer()
    server.plan([{ request: 'WRITE', at: 2, what: 'failure' }])
    const session = await bank.connect(server.settings)
    const fault: unknown = await session
      .uploadExclusive('/inbox/a', randomBytes(100_000))
      .catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'diskFull', isTransient: false })
    await session.close()
    await server.stop()
  })

  test('a session that was lost answers at once', async () => {
    const server = await startFaultySftpServer()
    const session = await bank.connect(server.settings)
    server.cutAll()
    expect(await faultOf(session.stat('/inbox'))).toBe('connectionLost')
    await session.close()
    await server.stop()
  })

  test('a link in the inbox is not followed, and nothing outside of the folder has a name', async () => {
    const server = await startFaultySftpServer()
    await mkdir(join(server.inbox, '..', 'private'))
    await writeFile(join(server.inbox, '..', 'private', 'secret'), 'secret')
    const { symlink } = await import('node:fs/promises')
    await symlink(join(server.inbox, '..', 'private', 'secret'), join(server.inbox, 'link'))
    const session = await bank.connect(server.settings)
    expect(await faultOf(bytesOf(session, '/inbox/link'))).toBe('refused')
    for (const path of [
      '/private/secret',
      '/inbox/../private/secret',
      '../private/secret',
      '/inbox/a/../../private/secret',
    ]) {
      expect(await session.stat(path)).toBeNull()
      expect(await faultOf(bytesOf(session, path))).toBe('fileMissing')
    }
    await session.close()
    await server.stop()
  })
})

describe('a directory without end', () => {
  test.each([
    ['moreNames', 'listDirectory', 10_000],
    ['longNames', 'listFiles', 500],
  ] as const)('%s: as many as are wanted are looked at', async (what, how, expected) => {
    const server = await startFaultySftpServer()
    server.plan([{ request: 'READDIR', at: 'every', what }])
    const session = await bank.connect(server.settings)
    const names =
      how === 'listDirectory'
        ? await session.listDirectory('/outbox')
        : (await session.listFiles('/outbox', expected)).files.map(({ name }) => name)
    expect(names).toHaveLength(expected)
    expect(names.every(({ length }) => length <= 1_024)).toBe(true)
    await session.close()
    await server.stop()
  })

  test('a bank that answers on and on with nothing is left', async () => {
    const server = await startFaultySftpServer()
    server.plan([{ request: 'READDIR', at: 'every', what: 'noNames' }])
    const session = await bank.connect(server.settings)
    expect(await faultOf(session.listFiles('/outbox', 10))).toBe('refused')
    expect(server.seen.get('READDIR')).toBeLessThan(20)
    await session.close()
    await server.stop()
  })

  test('a bank that is slow with each name is left when a transfer may take no longer', async () => {
    const server = await startFaultySftpServer()
    server.plan([{ request: 'READDIR', at: 'every', what: 'moreNames' }])
    const impatient = createSftpBank({ addresses, limits: { ...BANK_LIMITS, transferMs: 0 } })
    const session = await impatient.connect(server.settings)
    expect(await faultOf(session.listFiles('/outbox', 1_000_000))).toBe('timedOut')
    await session.close()
    await server.stop()
  })
})
