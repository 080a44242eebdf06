import type { Client, SFTPWrapper, Stats } from 'ssh2'
import type { BankSession, RemoteFile } from './bank.ts'
import { BankFault, isFault } from './bank-fault.ts'
import { caller } from './sftp-call.ts'
import { listFiles } from './sftp-list.ts'
import { readAll, upload } from './sftp-transfer.ts'

/** How long a bank may take. */
export interface BankLimits {
  connectMs: number
  readyMs: number
  operationMs: number
  transferMs: number
  keepAliveMs: number
  keepAliveCount: number
}

export const BANK_LIMITS: BankLimits = {
  connectMs: 10_000,
  readyMs: 20_000,
  operationMs: 30_000,
  transferMs: 300_000,
  keepAliveMs: 10_000,
  keepAliveCount: 3,
}

/** Names of one directory that are looked at, whoever asks for all. */
const NAMES_MAX = 10_000

/** The operations of one open connection. */
export function createSftpSession(
  ssh: Client,
  sftp: SFTPWrapper,
  hostKeyFingerprint: string,
  limits: BankLimits,
): BankSession {
  const { call, isLost } = caller(ssh, limits.operationMs)

  async function stat(path: string): Promise<RemoteFile | null> {
    try {
      const found = await call<Stats>((answer) => sftp.lstat(path, answer))
      const file = { isFile: found.isFile(), isDirectory: found.isDirectory(), sizeBytes: found.size }
      return Number.isSafeInteger(found.mtime) ? { ...file, modifiedAt: found.mtime } : file
    } catch (fault) {
      if (isFault(fault, 'fileMissing')) return null
      throw fault
    }
  }

  /** Servers answer "failure" for a name that is taken; whether it is, only a look can tell. */
  async function sayWhy(fault: unknown, target: string): Promise<never> {
    if (isFault(fault, 'refused') && (await stat(target)) !== null) throw new BankFault('nameExists', 'SFTP status 4')
    throw fault
  }

  return {
    hostKeyFingerprint,
    stat,
    uploadExclusive: (path, bytes) =>
      upload(call, sftp, path, bytes, limits.transferMs).catch((fault) => sayWhy(fault, path)),
    async listDirectory(path) {
      const { files } = await listFiles(call, sftp, path, NAMES_MAX, limits.transferMs)
      return files.map(({ name }) => name)
    },
    listFiles: (path, max) => listFiles(call, sftp, path, max, limits.transferMs),
    async rename(from, to) {
      await call((answer) => sftp.rename(from, to, (error) => answer(error, undefined))).catch((fault) =>
        sayWhy(fault, to),
      )
    },
    async remove(path) {
      try {
        await call((answer) => sftp.unlink(path, (error) => answer(error, undefined)))
        return true
      } catch (fault) {
        if (isFault(fault, 'fileMissing')) return false
        throw fault
      }
    },
    readFile: (path, maxBytes) => readAll(call, sftp, path, maxBytes, limits.transferMs),
    async close() {
      if (!isLost()) await ended(ssh)
    },
  }
}

function ended(ssh: Client): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => ssh.destroy(), 2_000)
    ssh.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    ssh.end()
  })
}
