import { open } from 'node:fs/promises'
import Database from 'libsql/promise'
import type { WriteAheadLog } from './engine.ts'

/**
 * Pages (4 KiB) after which a COMMIT moves them itself, on the event loop: only where `checkpoint` did not come to it for
 * long.
 */
export const LONGEST_LOG = 16_384

/** @param path of the database, whose log lies beside it */
export function writeAheadLog(path: string): WriteAheadLog & { close(): void } {
  let mover: Database | undefined
  return {
    async flush() {
      // SQLite takes no locks on this file, so that closing it lets go of none.
      const file = await open(`${path}-wal`, 'r+')
      try {
        await file.datasync()
      } finally {
        await file.close()
      }
    },
    async checkpoint() {
      mover ??= new Database(path, { timeout: 0 })
      await mover.exec('PRAGMA wal_checkpoint(PASSIVE)')
    },
    close() {
      mover?.close()
    },
  }
}
