import { lookup, Resolver } from 'node:dns/promises'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { checkedAddress, type Lookup } from '../banks/address-guard.ts'
import { BankFault } from '../banks/bank-fault.ts'
import { hostOf, isLocalName, isLoopback, openRanges, type WebhookPolicy } from './endpoint-url.ts'
import type { WebhookFault } from './webhook-fault.ts'

export interface WebhookMessage {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
  /** Gives up when it is aborted. */
  signal: AbortSignal
}

/** How a try ended: an answer, or none. */
export type WebhookResult = { status: number; retryAfter: string | undefined } | { fault: WebhookFault }

/** Sends one message. It never throws for what the endpoint does. */
export type SendWebhook = (message: WebhookMessage) => Promise<WebhookResult>

export interface SenderOptions extends WebhookPolicy {
  /** The internet's own unless told. */
  resolve?: Lookup
  /** 15 s unless told. */
  timeoutMs?: number
  /** Certificates to trust beside those that Node knows, PEM. */
  ca?: string
}

const TIMEOUT_MS = 15_000
const ANSWER_BYTES_MAX = 64 * 1024
const DNS = { timeout: 4_000, tries: 2 }

/**
 * Speaks to endpoints: HTTPS to public addresses only, without redirects. The name is looked up anew for each message,
 * and the connection goes to the very address that was checked, so that DNS cannot change in between.
 */
export function createWebhookSender(options: SenderOptions): SendWebhook {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  return async (message) => {
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), timeoutMs)
    const signal = AbortSignal.any([message.signal, deadline.signal])
    const onClosed = () => clearTimeout(timer)
    try {
      return await unlessAborted(send(message, options, signal, onClosed), signal)
    } catch (error) {
      onClosed()
      return { fault: deadline.signal.aborted ? 'timedOut' : faultOf(error) }
    }
  }
}

async function send(
  { url: text, headers, body }: WebhookMessage,
  options: SenderOptions,
  signal: AbortSignal,
  onClosed: () => void,
): Promise<WebhookResult> {
  const url = new URL(text)
  const isTls = url.protocol === 'https:'
  const host = hostOf(url)
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port)
  const policy = { privateRanges: openRanges(options), ports: [443] }
  const address = await checkedAddress(host, port, policy, options.resolve ?? resolveName)
  if (!isTls && !isLoopback(address)) throw new BankFault('addressRefused')
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = (isTls ? httpsRequest : httpRequest)({
      host: address,
      port,
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      headers: { ...headers, Host: url.host, 'Content-Length': String(Buffer.byteLength(body)) },
      agent: false,
      signal,
      // The name, not the address, is what the certificate must be for.
      ...(isTls ? { servername: isIP(host) === 0 ? host : '', rejectUnauthorized: true, minVersion: 'TLSv1.2' } : {}),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    })
    request.on('response', resolve)
    request.on('error', reject)
    request.on('close', () => {
      onClosed()
      reject(new Error('closed'))
    })
    request.end(body)
  })
  letGo(response)
  return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }
}

/** The answer is read to its end so that the endpoint is not cut off, but not without bound, and nobody looks at it. */
function letGo(response: IncomingMessage): void {
  let bytes = 0
  response.on('error', () => {})
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > ANSWER_BYTES_MAX) response.destroy()
  })
}

/** Asks DNS itself: the look-up of the system would keep a thread that others need for as long as a name server is silent. */
const resolveName: Lookup = async (host) => {
  if (isIP(host) !== 0) return [host]
  if (isLocalName(host)) return (await lookup('localhost', { all: true })).map(({ address }) => address)
  const resolver = new Resolver(DNS)
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const found = [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  if (found.length === 0 && four.status === 'rejected') throw four.reason
  return found
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('aborted'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

const CERTIFICATE = /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/
const UNREACHABLE = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ETIMEDOUT'])

function faultOf(error: unknown): WebhookFault {
  if (error instanceof BankFault) return error.code === 'addressUnknown' ? 'addressUnknown' : 'addressRefused'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (CERTIFICATE.test(code)) return 'certificate'
  return UNREACHABLE.has(code) ? 'unreachable' : 'connectionLost'
}
