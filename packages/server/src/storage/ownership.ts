import Database from 'libsql'

/** A second process wants a database file that is in use. */
export class AlreadyOwned extends Error {
  constructor(path: string, cause: unknown) {
    super(`Another process has ${path} open. One process owns a database file; stop the other one first.`, { cause })
    this.name = 'AlreadyOwned'
  }
}

/**
 * Claims a database file for this process by holding a lock on a file beside it. The kernel lets go of the lock
 * however the process ends, `kill -9` included.
 * @throws AlreadyOwned
 */
export function claimOwnership(path: string): { release(): void } {
  const lock = new Database(`${path}.owner`)
  try {
    lock.exec('PRAGMA journal_mode=DELETE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new AlreadyOwned(path, error)
  }
  return {
    release() {
      if (!lock.open) return
      lock.exec('ROLLBACK')
      lock.close()
    },
  }
}
