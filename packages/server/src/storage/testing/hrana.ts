import Database from 'libsql'

/** The part of the wire protocol (Hrana 2 over HTTP) that the client sends. */
export type Value =
  | { type: 'null' }
  | { type: 'integer'; value: string }
  | { type: 'float'; value: number }
  | { type: 'text'; value: string }
  | { type: 'blob'; base64: string }

export interface Statement {
  sql?: string
  sql_id?: number
  args?: Value[]
  named_args?: { name: string; value: Value }[]
}

export type Condition =
  | { type: 'ok' | 'error'; step: number }
  | { type: 'not'; cond: Condition }
  | { type: 'and' | 'or'; conds: Condition[] }

export interface Step {
  condition?: Condition | null
  stmt: Statement
}

export type Request =
  | { type: 'execute'; stmt: Statement }
  | { type: 'batch'; batch: { steps: Step[] } }
  | { type: 'sequence'; sql?: string; sql_id?: number }
  | { type: 'store_sql' | 'close_sql'; sql_id: number; sql?: string }
  | { type: 'close' }

export interface WireError {
  message: string
  code: string
}

/** What a libSQL server does not let a client do; file-only SQL in shared code fails here as it would there. */
const REFUSED =
  /^\s*(?:VACUUM|ANALYZE|ATTACH|CREATE\s+TEMP|PRAGMA\s+(?:optimize|wal_checkpoint|(?:journal_mode|synchronous|busy_timeout|cache_size|query_only|trusted_schema|defer_foreign_keys)\s*=))/i

/** One server-side connection with the texts it was told to keep. */
export function openStream(path: string) {
  const database = new Database(path, { timeout: 0 })
  const texts = new Map<number, string>()

  function textOf({ sql, sql_id: id }: { sql?: string; sql_id?: number }): string {
    const text = sql ?? texts.get(id ?? -1)
    if (text === undefined) throw Object.assign(new Error('no SQL'), { code: 'SQL_NO_STATEMENT' })
    if (REFUSED.test(text)) throw Object.assign(new Error('statement is not allowed'), { code: 'SQL_PARSE_ERROR' })
    return text
  }

  function execute(stmt: Statement) {
    const prepared = database.prepare(textOf(stmt)).safeIntegers(true)
    const named = stmt.named_args ?? []
    // One array or object: a lone blob argument would be taken for an object of names.
    const args = named.length > 0 ? Object.fromEntries(named.map(bindNamed)) : (stmt.args ?? []).map(decode)
    const before = changes()
    if (!prepared.reader) {
      const { lastInsertRowid } = prepared.run(args)
      return { cols: [], rows: [], affected_row_count: changes() - before, last_insert_rowid: String(lastInsertRowid) }
    }
    const cols = prepared.columns().map(({ name, type }) => ({ name, decltype: type }))
    const rows = prepared.raw().all(args)
    const values = rows.map((row) => (Array.isArray(row) ? row.map(encode) : []))
    return { cols, rows: values, affected_row_count: changes() - before, last_insert_rowid: null }
  }

  function changes(): number {
    const row: unknown = database.prepare('SELECT total_changes()').raw().get()
    return Array.isArray(row) ? Number(row[0]) : 0
  }

  function batch(steps: Step[]) {
    const results: (ReturnType<typeof execute> | null)[] = []
    const errors: (WireError | null)[] = []
    for (const { condition, stmt } of steps) {
      results.push(null)
      errors.push(null)
      if (condition && !holds(condition, results, errors)) continue
      try {
        results[results.length - 1] = execute(stmt)
      } catch (error) {
        errors[errors.length - 1] = wireError(error)
      }
    }
    return { step_results: results, step_errors: errors }
  }

  return {
    isInTransaction: () => database.open && database.inTransaction,
    run(request: Request) {
      if (request.type === 'execute') return { type: request.type, result: execute(request.stmt) }
      if (request.type === 'batch') return { type: request.type, result: batch(request.batch.steps) }
      if (request.type === 'sequence') database.exec(textOf(request))
      if (request.type === 'store_sql') texts.set(request.sql_id, request.sql ?? '')
      if (request.type === 'close_sql') texts.delete(request.sql_id)
      return { type: request.type }
    },
    close() {
      if (!database.open) return
      if (database.inTransaction) database.exec('ROLLBACK')
      database.close()
    },
  }
}

function holds(condition: Condition, results: readonly unknown[], errors: readonly unknown[]): boolean {
  switch (condition.type) {
    case 'ok':
      return results[condition.step] !== null
    case 'error':
      return errors[condition.step] !== null
    case 'not':
      return !holds(condition.cond, results, errors)
    case 'and':
      return condition.conds.every((one) => holds(one, results, errors))
    case 'or':
      return condition.conds.some((one) => holds(one, results, errors))
  }
}

/** Codes and texts as the server sends them: base codes only. */
export function wireError(error: unknown): WireError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'SQLITE_ERROR'
  const base = /^SQLITE_(?:CONSTRAINT|BUSY)/.exec(code)?.[0] ?? code
  const message = error instanceof Error ? error.message : 'failed'
  return { message: base.startsWith('SQLITE') ? `SQLite error: ${message}` : message, code: base }
}

const bindNamed = ({ name, value }: { name: string; value: Value }): [string, unknown] => [
  name.replace(/^[:@$]/, ''),
  decode(value),
]

function decode(value: Value): unknown {
  if (value.type === 'null') return null
  if (value.type === 'integer') return BigInt(value.value)
  return value.type === 'blob' ? Buffer.from(value.base64, 'base64') : value.value
}

function encode(value: unknown): Value {
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'number') return { type: 'float', value }
  if (typeof value === 'string') return { type: 'text', value }
  if (value instanceof Uint8Array) return { type: 'blob', base64: Buffer.from(value).toString('base64') }
  return { type: 'null' }
}
