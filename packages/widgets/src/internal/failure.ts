import type { FieldProblem } from '@fistworks/contract'
import { ApiError, FISTWorksError } from '@fistworks/sdk'

/** What went wrong, fit to be shown and handed on: never a value that was typed. */
export interface Failure {
  /** A code of the API or the SDK; `offline` for anything else. */
  readonly code: string
  readonly status: number | null
  readonly text: string
  readonly requestId: string | null
  readonly errors: readonly FieldProblem[]
}

const OFFLINE = 'FISTWorks could not be reached. Check the connection and try again.'
const SIGNED_OUT = 'Your session has ended. Sign in again, then try again here: nothing you typed is lost.'
const NO_SESSION = 'This page could not get a session for FISTWorks. Try again, or reload the page.'

/** Developers need the id of what has a name; the person reads the name. */
const ID_BESIDE_NAME = / \([a-z]{3}_[0-9a-z]{26}\)/g

export function failureOf(error: unknown): Failure {
  if (error instanceof ApiError) {
    const { code, status, detail, requestId, errors } = error
    if (status === 401) return { code, status, text: SIGNED_OUT, requestId, errors }
    return { code, status, text: detail.replaceAll(ID_BESIDE_NAME, ''), requestId, errors }
  }
  const code = error instanceof FISTWorksError ? error.code : 'offline'
  const text =
    code === 'usage' ? (error as FISTWorksError).message : code === 'session-token-unavailable' ? NO_SESSION : OFFLINE
  return { code, status: null, text, requestId: null, errors: [] }
}

export const isForbidden = (failure: Failure | null) => failure?.status === 403

/** Whether the server has said that it did not do it. After silence or a fault of its own that is not known. */
export const isRefusal = (failure: Failure) => failure.status !== null && failure.status < 500
