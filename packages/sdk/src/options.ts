import { UsageError } from './error.ts'
import type { FetchSessionToken } from './session-tokens.ts'

/** How the client proves who it is: exactly one of `apiKey`, `clientId`, `fetchSessionToken` and `credentials`. */
export interface FISTWorksOptions {
  /** `fw_test_sk_…` or `fw_live_sk_…`, on a server only. */
  apiKey?: string | undefined
  /**
   * OAuth 2 client credentials instead of `apiKey`, on a server only: the id of the key (`key_…`), and with it
   * `clientSecret`. The key itself is then sent once an hour, for an access token that is kept in memory.
   */
  clientId?: string | undefined
  /** With `clientId`: the key. */
  clientSecret?: string | undefined
  /**
   * Asks your back end for an embed session: for the first request, a little before one ends, and when one was refused.
   * Calls that come together ask once. Failures are asked again after a growing wait.
   */
  fetchSessionToken?: FetchSessionToken | undefined
  /** The hosted portal's cookie session. */
  credentials?: 'include' | undefined
  /** With `credentials`: what `portalSession.retrieve()` gave as `antiForgeryToken`. */
  antiForgeryToken?: (() => string | undefined) | undefined
  /**
   * Asked when an operation wants a fresh proof of the person (`step-up-required`): true once there is one. The call is
   * then made once more, under the same idempotency key and with all of its time.
   */
  confirmPerson?: (() => Promise<boolean>) | undefined
  /** Where the server is, like `https://fistworks.example.com`. With `credentials`, the page's own origin if left out. */
  baseUrl?: string | undefined
  /** The organization to work in; needed by platform keys and portal sessions. */
  organization?: string | undefined
  /** The platform to work for, instead of an organization; for portal sessions. */
  platform?: string | undefined
  /** Another `fetch`, such as one that goes through a proxy. */
  fetch?: typeof globalThis.fetch | undefined
  /**
   * The longest one call may take, with all retries and waiting; default 60 000. While retries are allowed, one
   * attempt may take half of it.
   */
  timeoutMs?: number | undefined
  /** How often an attempt that failed in passing is repeated, always with the same idempotency key; default 2. */
  maxRetries?: number | undefined
}

/** What can be said otherwise for one call. */
export interface RequestOptions {
  organization?: string | undefined
  platform?: string | undefined
  /**
   * Kept over retries; made if left out. Give your own to be safe over restarts of your program. The server repeats its first
   * answer for 30 days, for ever where a file is made or sent; past that the same key is a new request.
   */
  idempotencyKey?: string | undefined
  signal?: AbortSignal | undefined
  timeoutMs?: number | undefined
  maxRetries?: number | undefined
}

const TIMEOUT_MS_MAX = 2 ** 31 - 1

/** Time and tries for one call. */
export function limitsOf(...sources: readonly Pick<RequestOptions, 'timeoutMs' | 'maxRetries'>[]) {
  const timeoutMs = sources.find((from) => from.timeoutMs !== undefined)?.timeoutMs ?? 60_000
  const maxRetries = sources.find((from) => from.maxRetries !== undefined)?.maxRetries ?? 2
  if (!(timeoutMs >= 1 && timeoutMs <= TIMEOUT_MS_MAX)) {
    throw new UsageError(`timeoutMs must be from 1 to ${TIMEOUT_MS_MAX}.`)
  }
  if (!Number.isInteger(maxRetries) || maxRetries < 0 || maxRetries > 10) {
    throw new UsageError('maxRetries must be a whole number from 0 to 10.')
  }
  return { timeoutMs, maxRetries }
}

/**
 * The server's address without a slash at its end.
 * @throws {UsageError} when it is not http(s), or carries a password, query or fragment
 */
export function normalizeBaseUrl(baseUrl: string): string {
  let url: URL
  try {
    url = new URL(baseUrl)
  } catch {
    throw new UsageError('baseUrl must be an address like https://fistworks.example.com.')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new UsageError('baseUrl must start with https://.')
  if (url.username !== '' || url.password !== '') throw new UsageError('baseUrl must not carry a name or password.')
  if (url.search !== '' || url.hash !== '') throw new UsageError('baseUrl must end with its host or path.')
  return url.href.replace(/\/+$/, '')
}
