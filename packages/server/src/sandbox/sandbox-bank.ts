import { createHash, createHmac } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAcceptable, validateFile } from '@fistworks/nacha'
import { makeKeyPair } from '../banks/key-pair.ts'
import { maskRecords } from './mask-records.ts'
import { openSftpFolder } from './sftp-folder.ts'
import { startSftpServer } from './sftp-server.ts'

/** A file in the bank's inbox, as a page may show it. */
export interface SandboxFile {
  name: string
  sizeBytes: number
  receivedAt: Date
  verdict: 'accepted' | 'rejected' | 'being read'
  /** The records with every number masked. */
  maskedText: string
}

/** A bank on this machine: takes files by SFTP in `/inbox` and answers each in `/outbox`. */
export interface SandboxBank {
  port: number
  fingerprint: string
  username: string
  password: string
  /** What lies in the inbox, newest first. */
  inbox(): Promise<SandboxFile[]>
  stop(): Promise<void>
}

const USERNAME = 'sandbox'
const SHOWN_BYTES_MAX = 100_000
const SHOWN_FILES_MAX = 50
const REASONS_MAX = 5

export async function startSandboxBank(options: {
  /** Where the inbox and the outbox lie. */
  folder: string
  host: string
  port: number
  /** Made at the first start, readable by this user only. The password comes from it, so it stays the same as well. */
  hostKeyFile: string
}): Promise<SandboxBank> {
  const folder = await openSftpFolder(options.folder, ['inbox', 'outbox'], ['inbox'])
  const hostKey = await hostKeyIn(options.hostKeyFile)
  const password = createHmac('sha256', hostKey).update('password of the sandbox bank').digest('base64url')
  const inbox = join(options.folder, 'inbox')
  const outbox = join(options.folder, 'outbox')

  let reading: Promise<void> = Promise.resolve()
  function read(name: string): void {
    reading = reading.then(() => answer(inbox, outbox, name)).catch(() => undefined)
  }
  const server = await startSftpServer({
    host: options.host,
    port: options.port,
    hostKey,
    username: USERNAME,
    password,
    serving: {
      folder,
      between: (_request, work) => work(),
      onPlaced: (path) => read(path.replace('/inbox/', '')),
    },
  })
  for (const name of await readdir(inbox)) read(name)
  return {
    port: server.port,
    fingerprint: server.fingerprint,
    username: USERNAME,
    password,
    inbox: () => sandboxInbox(inbox, outbox),
    async stop() {
      await server.stop()
      await reading
    },
  }
}

async function hostKeyIn(file: string): Promise<string> {
  try {
    await writeFile(file, makeKeyPair().private, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFile(file, 'utf8')
}

/** Reads a complete file and answers it once. Names that begin with a dot are still being written. */
async function answer(inbox: string, outbox: string, name: string): Promise<void> {
  if (name.startsWith('.') || (await exists(join(outbox, `${name}.ack`)))) return
  const bytes = await readPlainFile(join(inbox, name))
  if (bytes === null) return
  const temporary = join(outbox, `.${name}.writing`)
  await writeFile(temporary, `${verdictOn(bytes)}\n`, { mode: 0o600 })
  await rename(temporary, join(outbox, `${name}.ack`))
}

function verdictOn(bytes: Uint8Array): string {
  const violations = validateFile(bytes)
  if (isAcceptable(violations)) return `ACCEPTED ${createHash('sha256').update(bytes).digest('hex')}`
  const errors = violations.filter(({ severity }) => severity === 'error')
  const reasons = errors.slice(0, REASONS_MAX).map(({ line, message }) => (line ? `line ${line}: ${message}` : message))
  const more = errors.length > REASONS_MAX ? ` (and ${errors.length - REASONS_MAX} more)` : ''
  return `REJECTED ${reasons.join('; ')}${more}`
}

async function sandboxInbox(inbox: string, outbox: string): Promise<SandboxFile[]> {
  const names = (await readdir(inbox)).filter((name) => !name.startsWith('.'))
  const files: SandboxFile[] = []
  for (const name of names) {
    const stats = await lstat(join(inbox, name)).catch(() => null)
    if (!stats?.isFile()) continue
    const ack = await readFile(join(outbox, `${name}.ack`), 'utf8').catch(() => '')
    const verdict = ack.startsWith('ACCEPTED') ? 'accepted' : ack === '' ? 'being read' : 'rejected'
    files.push({ name, sizeBytes: stats.size, receivedAt: stats.mtime, verdict, maskedText: '' })
  }
  const newest = files.toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime()).slice(0, SHOWN_FILES_MAX)
  for (const file of newest) {
    const bytes = (await readPlainFile(join(inbox, file.name))) ?? new Uint8Array()
    file.maskedText = maskRecords(Buffer.from(bytes.subarray(0, SHOWN_BYTES_MAX)).toString('latin1'))
  }
  return newest
}

async function readPlainFile(path: string): Promise<Uint8Array | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
    try {
      return (await file.stat()).isFile() ? await file.readFile() : null
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null
}
