/** What a failed statement means to the caller, whatever mode, layer or driver it came through. */
export type Failure =
  | { kind: 'busy' }
  | { kind: 'unique'; columns: string }
  | { kind: 'constraint' }
  | { kind: 'gone' }
  | { kind: 'timeout' }
  | { kind: 'unavailable' }
  | { kind: 'bug' }

/** The server, or something before it, answered with an HTTP error or with what is no answer. */
const NO_SENSIBLE_ANSWER = new Set(['SERVER_ERROR', 'BLOCKED', 'HRANA_PROTO_ERROR', 'UNKNOWN'])
const UNIQUE = /UNIQUE constraint failed: ([\w.]+(?:, [\w.]+)*)/

/**
 * Walks the causes of an error until one is known. Local, remote and network failures have different shapes;
 * this is the only place that knows them.
 */
export function classify(error: unknown): Failure {
  for (const one of causes(error)) {
    const failure = classifyOne(one)
    if (failure) return failure
  }
  return { kind: 'bug' }
}

/** A server that is away, out of order or locked for too long; the unit of work it was asked for was not committed. */
const AWAY = new Set<Failure['kind']>(['busy', 'gone', 'timeout', 'unavailable'])

/** Whether asking again in a moment may help. */
export const isDatabaseAway = (error: unknown): boolean => AWAY.has(classify(error).kind)

/** `'table.a, table.b'` when the error is a violated UNIQUE or PRIMARY KEY, else `null`. */
export function uniqueViolation(error: unknown): string | null {
  const failure = classify(error)
  return failure.kind === 'unique' ? failure.columns : null
}

interface Known {
  code?: unknown
  name?: unknown
  message?: unknown
  cause?: unknown
}

function* causes(error: unknown): Generator<Known> {
  const seen = new Set<unknown>()
  let one = error
  while (typeof one === 'object' && one !== null && !seen.has(one)) {
    seen.add(one)
    yield one
    one = 'cause' in one ? one.cause : undefined
  }
}

function classifyOne(error: Known): Failure | null {
  const code = typeof error.code === 'string' ? error.code : ''
  const message = typeof error.message === 'string' ? error.message : ''
  if (code.startsWith('SQLITE_BUSY') || code === 'TRANSACTION_BUSY' || code === 'TRANSACTION_TIMEOUT') {
    return { kind: 'busy' }
  }
  // The aftermath of a swallowed SQLITE_BUSY: the connection still carries the statement that failed.
  if (message.includes('SQL statements in progress')) return { kind: 'busy' }
  if (code.startsWith('SQLITE_CONSTRAINT')) {
    const columns = UNIQUE.exec(message)?.[1]
    return columns ? { kind: 'unique', columns } : { kind: 'constraint' }
  }
  if (code === 'STREAM_EXPIRED' || code === 'HRANA_CLOSED_ERROR') return { kind: 'gone' }
  if (error instanceof TypeError && message === 'fetch failed') return { kind: 'gone' }
  if (error.name === 'TimeoutError') return { kind: 'timeout' }
  return NO_SENSIBLE_ANSWER.has(code) ? { kind: 'unavailable' } : null
}
