import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** A database file that is only looked at: another engine than the one that writes it, opened for reading alone. */
export interface OfflineFile {
  rows(sql: string): Iterable<Record<string, unknown>>
  close(): void
}

/** @throws Error when it is not there or not a database */
export function openOffline(path: string): OfflineFile {
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`)
  const database = new DatabaseSync(path, { readOnly: true })
  return {
    rows: (sql) => database.prepare(sql).iterate() as Iterable<Record<string, unknown>>,
    close: () => database.close(),
  }
}
