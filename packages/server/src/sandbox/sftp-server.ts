import { createHash, timingSafeEqual } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { AuthContext, Connection, Server as SshServer } from 'ssh2'
import { fingerprintOf } from '../banks/host-key.ts'
import { Server, utils } from '../banks/ssh2.ts'
import { type SftpServing, serveSftp } from './sftp-requests.ts'

/** Somebody who may log in, and what they find. */
export interface SftpAccount {
  password: string
  serve(connection: Connection): Promise<SftpServing>
}

export interface SftpServerOptions {
  host: string
  port: number
  /** OpenSSH or PEM text; asked for at each connection, so that the key can change. */
  hostKey(): string
  /** `null` for a name that nobody has. */
  accountOf(username: string): SftpAccount | null
  /** Hears of each new connection, to be able to cut it. */
  onConnection?(connection: Connection): void
}

export interface SftpServer {
  port: number
  stop(): Promise<void>
}

/** A small SFTP server. */
export async function startSftpServer(options: SftpServerOptions): Promise<SftpServer> {
  const connections = new Set<Connection>()
  const byKey = new Map<string, SshServer>()

  /** ssh2 takes its host key when it is made. */
  function serverWith(hostKey: string): SshServer {
    const known = byKey.get(hostKey)
    if (known !== undefined) return known
    const server = new Server({ hostKeys: [hostKey] }, (connection) => {
      connections.add(connection)
      options.onConnection?.(connection)
      connection.on('close', () => connections.delete(connection))
      connection.on('error', () => connection.end())
      logIn(connection, options)
    })
    byKey.set(hostKey, server)
    return server
  }

  const listener = createServer((socket) => {
    // Small answers go out at once; waiting to fill a packet costs 40 ms each.
    socket.setNoDelay(true)
    serverWith(options.hostKey()).injectSocket(socket)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(options.port, options.host, resolve)
  })
  return {
    port: (listener.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()))
      for (const connection of connections) cut(connection)
      await closed
    },
  }
}

function logIn(connection: Connection, { accountOf }: SftpServerOptions): void {
  let account: SftpAccount | null = null
  connection.on('authentication', (attempt: AuthContext) => {
    account = attempt.method === 'password' ? accountOf(attempt.username) : null
    const isRight = attempt.method === 'password' && isSame(attempt.password, account?.password ?? '')
    if (isRight && account !== null) attempt.accept()
    else attempt.reject(['password'])
  })
  connection.on('session', (accept) => {
    const serving = account?.serve(connection)
    accept().on('sftp', (acceptSftp, rejectSftp) => {
      serving?.then((found) => serveSftp(acceptSftp(), found)).catch(() => rejectSftp())
    })
  })
}

/** Ends a connection at once, without a word. */
export function cut(connection: Connection): void {
  ;(connection as unknown as { _sock?: Socket })._sock?.destroy()
}

/** The fingerprint of a private key's public half. */
export function fingerprintOfKey(privateKey: string): string {
  const parsed = utils.parseKey(privateKey)
  if (parsed instanceof Error) throw parsed
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  if (key === undefined) throw new Error('The host key cannot be read.')
  return fingerprintOf(key.getPublicSSH())
}

function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}
