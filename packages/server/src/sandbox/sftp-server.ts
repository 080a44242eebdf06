import { createHash, timingSafeEqual } from 'node:crypto'
import type { AddressInfo, Socket } from 'node:net'
import type { Connection } from 'ssh2'
import { fingerprintOf } from '../banks/host-key.ts'
import { Server, utils } from '../banks/ssh2.ts'
import { type SftpServing, serveSftp } from './sftp-requests.ts'

export interface SftpServerOptions {
  host: string
  port: number
  /** OpenSSH or PEM text. */
  hostKey: string
  username: string
  password: string
  serving: SftpServing
  /** Hears of each new connection, to be able to cut it. */
  onConnection?(connection: Connection): void
}

export interface SftpServer {
  port: number
  fingerprint: string
  stop(): Promise<void>
}

/** A small SFTP server for one user. */
export async function startSftpServer(options: SftpServerOptions): Promise<SftpServer> {
  const connections = new Set<Connection>()
  const server = new Server({ hostKeys: [options.hostKey] }, (connection) => {
    connections.add(connection)
    // Small answers go out at once; waiting to fill a packet costs 40 ms each.
    socketOf(connection)?.setNoDelay(true)
    options.onConnection?.(connection)
    connection.on('close', () => connections.delete(connection))
    connection.on('error', () => connection.end())
    connection.on('authentication', (attempt) => {
      const isKnown =
        attempt.method === 'password' &&
        isSame(attempt.username, options.username) &&
        isSame(attempt.password, options.password)
      if (isKnown) attempt.accept()
      else attempt.reject(['password'])
    })
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serveSftp(acceptSftp(), options.serving))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    fingerprint: fingerprintOfKey(options.hostKey),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const connection of connections) cut(connection)
      await closed
    },
  }
}

/** Ends a connection at once, without a word. */
export function cut(connection: Connection): void {
  socketOf(connection)?.destroy()
}

function socketOf(connection: Connection): Socket | undefined {
  return (connection as unknown as { _sock?: Socket })._sock
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
