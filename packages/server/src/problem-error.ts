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
  const detail =
    first === undefined ? 'Some values are not valid.' : `${placeOf(first.pointer)} ${first.message}${more}`
  return new ProblemError('validation-failed', detail.trim(), { errors })
}

/** `/batches/0/entries/3/amountCents` → `Batch 1, entry 4, amountCents:` */
function placeOf(pointer: string): string {
  const parts = pointer.split('/').slice(1)
  const words = parts.flatMap((part, index) => {
    const next = parts[index + 1]
    if (/^\d+$/.test(part)) return []
    return [next !== undefined && /^\d+$/.test(next) ? `${SINGULAR[part] ?? part} ${Number(next) + 1}` : part]
  })
  const place = words.join(', ')
  return place === '' ? '' : `${place.charAt(0).toUpperCase()}${place.slice(1)}:`
}

const SINGULAR: Record<string, string> = { batches: 'batch', entries: 'entry', addenda: 'addenda' }
