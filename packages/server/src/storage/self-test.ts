import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { LibSQLDatabase } from 'drizzle-orm/libsql'
import Database from 'libsql'

interface Door {
  write<T>(work: (tx: Pick<LibSQLDatabase, 'run'>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

let isProven = false

/**
 * Tries the door against the fault it exists for: after a lock, the driver acknowledges writes that never reach the
 * file. Once per process, on a scratch file. Throws when the write is not seen through another connection.
 */
export async function selfTest(
  folder: string,
  open: (path: string, onBusy: () => void) => Promise<Door>,
): Promise<void> {
  if (isProven) return
  const scratch = mkdtempSync(join(folder, '.self-test-'))
  const path = join(scratch, 'scratch.db')
  let other: Database.Database | undefined
  let locks = 0
  try {
    const door = await open(path, () => {
      locks++
      other?.exec('ROLLBACK')
    })
    other = new Database(path)
    other.exec('CREATE TABLE proof (n INTEGER) STRICT')
    other.exec('BEGIN IMMEDIATE')
    await door.write((tx) => tx.run(sql`INSERT INTO proof (n) VALUES (1)`))
    const seen = other.prepare('SELECT count(*) FROM proof').raw().get()
    await door.close()
    if (locks === 0 || JSON.stringify(seen) !== '[1]') {
      throw new Error('A write that met a lock did not reach the file: this driver must not carry payments.')
    }
    isProven = true
  } finally {
    other?.close()
    rmSync(scratch, { recursive: true, force: true })
  }
}
