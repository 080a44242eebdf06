import type { FieldProblem, ProblemCode } from '@fistworks/contract'

/** A code of the contract, or one that a newer server knows and this package does not. */
export type ApiErrorCode = ProblemCode | (string & {})

/**
 * Everything this package throws. No error carries a key, a token, a header or a body: it can be logged as it is.
 */
export class FISTWorksError extends Error {
  /** Stable, for switches. */
  readonly code: ApiErrorCode

  constructor(code: ApiErrorCode, message: string) {
    super(message)
    this.code = code
  }

  /** What may be logged of it: everything it has. */
  toJSON(): object {
    return { ...this, name: this.name, message: this.message }
  }
}

/** The package was called with something it cannot use. Nothing was sent. */
export class UsageError extends FISTWorksError {
  constructor(message: string) {
    super('usage', message)
  }
}

/** The server could not be reached, or what answered was not it. Whether it did something is not known. */
export class ConnectionError extends FISTWorksError {}

/** The call took longer than `timeoutMs`. Whether the server did something is not known. */
export class TimeoutError extends FISTWorksError {
  constructor(operation: string, timeoutMs: number) {
    super('timeout', `${operation} was not answered within ${timeoutMs} ms.`)
  }
}

/** The caller's `signal` ended the call. Whether the server did something is not known. */
export class AbortError extends FISTWorksError {
  constructor(operation: string) {
    super('aborted', `${operation} was aborted by the caller.`)
  }
}

/** `fetchSessionToken` failed or gave something that is not a token. `reason` is what it threw; it is never printed. */
export class SessionTokenError extends FISTWorksError {
  readonly #reason: unknown

  constructor(message: string, reason?: unknown) {
    super('session-token-unavailable', message)
    this.#reason = reason
  }

  get reason(): unknown {
    return this.#reason
  }
}

/** What an answer with an error status said. */
export interface ApiErrorFields {
  operation: string
  status: number
  code: ApiErrorCode
  /** For the person who reads it: what was wrong, where, and what to do. */
  detail: string
  /** To be quoted to support; `null` when something in between answered. */
  requestId: string | null
  /** Wrong places of what was sent, as JSON Pointers. */
  errors: FieldProblem[]
  /** Whether the same request may succeed later. */
  retryable: boolean
  retryAfterSeconds: number | null
}

/** The server answered with an error (RFC 9457 problem). */
export class ApiError extends FISTWorksError {
  readonly operation: string
  readonly status: number
  readonly detail: string
  readonly requestId: string | null
  readonly errors: FieldProblem[]
  readonly retryable: boolean
  readonly retryAfterSeconds: number | null

  constructor(fields: ApiErrorFields) {
    const { operation, status, code, detail, requestId } = fields
    super(code, `${operation}: ${detail} [${status} ${code}${requestId === null ? '' : `, request ${requestId}`}]`)
    this.operation = operation
    this.status = status
    this.detail = detail
    this.requestId = requestId
    this.errors = fields.errors
    this.retryable = fields.retryable
    this.retryAfterSeconds = fields.retryAfterSeconds
  }
}

/** 400, 413, 415, 422: something about the request is not valid; see `errors`. */
export class ValidationError extends ApiError {}
/** 401: the key or session is missing, wrong or has ended. */
export class AuthenticationError extends ApiError {}
/** 403: this caller may not do that. */
export class PermissionError extends ApiError {}
/** 404: nothing with this id, or it belongs to somebody else. */
export class NotFoundError extends ApiError {}
/** 409, 412: it exists already, changed in the meantime, or is in a state that does not allow this. */
export class ConflictError extends ApiError {}
/** 429: too many requests; see `retryAfterSeconds`. */
export class RateLimitError extends ApiError {}
/** 5xx: something went wrong on the server's side. */
export class ServerError extends ApiError {}

const NAMED = {
  FISTWorksError,
  UsageError,
  ConnectionError,
  TimeoutError,
  AbortError,
  SessionTokenError,
  ApiError,
  ValidationError,
  AuthenticationError,
  PermissionError,
  NotFoundError,
  ConflictError,
  RateLimitError,
  ServerError,
}
// Set by hand, so that minified code keeps the names.
for (const [name, type] of Object.entries(NAMED)) type.prototype.name = name
