import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fingerprintOfKey } from '../../sandbox/sftp-server.ts'
import { makeKeyPair } from '../key-pair.ts'

/** A real OpenSSH server of one's own. */
export interface OpenSsh {
  port: number
  username: string
  privateKey: string
  fingerprint: string
  /** On disk; the login directory is not it, so use it with absolute paths. */
  folder: string
  stop(): Promise<void>
}

const STARTS_WITHIN_MS = 15_000

/**
 * Starts `sshd` on a free port of 127.0.0.1 as the current user: own keys, own configuration, files only. Found at
 * `$SSHD_PATH` or `/usr/sbin/sshd`. `folder` has an `inbox` and an `outbox`.
 */
export async function startOpenSsh(): Promise<OpenSsh> {
  const program = process.env['SSHD_PATH'] ?? '/usr/sbin/sshd'
  if (!existsSync(program)) {
    throw new Error(`There is no OpenSSH server at ${program}: install openssh-server or set SSHD_PATH.`)
  }
  const home = await mkdtemp(join(tmpdir(), 'fistworks-sshd-'))
  const folder = join(home, 'files')
  for (const name of ['inbox', 'outbox']) await mkdir(join(folder, name), { recursive: true, mode: 0o700 })
  const hostKey = makeKeyPair()
  const userKey = makeKeyPair()
  await writeFile(join(home, 'host_key'), hostKey.private, { mode: 0o600 })
  await writeFile(join(home, 'authorized_keys'), `${userKey.public}\n`, { mode: 0o600 })
  const { username } = userInfo()
  const port = await freePort()
  await writeFile(join(home, 'sshd_config'), configuration(home, port, username), { mode: 0o600 })
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
  const server = spawn(program, ['-D', '-f', join(home, 'sshd_config'), '-E', join(home, 'log')], { stdio: 'ignore' })
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
  return { port, username, privateKey: userKey.private, fingerprint: fingerprintOfKey(hostKey.private), folder, stop }
}

function configuration(home: string, port: number, username: string): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(home, 'host_key')}`,
    `AuthorizedKeysFile ${join(home, 'authorized_keys')}`,
    `PidFile ${join(home, 'pid')}`,
    `AllowUsers ${username}`,
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    'MaxStartups 100:30:200',
    'Subsystem sftp internal-sftp',
    'ForceCommand internal-sftp',
    '',
  ].join('\n')
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
