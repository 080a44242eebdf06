import { constants, DatabaseSync } from 'node:sqlite'

const PREFIX = 'masked_'

export interface MaskedReader {
  /** The views there are, with their columns. */
  views(): { name: string; columns: string[] }[]
  /** Rows of one SELECT over the views. @throws MaskedReadRefused */
  query(statement: string): Generator<Record<string, unknown>>
  close(): void
}

/** The statement reads something else than the masked views, or is no single SELECT. */
export class MaskedReadRefused extends Error {}

/**
 * Opens a database file for people: nothing can be written, and only the views with masked values can be read. SQLite
 * asks an authorizer about every column and function while it prepares a statement, so no wording gets around it.
 */
export function openMaskedReader(path: string): MaskedReader {
  const database = new DatabaseSync(path, { readOnly: true, allowExtension: false, timeout: 5_000 })
  const views = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'view' AND name GLOB '${PREFIX}*' ORDER BY name`)
    .all()
    .map((row) => String(row['name']))
    .map((name) => ({ name, columns: columnsOf(database, name) }))
  const names = new Set(views.map(({ name }) => name))
  database.setAuthorizer((action, table, column, _database, inside) =>
    isAllowed(action, table, column, inside, names) ? constants.SQLITE_OK : constants.SQLITE_DENY,
  )
  return {
    views: () => views,
    *query(statement) {
      try {
        yield* database.prepare(statement).iterate()
      } catch (error) {
        throw refusalOf(error, names)
      }
    },
    close: () => database.close(),
  }
}

function refusalOf(error: unknown, views: ReadonlySet<string>): MaskedReadRefused {
  const why = error instanceof Error ? error.message : 'it could not be read'
  const text = /not authorized|prohibited/.test(why)
    ? `Only SELECT over ${[...views].join(', ')} is allowed here`
    : `The statement is wrong: ${why}`
  return new MaskedReadRefused(text, { cause: error })
}

function columnsOf(database: DatabaseSync, view: string): string[] {
  return database
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all(view)
    .map((row) => String(row['name']))
}

function isAllowed(
  action: number,
  table: string | null,
  column: string | null,
  inside: string | null,
  views: ReadonlySet<string>,
): boolean {
  if (action === constants.SQLITE_SELECT || action === constants.SQLITE_RECURSIVE) return true
  if (action === constants.SQLITE_FUNCTION) return column !== 'load_extension'
  if (action !== constants.SQLITE_READ) return false
  // A column is read from a view itself, or from the table behind it while the view is being worked out. Without a
  // column rows are only counted.
  return column === '' || views.has(table ?? '') || views.has(inside ?? '')
}
