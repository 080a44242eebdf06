import type { FieldProblem } from '@fistworks/contract'
import {
  ApiError,
  type ApiErrorFields,
  AuthenticationError,
  ConflictError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  ValidationError,
} from './error.ts'

const BY_STATUS: Partial<Record<number, new (fields: ApiErrorFields) => ApiError>> = {
  400: ValidationError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  412: ConflictError,
  413: ValidationError,
  415: ValidationError,
  422: ValidationError,
  429: RateLimitError,
}

/** The parts of an answer that an error is made of. `body` is parsed JSON, or anything else. */
export interface ErrorAnswer {
  status: number
  body: unknown
  requestId: string | null
  retryAfterMs: number | null
}

/** Makes the error for an answer, whatever its body looks like: what is not a problem leaves only its status. */
export function apiError(operation: string, answer: ErrorAnswer): ApiError {
  const { status, requestId, retryAfterMs } = answer
  const problem = isRecord(answer.body) ? answer.body : {}
  const type = BY_STATUS[status] ?? (status >= 500 ? ServerError : ApiError)
  return new type({
    operation,
    status,
    code: text(problem['code']) ?? `http-${status}`,
    detail: text(problem['detail']) ?? text(problem['title']) ?? `The server answered with the status ${status}.`,
    requestId: requestId ?? text(problem['requestId']),
    errors: Array.isArray(problem['errors']) ? problem['errors'].flatMap(fieldProblem) : [],
    retryable: typeof problem['retryable'] === 'boolean' ? problem['retryable'] : status === 429 || status >= 500,
    retryAfterSeconds: retryAfterMs === null ? null : Math.ceil(retryAfterMs / 1000),
  })
}

function fieldProblem(value: unknown): FieldProblem[] {
  if (!isRecord(value)) return []
  const pointer = text(value['pointer'])
  const message = text(value['message'])
  if (pointer === null || message === null) return []
  return [{ pointer, code: text(value['code']) ?? 'invalid', message }]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
