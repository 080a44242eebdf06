import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fingerprintOfKey } from '../../sandbox/sftp-server.ts'
import { makeKeyPair } from '../key-pair.ts'
import { utils } from '../ssh2.ts'
import { ownAccounts } from './own-accounts.ts'

/** A real OpenSSH server of one's own. */
export interface OpenSsh {
  port: number
  username: string
  privateKey: string
  fingerprint: string
  /** On disk; the login directory is not it, so use it with absolute paths. */
  folder: string
  /** Kills every session at once, as when its machine goes down; the server goes on. */
  killSessions(): Promise<void>
  stop(): Promise<void>
}

export interface OpenSshOptions {
  /** Further lines of its configuration; the first word on a matter counts. */
  lines?: readonly string[]
  /** What serves files, with its options. */
  sftp?: string
  /** Larger files cannot be written: the system refuses, as it does when a disk is full. In steps of 1,024 bytes. */
  fileBytesMax?: number
  hostKey?: 'ed25519' | 'rsa'
  /** Takes `PASSWORD` of `own-accounts.ts` too, whatever the passwords of the system are. */
  password?: boolean
}

const STARTS_WITHIN_MS = 15_000

/**
 * Starts `sshd` on a free port of 127.0.0.1 as the current user: own keys, own configuration, files only. Found at
 * `$SSHD_PATH` or `/usr/sbin/sshd`. `folder` has an `inbox` and an `outbox`.
 */
export async function startOpenSsh(options: OpenSshOptions = {}): Promise<OpenSsh> {
  const program = process.env['SSHD_PATH'] ?? '/usr/sbin/sshd'
  if (!existsSync(program)) {
    throw new Error(`There is no OpenSSH server at ${program}: install openssh-server or set SSHD_PATH.`)
  }
  const home = await mkdtemp(join(tmpdir(), 'fistworks-sshd-'))
  const folder = join(home, 'files')
  for (const name of ['inbox', 'outbox']) await mkdir(join(folder, name), { recursive: true, mode: 0o700 })
  const hostKey = options.hostKey === 'rsa' ? utils.generateKeyPairSync('rsa', { bits: 2048 }) : makeKeyPair()
  const userKey = makeKeyPair()
  await writeFile(join(home, 'host_key'), hostKey.private, { mode: 0o600 })
  await writeFile(join(home, 'authorized_keys'), `${userKey.public}\n`, { mode: 0o600 })
  const { username } = userInfo()
  const port = await freePort()
  await writeFile(join(home, 'sshd_config'), configuration(home, port, username, options), { mode: 0o600 })
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
  const args = ['-D', '-f', join(home, 'sshd_config'), '-E', join(home, 'log')]
  const accounts = options.password ? await ownAccounts(home, username) : {}
  const server = spawnLimited(program, args, { ...process.env, ...accounts }, options.fileBytesMax)
  const stop = async () => {
    await ended(server)
    await rm(home, { recursive: true, force: true })
  }
  try {
    await answers(server, port)
  } catch (error) {
    const log = await readFile(join(home, 'log'), 'utf8').catch(() => '')
    await stop()
    throw new Error(`The OpenSSH server did not start: ${log}`, { cause: error })
  }
  const fingerprint = fingerprintOfKey(hostKey.private)
  const killSessions = () => killChildren(server.pid ?? 0)
  return { port, username, privateKey: userKey.private, fingerprint, folder, killSessions, stop }
}

function configuration(home: string, port: number, username: string, options: OpenSshOptions): string {
  const sftp = options.sftp ?? 'internal-sftp'
  return [
    ...(options.lines ?? []),
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(home, 'host_key')}`,
    `AuthorizedKeysFile ${join(home, 'authorized_keys')}`,
    `PidFile ${join(home, 'pid')}`,
    `AllowUsers ${username}`,
    'PermitRootLogin yes',
    `PasswordAuthentication ${options.password ? 'yes' : 'no'}`,
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    'MaxStartups 100:30:200',
    `Subsystem sftp ${sftp}`,
    `ForceCommand ${sftp}`,
    '',
  ].join('\n')
}

/** A write past the limit gives an error instead of a signal, which the shell ignores for all that it starts. */
function spawnLimited(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  fileBytesMax: number | undefined,
): ChildProcess {
  if (fileBytesMax === undefined) return spawn(program, args, { stdio: 'ignore', env })
  const script = `trap '' XFSZ; ulimit -f ${Math.floor(fileBytesMax / 1024)}; exec "$0" "$@"`
  return spawn('bash', ['-c', script, program, ...args], { stdio: 'ignore', env })
}

/** Each session is a process with processes of its own. */
async function killChildren(pid: number): Promise<void> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  for (const child of children.trim().split(' ').filter(Boolean).map(Number)) {
    await killChildren(child).catch(() => undefined)
    process.kill(child, 'SIGKILL')
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** Knocks until somebody opens. */
async function answers(server: ChildProcess, port: number): Promise<void> {
  const until = Date.now() + STARTS_WITHIN_MS
  while (!(await knock(port))) {
    if (server.exitCode !== null) throw new Error(`sshd ended with ${server.exitCode}`)
    if (Date.now() > until) throw new Error('sshd does not answer')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function knock(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('data', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })
}

function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    server.once('exit', () => resolve())
    server.kill('SIGTERM')
  })
}
