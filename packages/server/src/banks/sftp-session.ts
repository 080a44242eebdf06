import type { Client, SFTPWrapper, Stats } from 'ssh2'
import type { BankSession, RemoteEntry, RemoteFile } from './bank.ts'
import { BankFault, type BankFaultCode } from './bank-fault.ts'

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

/** Every server takes chunks of this size; this many on the way keep a fast line full and memory flat. */
const CHUNK_BYTES = 32 * 1024
const CHUNKS_ON_THE_WAY = 32

const STATUS = { endOfFile: 1, noSuchFile: 2, permissionDenied: 3, failure: 4, noConnection: 6, connectionLost: 7 }
/** Words of later protocol versions that some servers use anyway. */
const STATUS_FAULTS: Record<number, BankFaultCode> = {
  [STATUS.noSuchFile]: 'fileMissing',
  [STATUS.permissionDenied]: 'noPermission',
  [STATUS.noConnection]: 'connectionLost',
  [STATUS.connectionLost]: 'connectionLost',
  10: 'directoryMissing',
  11: 'nameExists',
  12: 'noPermission',
  14: 'diskFull',
  15: 'diskFull',
}

type SftpError = Error & { code?: unknown }
type Answer<T> = (error: SftpError | undefined | null, value: T) => void

function faultOf(error: SftpError): BankFault {
  if (typeof error.code !== 'number') return new BankFault('connectionLost')
  return new BankFault(STATUS_FAULTS[error.code] ?? 'refused', `SFTP status ${error.code}`)
}

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
      return { isFile: found.isFile(), isDirectory: found.isDirectory(), sizeBytes: found.size }
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
      const entries = await call<{ filename: string }[]>((answer) => sftp.readdir(path, answer)).catch((fault) => {
        throw isFault(fault, 'fileMissing') ? new BankFault('directoryMissing') : fault
      })
      return entries.map((entry) => entry.filename)
    },
    listFiles: (path, max) => listFiles(call, sftp, path, max),
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

type Call = <T>(ask: (answer: Answer<T>) => void) => Promise<T>

/** Makes a question fail when the connection ends or the answer takes too long; then the connection is given up. */
function caller(ssh: Client, operationMs: number): { call: Call; isLost(): boolean } {
  const waiting = new Set<(fault: BankFault) => void>()
  let lost: BankFault | null = null
  const lose = (fault: BankFault) => {
    lost ??= fault
    for (const reject of waiting) reject(lost)
    waiting.clear()
  }
  ssh.on('error', (error) => lose(new BankFault(error.level === 'client-timeout' ? 'timedOut' : 'connectionLost')))
  ssh.on('close', () => lose(new BankFault('connectionLost')))
  ssh.on('end', () => lose(new BankFault('connectionLost')))
  const call = <T>(ask: (answer: Answer<T>) => void) =>
    new Promise<T>((resolve, reject) => {
      if (lost !== null) return reject(lost)
      const timer = setTimeout(() => {
        lose(new BankFault('timedOut'))
        ssh.destroy()
      }, operationMs)
      const fail = (fault: BankFault) => {
        clearTimeout(timer)
        waiting.delete(fail)
        reject(fault)
      }
      waiting.add(fail)
      ask((error, value) => {
        if (error) return fail(faultOf(error))
        clearTimeout(timer)
        waiting.delete(fail)
        resolve(value)
      })
    })
  return { call, isLost: () => lost !== null }
}

async function upload(call: Call, sftp: SFTPWrapper, path: string, bytes: Uint8Array, transferMs: number) {
  const handle = await call<Buffer>((answer) => sftp.open(path, 'wx', { mode: 0o600 }, answer)).catch((fault) => {
    throw isFault(fault, 'fileMissing') ? new BankFault('directoryMissing') : fault
  })
  await writeAll(call, sftp, handle, bytes, performance.now() + transferMs)
  if (offersFsync(sftp)) {
    await call((answer) => sftp.ext_openssh_fsync(handle, (error) => answer(error, undefined))).catch(storageFault)
  }
  await call((answer) => sftp.close(handle, (error) => answer(error, undefined))).catch(storageFault)
}

/** Keeps a fixed number of chunks on the way, so that memory does not grow with the file. */
async function writeAll(call: Call, sftp: SFTPWrapper, handle: Buffer, bytes: Uint8Array, until: number) {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let next = 0
  async function lane(): Promise<void> {
    while (next < source.length) {
      if (performance.now() > until) throw new BankFault('timedOut')
      const offset = next
      const length = Math.min(CHUNK_BYTES, source.length - offset)
      next += length
      await call((answer) => sftp.write(handle, source, offset, length, offset, (error) => answer(error, undefined)))
    }
  }
  await Promise.all(Array.from({ length: CHUNKS_ON_THE_WAY }, lane)).catch(storageFault)
}

/** Asks for one handful of names after the other, and for no more than are wanted. */
async function listFiles(call: Call, sftp: SFTPWrapper, path: string, max: number) {
  const handle = await call<Buffer>((answer) => sftp.opendir(path, answer)).catch((fault) => {
    throw isFault(fault, 'fileMissing') ? new BankFault('directoryMissing') : fault
  })
  const files: RemoteEntry[] = []
  try {
    for (;;) {
      const some = await nextNames(call, sftp, handle)
      if (some === null) return { files, isAll: true }
      files.push(...some)
      if (files.length > max) return { files: files.slice(0, max), isAll: false }
    }
  } finally {
    await call((answer) => sftp.close(handle, (error) => answer(error, undefined))).catch(() => undefined)
  }
}

/** `null` when there are no more. */
function nextNames(call: Call, sftp: SFTPWrapper, handle: Buffer): Promise<RemoteEntry[] | null> {
  return call<RemoteEntry[] | null>((answer) =>
    sftp.readdir(handle, (error, entries) => {
      if (error) return (error as SftpError).code === STATUS.endOfFile ? answer(undefined, null) : answer(error, null)
      const real = entries.filter(({ filename }) => filename !== '.' && filename !== '..')
      answer(
        undefined,
        real.map(({ filename, attrs }) => ({
          name: filename,
          isFile: attrs.isFile(),
          sizeBytes: attrs.size,
          modifiedAt: Number.isSafeInteger(attrs.mtime) ? attrs.mtime : null,
        })),
      )
    }),
  )
}

/** A "failure" while writing has one usual cause, and the protocol has no word for it. */
function storageFault(fault: unknown): never {
  throw isFault(fault, 'refused') ? new BankFault('diskFull', 'SFTP status 4') : fault
}

async function* readAll(
  call: Call,
  sftp: SFTPWrapper,
  path: string,
  maxBytes: number,
  transferMs: number,
): AsyncGenerator<Uint8Array> {
  const handle = await call<Buffer>((answer) => sftp.open(path, 'r', answer))
  try {
    const until = performance.now() + transferMs
    for (let position = 0; ; ) {
      if (performance.now() > until) throw new BankFault('timedOut')
      const window = await Promise.all(
        Array.from({ length: CHUNKS_ON_THE_WAY }, (_, index) =>
          readChunk(call, sftp, handle, position + index * CHUNK_BYTES),
        ),
      )
      for (const chunk of window) {
        position += chunk.length
        if (position > maxBytes) throw new BankFault('tooLarge')
        if (chunk.length > 0) yield chunk
        if (chunk.length < CHUNK_BYTES) {
          if (chunk.length === 0) return
          break
        }
      }
    }
  } finally {
    await call((answer) => sftp.close(handle, (error) => answer(error, undefined))).catch(() => undefined)
  }
}

async function readChunk(call: Call, sftp: SFTPWrapper, handle: Buffer, position: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  const length = await call<number>((answer) =>
    sftp.read(handle, buffer, 0, buffer.length, position, (error, bytesRead) => {
      const code = (error as SftpError | undefined)?.code
      return code === STATUS.endOfFile ? answer(undefined, 0) : answer(error, bytesRead)
    }),
  )
  return buffer.subarray(0, length)
}

function offersFsync(sftp: SFTPWrapper): boolean {
  return (sftp as unknown as { _extensions?: Record<string, string> })._extensions?.['fsync@openssh.com'] === '1'
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

function isFault(fault: unknown, code: BankFaultCode): boolean {
  return fault instanceof BankFault && fault.code === code
}
