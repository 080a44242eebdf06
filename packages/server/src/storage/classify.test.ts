import { LibsqlError } from '@libsql/client'
import { expect, test } from 'vitest'
import { classify, uniqueViolation } from './classify.ts'

const remoteUnique = new LibsqlError(
  'SQLite error: UNIQUE constraint failed: recipients.organization_id, recipients.id',
  'SQLITE_CONSTRAINT',
)
const localUnique = new LibsqlError(
  'SQLITE_CONSTRAINT: UNIQUE constraint failed: t.a',
  'SQLITE_CONSTRAINT',
  'SQLITE_CONSTRAINT_UNIQUE',
  2067,
)

test.each([
  ['a local lock', new LibsqlError('database is locked', 'SQLITE_BUSY'), 'busy'],
  ['a stale snapshot', new LibsqlError('database is locked', 'SQLITE_BUSY_SNAPSHOT'), 'busy'],
  ['a server that is busy', new LibsqlError('…', 'TRANSACTION_BUSY'), 'busy'],
  [
    'the aftermath of a lock',
    new LibsqlError('cannot commit transaction - SQL statements in progress', 'SQLITE_ERROR'),
    'busy',
  ],
  ['a CHECK', new LibsqlError('CHECK constraint failed: n > 0', 'SQLITE_CONSTRAINT'), 'constraint'],
  ['a trigger', new LibsqlError('audit events are never changed', 'SQLITE_CONSTRAINT_TRIGGER'), 'constraint'],
  ['an expired stream', new LibsqlError('…', 'STREAM_EXPIRED'), 'gone'],
  ['a lost connection', new TypeError('fetch failed'), 'gone'],
  ['our time limit', new DOMException('too late', 'TimeoutError'), 'timeout'],
  ['a server error', new LibsqlError('Server returned HTTP status 503', 'SERVER_ERROR'), 'unavailable'],
  ['an answer cut short', new LibsqlError('…', 'HRANA_PROTO_ERROR'), 'unavailable'],
  ['wrong SQL', new LibsqlError('near "FORM": syntax error', 'SQLITE_ERROR'), 'bug'],
  ['something else', 'no error at all', 'bug'],
])('%s is recognized, however deep it is wrapped', (_name, error, kind) => {
  expect(classify(error).kind).toBe(kind)
  expect(classify(new Error('a query failed', { cause: new Error('wrapped', { cause: error }) })).kind).toBe(kind)
})

test('a violated uniqueness names its columns, locally and remotely', () => {
  expect(uniqueViolation(localUnique)).toBe('t.a')
  expect(uniqueViolation(new Error('wrapped', { cause: remoteUnique }))).toBe(
    'recipients.organization_id, recipients.id',
  )
  expect(uniqueViolation(new TypeError('fetch failed'))).toBeNull()
})

test('causes that go in a circle come to an end', () => {
  const error = new Error('one')
  error.cause = error
  expect(classify(error).kind).toBe('bug')
})
