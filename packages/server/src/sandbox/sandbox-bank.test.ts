import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { BankSession } from '../banks/bank.ts'
import { createSftpBank } from '../banks/sftp-bank.ts'
import { Secret } from '../secret.ts'
import { createDeliveries } from '../submissions/testing/delivery.ts'
import { SEEDED } from '../testing/payments.ts'
import { receivedFiles } from './bank-view.ts'
import { maskRecords } from './mask-records.ts'
import { type SandboxBank, startSandboxBank } from './sandbox-bank.ts'

const sftp = createSftpBank({ addresses: { privateRanges: ['127.0.0.1/32'], ports: [] } })
const US = 'org_us'
let folder: string
let bank: SandboxBank

const options = () => ({
  folder: join(folder, 'bank'),
  host: '127.0.0.1',
  port: 0,
  hostKeyFile: join(folder, 'host-key'),
  now: () => new Date('2026-11-23T15:00:00Z'),
})
const settings = (username = US) => ({
  host: '127.0.0.1',
  port: bank.port,
  username,
  authentication: { method: 'password', password: Secret.of(bank.loginOf(username).password) } as const,
  hostKeyFingerprints: [bank.fingerprint()],
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fistworks-sandbox-'))
  bank = await startSandboxBank(options())
  return async () => {
    await bank.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

async function connected<T>(work: (session: BankSession) => Promise<T>, username?: string): Promise<T> {
  const session = await sftp.connect(settings(username))
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

const answerTo = (name: string) =>
  vi.waitFor(() => readFile(join(folder, 'bank', US, 'outbox', `${name}.ack`), 'utf8'), { timeout: 10_000 })

async function received(username = US) {
  const customer = await bank.customer(username)
  return customer === null ? [] : receivedFiles(customer)
}

describe('the sandbox bank', () => {
  test('acknowledges a delivered file: the whole way from approval to acknowledged', async () => {
    const deliveries = await createDeliveries()
    const file = await deliveries.submit({
      settings: settings(),
      uploadDirectory: '/inbox',
      acknowledgementDirectory: '/outbox',
    })
    await deliveries.run()
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    expect(await answerTo(file.fileName)).toBe(`ACCEPTED ${sha256}\n`)
    deliveries.tenants.clock.now = new Date(deliveries.tenants.clock.now.getTime() + 60_000)
    await deliveries.run()
    expect(await file.submission()).toMatchObject({ state: 'acknowledged' })
    expect((await readFile(join(folder, 'bank', US, 'inbox', file.fileName))).equals(file.bytes)).toBe(true)

    const [shown] = await received()
    expect(shown).toMatchObject({ name: file.fileName, sizeBytes: file.bytes.length, isAcknowledged: true })
    expect(file.bytes.toString('latin1')).toContain(SEEDED.accountNumber)
    for (const secret of [SEEDED.accountNumber, SEEDED.routingNumber, SEEDED.routingNumber.slice(0, 8)]) {
      expect(JSON.stringify(shown)).not.toContain(secret)
    }
    await deliveries.close()
  })

  test('refuses what is no NACHA file, and says what is wrong', async () => {
    await connected((session) => session.uploadExclusive('/inbox/nonsense.ach', Buffer.from('hello')))
    expect(await answerTo('nonsense.ach')).toMatch(/^REJECTED .+/)
    expect(await received()).toMatchObject([{ name: 'nonsense.ach', answers: [] }])
  })

  test('does not read a file before it has its final name', async () => {
    await connected(async (session) => {
      await session.uploadExclusive('/inbox/.a.ach.1.part', Buffer.from('hello'))
      await session.rename('/inbox/.a.ach.1.part', '/inbox/a.ach')
      await answerTo('a.ach')
      expect((await session.listDirectory('/outbox')).toSorted()).toEqual(['a.ach.ack'])
    })
  })

  test('keeps its key, its passwords and its files over a restart, and answers what it had not', async () => {
    await connected((session) => session.uploadExclusive('/inbox/before.ach', Buffer.from('hello')))
    await answerTo('before.ach')
    await bank.stop()
    await writeFile(join(folder, 'bank', US, 'inbox', 'while-away.ach'), 'hello')
    const before = { fingerprint: bank.fingerprint(), password: bank.loginOf(US).password }
    bank = await startSandboxBank(options())
    expect({ fingerprint: bank.fingerprint(), password: bank.loginOf(US).password }).toEqual(before)
    expect(await answerTo('while-away.ach')).toMatch(/^REJECTED/)
    expect((await stat(join(folder, 'host-key'))).mode & 0o777).toBe(0o600)
  })

  test('shows no customer anything of another, and lets nobody in with the password of another', async () => {
    await connected((session) => session.uploadExclusive('/inbox/ours.ach', Buffer.from('hello')))
    await answerTo('ours.ach')
    await connected(async (session) => {
      expect(await session.listDirectory('/inbox')).toEqual([])
      expect(await session.listDirectory('/outbox')).toEqual([])
      await expect(session.uploadExclusive('/inbox/../../org_us/inbox/x', Buffer.from('x'))).rejects.toMatchObject({
        code: 'directoryMissing',
      })
    }, 'org_them')
    const stolen = { ...settings('org_them'), authentication: settings(US).authentication }
    await expect(sftp.connect(stolen)).rejects.toMatchObject({ code: 'badLogin' })
    await expect(sftp.connect(settings('../org_us'))).rejects.toMatchObject({ code: 'badLogin' })
  })

  test('does not follow a link out of its folder', async () => {
    await connected(async () => {})
    await writeFile(join(folder, 'private'), 'private')
    await symlink(join(folder, 'private'), join(folder, 'bank', US, 'inbox', 'link.ach'))
    await bank.stop()
    bank = await startSandboxBank(options())
    expect(await received()).toEqual([])
    await connected(async (session) => {
      await expect(session.rename('/inbox/link.ach', '/inbox/b.ach')).rejects.toMatchObject({ code: 'refused' })
      await expect(session.uploadExclusive('/outbox/mine', Buffer.from('x'))).rejects.toMatchObject({
        code: 'noPermission',
      })
      await expect(session.uploadExclusive('/inbox/../../escape', Buffer.from('x'))).rejects.toMatchObject({
        code: 'directoryMissing',
      })
    })
  })
})

describe('masking of records', () => {
  test('an entry shows the last digits of its numbers and nothing of the rest', () => {
    const entry = `622091000019${'8800123456000001'.padEnd(17)}0000012345${'ID-123456'.padEnd(15)}${'Acme Supply'.padEnd(22)}  0121042880000001`
    expect(entry).toHaveLength(94)
    const masked = maskRecords(entry)
    expect(masked).toHaveLength(94)
    expect(masked).toContain('*****0019')
    expect(masked).toContain('************0001')
    expect(masked).toContain('0000012345')
    expect(masked).toContain('Acme Supply')
    expect(masked).not.toContain('8800123456')
    expect(masked).not.toContain('12104288')
  })

  test('what is no record is masked as a whole', () => {
    expect(maskRecords('account 8800123456')).toBe('account ******3456')
  })
})
