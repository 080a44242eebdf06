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
 * Opens a database file for people: nothing can be written, and only the views with masked values can be read. A
 * statement that holds the name of anything else is refused by its words: an identifier has one spelling, so what is not
 * named cannot be read. SQLite's authorizer stands behind that; alone it would not do, because it takes a common table
 * expression for the view it is called after, and is not asked about the columns of `FULL JOIN ... USING`.
 */
export function openMaskedReader(path: string): MaskedReader {
  const database = new DatabaseSync(path, { readOnly: true, allowExtension: false, timeout: 5_000 })
  const views = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'view' AND name GLOB '${PREFIX}*' ORDER BY name`)
    .all()
    .map((row) => String(row['name']))
    .map((name) => ({ name, columns: columnsOf(database, name) }))
  const names = new Set(views.map(({ name }) => name))
  const others = namesBeside(database, names)
  database.setAuthorizer((action, table, column, _database, inside) =>
    isAllowed(action, table, column, inside, names) ? constants.SQLITE_OK : constants.SQLITE_DENY,
  )
  return {
    views: () => views,
    *query(statement) {
      const other = others.exec(statement)?.[0]
      if (other !== undefined)
        throw new MaskedReadRefused(`${onlyOver(names)}, so the word ${other} cannot stand in it`)
      try {
        yield* database.prepare(statement).iterate()
      } catch (error) {
        throw refusalOf(error, names)
      }
    },
    close: () => database.close(),
  }
}

/** Finds, as a word, whatever else SQLite could read: tables, other views, and what it brings itself. */
function namesBeside(database: DatabaseSync, views: ReadonlySet<string>): RegExp {
  const rows = database.prepare(`SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')`).all()
  const others = rows.map((row) => String(row['name'])).filter((name) => !views.has(name))
  const words = others.map((name) => name.replaceAll(/[^A-Za-z0-9_]/g, String.raw`\$&`))
  return new RegExp(String.raw`\b(?:(?:sqlite|pragma)_\w*|dbstat${words.map((word) => `|${word}`).join('')})\b`, 'i')
}

function onlyOver(views: ReadonlySet<string>): string {
  return `Only SELECT over ${[...views].join(', ')} is allowed here`
}

function refusalOf(error: unknown, views: ReadonlySet<string>): MaskedReadRefused {
  const why = error instanceof Error ? error.message : 'it could not be read'
  const text = /not authorized|prohibited/.test(why) ? onlyOver(views) : `The statement is wrong: ${why}`
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
