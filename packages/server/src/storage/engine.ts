import type { Client } from '@libsql/client'
import type { LibSQLDatabase } from 'drizzle-orm/libsql'

/** What the two kinds of database have to bring; the door above them is the same. */
export interface Engine {
  kind: 'file' | 'remote'
  /** How often a unit of work is tried before a lock becomes an error. */
  tries: number
  writer: LibSQLDatabase
  reader: LibSQLDatabase & { $client: Client }
  /** Makes the writer usable again after a lock. Called with no transaction open. */
  recover(): Promise<void>
  close(): Promise<void>
}
