import { type Server, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { selfSignedCertificate } from '../../vault/testing/certificate.ts'

export interface Received {
  from: string
  to: string[]
  text: string
  isEncrypted: boolean
}

/** A real SMTP server in this process, with a certificate of its own for 127.0.0.1. */
export interface SmtpDouble {
  port: number
  /** What to trust to reach it. */
  ca: string
  received: Received[]
  /** The status it answers a message with once, by the step that does so. */
  refuseNext(step: 'receiver' | 'message', status: number): void
  /** Cuts the connection in the middle of the next message. */
  cutNext(): void
  close(): Promise<void>
}

export async function startSmtpDouble(options: SMTPServerOptions = {}): Promise<SmtpDouble> {
  const { cert, key } = selfSignedCertificate()
  const received: Received[] = []
  const next: { receiver?: number | undefined; message?: number | undefined; cut: boolean } = { cut: false }
  const refusal = (step: 'receiver' | 'message') => {
    const status = next[step]
    next[step] = undefined
    return status === undefined ? null : Object.assign(new Error('not this one'), { responseCode: status })
  }
  const server = new SMTPServer({
    cert,
    key,
    authMethods: ['PLAIN'],
    onAuth: ({ username, password }, _, done) => {
      const isRight = username === 'ach' && password === 'right'
      done(isRight ? null : new Error('no'), isRight ? { user: 'ach' } : undefined)
    },
    onRcptTo: (_, __, done) => done(refusal('receiver')),
    onData: (stream, session, done) => {
      if (next.cut) {
        next.cut = false
        server.connections.forEach((connection) => connection.close())
        return
      }
      void text(stream).then((raw) => {
        const refused = refusal('message')
        if (refused !== null) return done(refused)
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : (mailFrom?.address ?? '')
        const isEncrypted = session.secure
        received.push({ from, to: rcptTo.map(({ address }) => address), text: raw, isEncrypted })
        return done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: portOf(server.server as Server),
    ca: cert,
    received,
    refuseNext: (step, status) => void (next[step] = status),
    cutNext: () => void (next.cut = true),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** A server that takes connections and never says a word. */
export async function startSilentServer(): Promise<{ port: number; close(): Promise<void> }> {
  const open = new Set<{ destroy(): void }>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: portOf(server),
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  return address.port
}
