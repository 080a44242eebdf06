import ky, { HTTPError, isTimeoutError, type Options } from 'ky'
import { apiError } from './api-error.ts'
import type { Credentials } from './credentials.ts'
import { AbortError, ApiError, AuthenticationError, ConnectionError, FISTWorksError, TimeoutError } from './error.ts'
import { bufferedFetch } from './fetch.ts'
import { API_VERSION, HEADERS } from './header.ts'
import { newIdempotencyKey } from './idempotency-key.ts'
import { rememberResponse } from './last-response.ts'
import { limitsOf, type RequestOptions } from './options.ts'
import { parseRetryAfter, retryDelayMs } from './retry.ts'
import { jsonBody, queryString, readResult, visibleAscii } from './wire.ts'

export interface HttpSettings extends Pick<RequestOptions, 'organization' | 'platform' | 'timeoutMs' | 'maxRetries'> {
  confirmPerson?: (() => Promise<boolean>) | undefined
  baseUrl: string
  credentials: Credentials
  fetch: typeof globalThis.fetch
}

/** One operation of the API, as a resource asks for it. */
export interface Call {
  /** The operation's id, as errors name it. */
  operation: string
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  query?: object | undefined
  body?: object | undefined
  /** The answer has no body. */
  isSilent?: boolean
  /** The answer is a file, handed on while it comes. */
  isFile?: boolean
  options?: RequestOptions | undefined
}

/** Sends calls with ky, and lets nothing of ky out: its errors would print headers and bodies. */
export class Http {
  readonly #settings: HttpSettings

  constructor(settings: HttpSettings) {
    this.#settings = settings
  }

  /** @throws {FISTWorksError} and nothing else */
  send<T>(call: Call): Promise<T> {
    return this.#confirming(call, (each) => this.#send<T>(each))
  }

  /** The file that a call answers with. @throws {FISTWorksError} and nothing else, until it is read */
  open(call: Call): Promise<FileAnswer> {
    return this.#confirming({ ...call, isFile: true }, (each) => this.#open(each))
  }

  /** Once more when the person has confirmed meanwhile; the proof itself is not asked for a proof. */
  async #confirming<T>(call: Call, attempt: (call: Call) => Promise<T>): Promise<T> {
    const { confirmPerson } = this.#settings
    if (confirmPerson === undefined || call.operation.startsWith('stepUp.')) return attempt(call)
    const idempotencyKey = call.options?.idempotencyKey ?? newIdempotencyKey()
    const keyed = { ...call, options: { ...call.options, idempotencyKey } }
    try {
      return await attempt(keyed)
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'step-up-required') throw error
      if (!(await confirmPerson())) throw error
      return attempt(keyed)
    }
  }

  async #send<T>(call: Call): Promise<T> {
    const exchange = new Exchange(this.#settings, call)
    try {
      const response = await ky(exchange.url, exchange.options())
      const result = readResult(call, await response.text())
      if (result !== undefined) {
        rememberResponse(result, {
          status: response.status,
          requestId: response.headers.get(HEADERS.requestId),
          isReplay: response.headers.get(HEADERS.idempotentReplayed) === 'true',
        })
      }
      return result as T
    } catch (error) {
      throw exchange.failure(error)
    }
  }

  async #open(call: Call): Promise<FileAnswer> {
    const exchange = new Exchange(this.#settings, call)
    try {
      const { headers, body } = await ky(exchange.url, exchange.options())
      const fileName = /filename="([^"/\\]+)"/.exec(headers.get('Content-Disposition') ?? '')?.[1] ?? 'export'
      return { fileName, contentType: headers.get('Content-Type') ?? '', body: body ?? new ReadableStream() }
    } catch (error) {
      throw exchange.failure(error)
    }
  }
}

/** A file as it comes over the wire. */
export interface FileAnswer {
  fileName: string
  contentType: string
  body: ReadableStream<Uint8Array>
}

/** One call with all its attempts. */
class Exchange {
  readonly url: string
  readonly #settings: HttpSettings
  readonly #call: Call
  readonly #body: string | undefined
  readonly #headers: Record<string, string>
  readonly #limits: ReturnType<typeof limitsOf>
  readonly #endsAtMs: number
  #token: string | undefined
  #isRefreshed = false
  #delayMs = 0

  constructor(settings: HttpSettings, call: Call) {
    this.#settings = settings
    this.#call = call
    this.#limits = limitsOf(call.options ?? {}, settings)
    this.#endsAtMs = performance.now() + this.#limits.timeoutMs
    this.url = settings.baseUrl + call.path + queryString(call.query)
    this.#body = call.body === undefined ? undefined : jsonBody(call.body)
    this.#headers = headersOf(settings, call)
  }

  options(): Options {
    const { timeoutMs, maxRetries } = this.#limits
    const signal = this.#call.options?.signal
    return {
      method: this.#call.method,
      headers: this.#headers,
      fetch: bufferedFetch(this.#settings.fetch, this.#call.isFile === true),
      redirect: 'manual',
      ...(this.#body === undefined ? {} : { body: this.#body }),
      ...(signal === undefined ? {} : { signal }),
      ...cookieRule(this.#settings.credentials),
      timeout: maxRetries === 0 ? timeoutMs : timeoutMs / 2,
      totalTimeout: timeoutMs,
      retry: {
        // One more than allowed leaves room for the fresh session token, which is no retry.
        limit: maxRetries + 1,
        // POST and PATCH too, because they always carry an idempotency key.
        methods: ['get', 'post', 'patch'],
        shouldRetry: ({ error, retryCount }) => this.#decide(error, retryCount),
        delay: () => this.#delayMs,
      },
      hooks: {
        beforeRequest: [({ request }) => this.#authorize(request)],
        beforeRetry: [({ request }) => this.#authorize(request)],
      },
    }
  }

  /** What the caller gets instead of whatever was thrown. */
  failure(error: unknown): FISTWorksError {
    const { operation, options } = this.#call
    if (options?.signal?.aborted === true) return new AbortError(operation)
    if (error instanceof FISTWorksError) return error
    if (error instanceof HTTPError) return this.#apiError(error)
    if (isTimeoutError(error)) return new TimeoutError(operation, this.#limits.timeoutMs)
    const { host } = new URL(this.#settings.baseUrl)
    return new ConnectionError('connection-failed', `${operation}: no answer from ${host}${causeCode(error)}.`)
  }

  async #authorize(request: Request): Promise<void> {
    const { credentials } = this.#settings
    if (credentials.kind === 'apiKey') request.headers.set('Authorization', `Bearer ${credentials.apiKey}`)
    if (!('tokens' in credentials)) return
    this.#token ??= await this.#unlessAborted(credentials.tokens.current())
    request.headers.set('Authorization', `Bearer ${this.#token}`)
  }

  async #decide(error: Error, retryCount: number): Promise<boolean> {
    const { signal } = this.#call.options ?? {}
    if (signal?.aborted === true || error instanceof FISTWorksError) return false
    const problem = error instanceof HTTPError ? this.#apiError(error) : undefined
    if (problem instanceof AuthenticationError) return this.#refresh()
    const attempt = this.#isRefreshed ? retryCount - 1 : retryCount
    if (attempt > this.#limits.maxRetries) return false
    const retryAfterMs = error instanceof HTTPError ? retryAfterOf(error) : null
    const delayMs = retryDelayMs(
      problem === undefined ? { status: null } : { ...problem, retryAfterMs },
      attempt,
      this.#endsAtMs - performance.now(),
      Math.random(),
    )
    this.#delayMs = delayMs ?? 0
    return delayMs !== null
  }

  /** Once per call: a second refusal is the answer. */
  async #refresh(): Promise<boolean> {
    const { credentials } = this.#settings
    const refused = this.#token
    if (!('tokens' in credentials) || refused === undefined || this.#isRefreshed) return false
    this.#isRefreshed = true
    this.#delayMs = 0
    this.#token = await this.#unlessAborted(credentials.tokens.after(refused))
    return this.#token !== refused
  }

  #apiError(error: HTTPError): ApiError {
    return apiError(this.#call.operation, {
      status: error.response.status,
      body: error.data,
      requestId: error.response.headers.get(HEADERS.requestId),
      retryAfterMs: retryAfterOf(error),
    })
  }

  #unlessAborted<T>(promise: Promise<T>): Promise<T> {
    const signal = this.#call.options?.signal
    if (signal === undefined) return promise
    return new Promise((resolve, reject) => {
      const abort = () => reject(new AbortError(this.#call.operation))
      if (signal.aborted) abort()
      signal.addEventListener('abort', abort, { once: true })
      promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    })
  }
}

function headersOf(settings: HttpSettings, call: Call): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json', [HEADERS.version]: API_VERSION }
  const organization = call.options?.organization ?? settings.organization
  if (organization !== undefined) headers[HEADERS.organization] = visibleAscii('organization', organization)
  const platform = call.options?.platform ?? settings.platform
  if (platform !== undefined) headers[HEADERS.platform] = visibleAscii('platform', platform)
  if (call.body !== undefined) headers['Content-Type'] = 'application/json'
  if (call.method === 'GET') return headers
  headers[HEADERS.idempotencyKey] = visibleAscii('idempotencyKey', call.options?.idempotencyKey ?? newIdempotencyKey())
  if (settings.credentials.kind === 'cookie') {
    const token = settings.credentials.antiForgeryToken()
    if (token !== undefined) headers[HEADERS.antiForgery] = visibleAscii('antiForgeryToken', token)
  }
  return headers
}

/** Cookies go along only where they are the credentials; some workers do not know the word. */
function cookieRule(credentials: Credentials): Pick<Options, 'credentials'> {
  if (!('credentials' in Request.prototype)) return {}
  return { credentials: credentials.kind === 'cookie' ? 'include' : 'omit' }
}

function retryAfterOf(error: HTTPError): number | null {
  return parseRetryAfter(error.response.headers.get('Retry-After'), Date.now())
}

/** ` (ECONNRESET)` for what the runtime says of it; never its message, which could repeat what was sent. */
function causeCode(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(at.code)) return ` (${at.code})`
  }
  return ''
}
