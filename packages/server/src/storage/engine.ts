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
  /** What a database in a file does beside the event loop; a server does its own. */
  log?: WriteAheadLog
  close(): Promise<void>
}

/** The write-ahead log of a database file. Both of its works happen in other threads. */
export interface WriteAheadLog {
  /** Brings what an open transaction has written so far to the disk, so that its COMMIT waits for little. */
  flush(): Promise<void>
  /** Moves what was committed into the database. Called while nobody writes, so that the log begins anew. */
  checkpoint(): Promise<void>
}
