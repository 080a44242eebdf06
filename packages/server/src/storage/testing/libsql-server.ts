import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import Database from 'libsql'
import { collectGarbage } from '../collect-garbage.ts'
import { openStream, type Request, wireError } from './hrana.ts'

/** What goes wrong with one request, as a network or a server does it. */
export type Fault = 'drop-before' | 'drop-after' | 'stall' | 'truncate' | 'expire' | 'busy' | 401 | 500 | 503

/** How long a transaction, and a stream without one, may wait for its next request, as the server has it. */
const TRANSACTION_MS = 5_000
const IDLE_MS = 10_000
/** A transaction that a fault left open is given up sooner than a real server does it, so that tests need not wait. */
const STRANDED_MS = 200

interface Kept {
  stream: ReturnType<typeof openStream>
  expiry: NodeJS.Timeout
}

export interface LibsqlServer {
  url: string
  authToken: string
  /** Asked before each request with its body; what it returns happens. */
  fault: (body: string) => Fault | null
  close(): Promise<void>
}

/**
 * Stands in for a libSQL server: the same wire protocol over the real engine, with faults on demand. It proves what
 * our client does, not what the server product does.
 */
export async function startLibsqlServer(path: string, transactionMs = TRANSACTION_MS): Promise<LibsqlServer> {
  new Database(path).exec('PRAGMA journal_mode=WAL')
  const streams = new Map<string, Kept>()
  const http = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('the server has a port')
  const server: LibsqlServer = {
    url: `http://127.0.0.1:${address.port}`,
    authToken: randomBytes(12).toString('hex'),
    fault: () => null,
    async close() {
      for (const { stream } of streams.values()) stream.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
      await collectGarbage()
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.authorization !== `Bearer ${server.authToken}`) return send(response, 401, {})
    if (request.method !== 'POST' || request.url !== '/v2/pipeline') return send(response, 404, {})
    const body = await text(request)
    const fault = server.fault(body)
    if (fault !== null) strand(body)
    if (fault === 'stall') return
    if (fault === 'drop-before') return void request.socket.destroy()
    if (fault === 401) return send(response, fault, { error: 'Unauthorized: the token is not valid' })
    if (fault === 500) return send(response, fault, { message: 'out of order' })
    if (fault === 503) return void response.writeHead(fault).end('no upstream')
    const done = pipeline(body, fault)
    if (fault === 'drop-after') return void request.socket.destroy()
    if (fault === 'truncate') return void response.end(JSON.stringify(done.body).slice(0, 20))
    send(response, done.status, done.body)
  }

  function pipeline(body: string, fault: Fault | null): { status: number; body: object } {
    const { baton, requests }: { baton?: string | null; requests: Request[] } = JSON.parse(body)
    const kept = baton ? streams.get(baton) : undefined
    const stream = baton === null || baton === undefined ? openStream(path) : kept?.stream
    if (baton) streams.delete(baton)
    clearTimeout(kept?.expiry)
    if (!stream || fault === 'expire') {
      stream?.close()
      return { status: 400, body: { message: 'The stream has expired', code: 'STREAM_EXPIRED' } }
    }
    let isClosed = false
    const results = requests.map((one) => {
      try {
        if (one.type === 'close') isClosed = true
        else if (fault === 'busy') throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
        return { type: 'ok', response: stream.run(one) }
      } catch (error) {
        return { type: 'error', error: wireError(error) }
      }
    })
    const next = isClosed ? null : randomBytes(24).toString('base64url')
    if (next === null) stream.close()
    else keep(next, stream, fault === null ? transactionMs : STRANDED_MS)
    return { status: 200, body: { baton: next, base_url: null, results } }
  }

  function keep(baton: string, stream: Kept['stream'], limitMs: number): void {
    const expire = () => {
      if (streams.delete(baton)) stream.close()
    }
    streams.set(baton, { stream, expiry: setTimeout(expire, stream.isInTransaction() ? limitMs : IDLE_MS).unref() })
  }

  /** Whoever sent this hears nothing good, and does not come back to its stream. */
  function strand(body: string): void {
    const { baton }: { baton?: string | null } = JSON.parse(body)
    const kept = baton ? streams.get(baton) : undefined
    if (!baton || kept === undefined) return
    clearTimeout(kept.expiry)
    keep(baton, kept.stream, STRANDED_MS)
  }

  return server
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
