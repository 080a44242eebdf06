import { HEADERS, PROBLEMS, type Problem, type ProblemCode } from '@fistworks/contract'
import type { Context } from 'hono'
import { ProblemError } from '../problem-error.ts'
import { isDatabaseAway } from '../storage/classify.ts'
import { OrganizationNotFound } from '../storage/directory.ts'
import { OutcomeUnknown } from '../storage/transaction.ts'
import { KeyUnavailable } from '../vault/key-provider.ts'
import type { HttpEnv } from './env.ts'

const RETRYABLE: ReadonlySet<ProblemCode> = new Set(['rate-limited', 'unavailable', 'bank-unreachable', 'internal'])

/** Answers with an RFC 9457 problem. Anything that is not ours becomes `internal`; its cause goes to the log only. */
export function answerProblem(c: Context<HttpEnv>, error: unknown): Response {
  const known = error instanceof ProblemError ? error : (foreseen(error) ?? unexpected(c, error))
  const { status, title } = PROBLEMS[known.code]
  const requestId = c.get('requestId')
  const problem: Problem = {
    type: `${c.get('publicOrigin')}/problems#${known.code}`,
    title,
    status,
    detail: known.message,
    instance: `urn:fistworks:request:${requestId}`,
    code: known.code,
    requestId,
    ...(known.errors === undefined ? {} : { errors: known.errors }),
    ...(RETRYABLE.has(known.code) ? { retryable: true } : {}),
    ...(known.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: known.retryAfterSeconds }),
  }
  if (known.retryAfterSeconds !== undefined) c.header('Retry-After', String(known.retryAfterSeconds))
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  c.header('Content-Type', 'application/problem+json')
  c.header(HEADERS.requestId, requestId)
  return c.body(JSON.stringify(problem), status)
}

/** When a key provider that did not answer is asked again. */
const KEY_RETRY_SECONDS = 5

/** Faults of storage and vault that the caller can do something about. */
function foreseen(error: unknown): ProblemError | null {
  if (isCutOff(error)) return new ProblemError('invalid-json', 'The body did not arrive whole.')
  if (error instanceof OrganizationNotFound) {
    return new ProblemError('not-found', 'There is no organization with this id that you can work in.')
  }
  if (error instanceof KeyUnavailable) {
    return new ProblemError(
      'unavailable',
      'The keys of this organization cannot be used right now. Nothing was changed.',
      { retryAfterSeconds: error.retryAfterSeconds ?? KEY_RETRY_SECONDS },
    )
  }
  if (error instanceof OutcomeUnknown) {
    const detail =
      'It is not known whether the change was stored. Send the same request with the same Idempotency-Key again.'
    return new ProblemError('unavailable', detail)
  }
  if (isDatabaseAway(error)) {
    const detail = 'The database does not answer right now. Nothing was changed. Try again in a moment.'
    return new ProblemError('unavailable', detail, { retryAfterSeconds: DATABASE_RETRY_SECONDS })
  }
  return null
}

/** The caller went away in the middle of its body (the words are Node's): no fault of ours, and nobody waits for the answer. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET'
}

const DATABASE_RETRY_SECONDS = 2

function unexpected(c: Context<HttpEnv>, error: unknown): ProblemError {
  c.get('onError')(error, c.get('requestId'))
  return new ProblemError(
    'internal',
    'Something went wrong on our side. Nothing was changed. Try again, and send us the request id if it stays.',
  )
}
