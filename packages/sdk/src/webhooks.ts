import type { Event } from '@fistworks/contract'
import { FISTWorksError } from './error.ts'

/** What came to a webhook endpoint is not to be trusted: answer it with 400 and do nothing. */
export class WebhookError extends FISTWorksError {}
// Set by hand, so that minified code keeps the name.
WebhookError.prototype.name = 'WebhookError'

/** As a server has them: `Headers`, or an object as Node gives it. Names in any case. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

export interface UnwrapOptions {
  /** How far the time of the message may be from the clock, in both directions; 300 unless told. */
  toleranceSeconds?: number
  /** The clock; the machine's own unless told. */
  now?: Date
}

const PREFIX = 'whsec_'
const TOLERANCE_SECONDS = 300
const SIGNATURES_MAX = 10
const HMAC = { name: 'HMAC', hash: 'SHA-256' }

/**
 * Checks a message that came to a webhook endpoint (Standard Webhooks 1.0) and gives its event. Hand it the body just as
 * it came: parsed and written anew it would have another signature. The same event can come more than once: remember its
 * `id`. Works wherever there is WebCrypto.
 * @throws {WebhookError} when it is not from FISTWorks, was changed, or is too old or too new
 * @example
 * const event = await webhooks.unwrap(await request.text(), request.headers, process.env.WEBHOOK_SECRET)
 * if (event.type === 'return.received') await look(event.data.id)
 */
async function unwrap(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string,
  options: UnwrapOptions = {},
): Promise<Event> {
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
    headerOf(headers, `webhook-${name}`),
  )
  if (id === undefined || timestamp === undefined || signatures === undefined) {
    throw new WebhookError(
      'webhook-malformed',
      'The message has no webhook-id, webhook-timestamp or webhook-signature.',
    )
  }
  const now = (options.now ?? new Date()).getTime() / 1000
  const isNear = Math.abs(now - Number(timestamp)) <= (options.toleranceSeconds ?? TOLERANCE_SECONDS)
  if (!/^\d{1,12}$/.test(timestamp) || !isNear) {
    throw new WebhookError(
      'webhook-expired',
      'The message is too old or too new, or the clock of this machine is wrong.',
    )
  }
  const key = await importKey(secret, 'verify')
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${text}`)
  for (const each of signatures.split(' ').slice(0, SIGNATURES_MAX)) {
    const bytes = each.startsWith('v1,') ? bytesOf(each.slice('v1,'.length)) : null
    // WebCrypto compares in constant time.
    if (bytes !== null && (await crypto.subtle.verify(HMAC.name, key, bytes, signed))) return JSON.parse(text) as Event
  }
  throw new WebhookError(
    'webhook-signature',
    'No signature of the message fits: it is not from FISTWorks, or was changed.',
  )
}

/**
 * The headers that FISTWorks would send with a body, for the tests of an endpoint.
 * @example
 * const headers = await webhooks.testHeaders(body, secret)
 */
async function testHeaders(
  body: string,
  secret: string,
  { id = 'evt_test', at = new Date() }: { id?: string; at?: Date } = {},
): Promise<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const signature = new Uint8Array(await crypto.subtle.sign(HMAC.name, await importKey(secret, 'sign'), signed))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${btoa(String.fromCharCode(...signature))}`,
  }
}

/** What arrives at webhook endpoints. */
export const webhooks = { unwrap, testHeaders }

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  return typeof found === 'string' ? found : found?.join(' ')
}

async function importKey(secret: string, use: 'sign' | 'verify'): Promise<CryptoKey> {
  const bytes = secret.startsWith(PREFIX) ? bytesOf(secret.slice(PREFIX.length)) : null
  if (bytes === null || bytes.length === 0) {
    throw new WebhookError(
      'webhook-secret',
      'The secret must be the whsec_… that was shown when the endpoint was made.',
    )
  }
  return crypto.subtle.importKey('raw', bytes, HMAC, false, [use])
}

function bytesOf(base64: string) {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}
