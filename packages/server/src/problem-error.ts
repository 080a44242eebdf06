import type { FieldProblem, ProblemCode } from '@fistworks/contract'

/**
 * What a service throws when it refuses: becomes an RFC 9457 problem at the edge.
 * `detail` is for the person who reads it and never carries a number; `cause` stays on the server.
 */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly errors: FieldProblem[] | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ProblemCode,
    detail: string,
    options: { errors?: FieldProblem[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause })
    this.name = 'ProblemError'
    this.code = code
    this.errors = options.errors
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** The same answer for an id of another tenant and one that never was. */
export function notFound(what: string): ProblemError {
  return new ProblemError('not-found', `There is no ${what} with this id in this organization.`)
}

/** Values that are well-formed but wrong; each names its place. */
export function invalid(errors: FieldProblem[]): ProblemError {
  const first = errors[0]
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return new ProblemError('validation-failed', `${first?.pointer ?? ''} ${first?.message ?? ''}${more}`.trim(), { errors })
}
