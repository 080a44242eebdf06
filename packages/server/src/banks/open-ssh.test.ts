import { randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Secret } from '../secret.ts'
import type { BankSettings } from './bank.ts'
import { testConnection } from './connection-test.ts'
import { makeKeyPair } from './key-pair.ts'
import { createSftpBank, scanHostKey } from './sftp-bank.ts'
import { type OpenSsh, type OpenSshOptions, startOpenSsh } from './testing/open-ssh.ts'
import { PASSWORD } from './testing/own-accounts.ts'
import { bytesOf, faultOf } from './testing/trying.ts'

const addresses = { privateRanges: ['127.0.0.1/32'], ports: [] }
const bank = createSftpBank({ addresses })

async function start(options: OpenSshOptions = {}): Promise<OpenSsh> {
  const server = await startOpenSsh(options)
  onTestFinished(() => server.stop())
  return server
}

const settingsOf = ({ port, username, privateKey, fingerprint }: OpenSsh, over: Partial<BankSettings> = {}) => ({
  host: '127.0.0.1',
  port,
  username,
  authentication: { method: 'privateKey' as const, privateKey: Secret.of(privateKey) },
  hostKeyFingerprints: [fingerprint],
  ...over,
})

async function open(server: OpenSsh, over: Partial<BankSettings> = {}) {
  const session = await bank.connect(settingsOf(server, over))
  onTestFinished(() => session.close())
  return session
}

describe('OpenSSH', () => {
  test('agrees on what we like best, and nothing of it is old', async () => {
    const { algorithms } = await open(await start())
    expect(algorithms).toEqual({
      names: ['curve25519-sha256', 'ssh-ed25519', 'aes256-gcm@openssh.com'],
      legacy: [],
    })
  })

  test('a key that is not the authorized one is a refused login', async () => {
    const server = await start()
    const authentication = { method: 'privateKey' as const, privateKey: Secret.of(makeKeyPair().private) }
    expect(await faultOf(bank.connect(settingsOf(server, { authentication })))).toBe('badLogin')
  })

  test('the right password logs in and a file arrives; another one, or one letter less, is a refused login', async () => {
    const server = await start({ password: true })
    const given = (password: string) => ({ method: 'password' as const, password: Secret.of(password) })
    const session = await open(server, { authentication: given(PASSWORD) })
    const bytes = randomBytes(9400)
    const path = join(server.folder, 'inbox', 'a.ach')
    await session.uploadExclusive(path, bytes)
    expect((await readFile(path)).equals(bytes)).toBe(true)
    for (const wrong of ['not the password', PASSWORD.slice(0, -1)]) {
      expect(await faultOf(bank.connect(settingsOf(server, { authentication: given(wrong) })))).toBe('badLogin')
    }
  })

  test('another host key than the confirmed one: nothing is sent, and one of several pins will do', async () => {
    const [old, changed] = [await start(), await start()]
    const pins = [old.fingerprint]
    expect(await faultOf(bank.connect(settingsOf(changed, { hostKeyFingerprints: pins })))).toBe('hostKeyChanged')
    const session = await open(changed, { hostKeyFingerprints: [...pins, changed.fingerprint] })
    expect(session.hostKeyFingerprint).toBe(changed.fingerprint)
  })

  test('after another key was shown, nobody connects until the keys are confirmed anew', async () => {
    const server = await start()
    const blocked = settingsOf(server, { hostKeyRefusedAt: '2026-11-21T10:00:00.000Z' })
    expect(await faultOf(bank.connect(blocked))).toBe('hostKeyChanged')
  })

  test('where we may only read, an upload is refused for the missing permission', async () => {
    const server = await start({ sftp: 'internal-sftp -R' })
    const session = await open(server)
    const path = join(server.folder, 'inbox', 'a.ach')
    expect(await faultOf(session.uploadExclusive(path, randomBytes(1000)))).toBe('noPermission')
    expect(await session.stat(path)).toBeNull()
  })

  test('space that is full is said in those words, and the file has no final name', async () => {
    const server = await start({ fileBytesMax: 1_048_576 })
    const session = await open(server)
    const path = join(server.folder, 'inbox', '.a.ach.1.part')
    await session.uploadExclusive(`${path}-small`, randomBytes(900_000))
    expect(await faultOf(session.uploadExclusive(path, randomBytes(3_000_000)))).toBe('diskFull')
    expect((await stat(path)).size).toBeLessThanOrEqual(1_048_576)
  })

  test('a session that is killed in the middle of a file is a lost connection, and what is there is not whole', async () => {
    const server = await start()
    const session = await open(server)
    const path = join(server.folder, 'inbox', '.b.ach.1.part')
    const uploading = faultOf(session.uploadExclusive(path, randomBytes(64_000_000)))
    await expect
      .poll(
        () =>
          stat(path).then(
            ({ size }) => size,
            () => 0,
          ),
        { interval: 2, timeout: 20_000 },
      )
      .toBeGreaterThan(0)
    await server.killSessions()
    expect(await uploading).toBe('connectionLost')
    expect((await stat(path)).size).toBeLessThan(64_000_000)
    const again = await open(server)
    expect(await again.remove(path)).toBe(true)
  })

  test('64 MB arrive whole', { timeout: 60_000 }, async () => {
    const server = await start()
    const session = await open(server)
    const bytes = randomBytes(64_000_000)
    const path = join(server.folder, 'inbox', 'large')
    await session.uploadExclusive(path, bytes)
    expect((await bytesOf(session, path, bytes.length)).equals(bytes)).toBe(true)
  })

  test('a directory that cannot be written is found by the probe, and only by it', async () => {
    const server = await start({ sftp: 'internal-sftp -R' })
    const tried = { uploadDirectory: join(server.folder, 'inbox'), acknowledgementDirectory: null, now: new Date() }
    expect((await testConnection(bank, settingsOf(server), tried)).passed).toBe(true)
    const probed = await testConnection(bank, settingsOf(server), { ...tried, probeName: '.fistworks-probe' })
    expect(probed.steps.filter(({ outcome }) => outcome === 'failed').map(({ step }) => step)).toEqual(['writeProbe'])
  })
})

describe('a bank with old software', () => {
  const OLD = ['KexAlgorithms diffie-hellman-group14-sha1', 'MACs hmac-sha1', 'Ciphers aes256-ctr']
  const RSA = ['HostKeyAlgorithms ssh-rsa']
  const now = new Date('2026-11-21T10:00:00Z')
  const until = '2026-12-01T00:00:00.000Z'
  const at = (time: string) => createSftpBank({ addresses, now: () => new Date(time) })

  test('is reached while that is allowed, says what is old, and is refused with why after the end', async () => {
    const server = await start({ lines: [...OLD, ...RSA], hostKey: 'rsa' })
    const allowed = settingsOf(server, { legacyAlgorithmsUntil: until })
    const session = await at('2026-11-30T23:59:59Z').connect(allowed)
    expect(session.algorithms?.legacy.toSorted()).toEqual(['diffie-hellman-group14-sha1', 'hmac-sha1', 'ssh-rsa'])
    await session.close()
    expect(await faultOf(at(until).connect(allowed))).toBe('legacyEnded')
    expect(await faultOf(at('2026-11-21T00:00:00Z').connect(settingsOf(server)))).toBe('noCommonCipher')
    const { passed, steps } = await testConnection(at(until), allowed, {
      uploadDirectory: server.folder,
      acknowledgementDirectory: null,
      now,
    })
    expect(passed).toBe(false)
    expect(steps.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      step: 'algorithms',
      detail: expect.stringContaining('limited time'),
    })
  })

  test('a server with both uses nothing old, also while old algorithms are allowed', async () => {
    const server = await start()
    const session = await at('2026-11-21T00:00:00Z').connect(settingsOf(server, { legacyAlgorithmsUntil: until }))
    expect(session.algorithms?.legacy).toEqual([])
    await session.close()
  })

  test.each([
    ['group 1', ['KexAlgorithms diffie-hellman-group1-sha1']],
    ['CBC', ['Ciphers aes128-cbc']],
    ['MD5', ['MACs hmac-md5', 'Ciphers aes256-ctr']],
  ])('%s is refused all the same', async (_name, lines) => {
    const server = await start({ lines })
    const settings = settingsOf(server, { legacyAlgorithmsUntil: until })
    expect(await faultOf(at('2026-11-21T00:00:00Z').connect(settings))).toBe('noCommonCipher')
  })

  test('its host key is shown by a scan', async () => {
    const server = await start({ lines: [...OLD, ...RSA], hostKey: 'rsa' })
    const scanned = await scanHostKey('127.0.0.1', server.port, { addresses })
    expect(scanned).toEqual({ algorithm: 'ssh-rsa', fingerprint: server.fingerprint })
  })
})
