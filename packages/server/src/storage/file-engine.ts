import { pathToFileURL } from 'node:url'
import { type Client, createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import Database from 'libsql'
import { classify } from './classify.ts'
import { collectGarbage } from './collect-garbage.ts'
import type { Engine } from './engine.ts'
import type { Guard } from './guard/guard.ts'
import { guardedClient } from './guard/guarded-client.ts'
import { type Execute, executeOf, readingOnly } from './reading-only.ts'
import { LONGEST_LOG, writeAheadLog } from './write-ahead-log.ts'

/** Waiting longer only blocks the event loop; within the process nobody competes for the lock. */
const BUSY_TIMEOUT_MS = 250
const TRIES = 8

/** What a connection must report before it may carry a payment. `synchronous` 2 is FULL. */
const REQUIRED = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1 } as const

const AUTOCHECKPOINT = `PRAGMA wal_autocheckpoint=${LONGEST_LOG}`

/** An embedded libSQL file: one connection that writes, one that cannot. */
export async function openFileEngine(
  path: string,
  guard: Guard,
  options: { busyTimeoutMs?: number; onClose?: () => void } = {},
): Promise<Engine> {
  const timeout = options.busyTimeoutMs ?? BUSY_TIMEOUT_MS
  const url = pathToFileURL(path).href
  turnOnWriteAheadLog(path)
  const writer = createClient({ url, concurrency: 1, timeout })
  const reader = createClient({ url, concurrency: 1, timeout })
  const log = writeAheadLog(path)
  try {
    await verifySettings(writer)
    await verifySettings(reader)
    await verifyPages(reader)
    await reader.execute('PRAGMA query_only=1')
    await writer.execute(AUTOCHECKPOINT)
  } catch (error) {
    writer.close()
    reader.close()
    throw error
  }

  async function recover(): Promise<void> {
    writer.reconnect()
    await collectGarbage()
    await writer.execute(AUTOCHECKPOINT)
  }

  async function close(): Promise<void> {
    log.close()
    await writer.execute('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => {})
    reader.close()
    writer.close()
    await collectGarbage()
    options.onClose?.()
  }

  return {
    kind: 'file',
    tries: TRIES,
    writer: drizzle({ client: guardedClient(writer, guard) }),
    reader: drizzle({ client: guardedClient(readingOnly(reader, withRecovery(reader)), guard) }),
    recover,
    log,
    close,
  }
}

/** The mode is stored in the file, so once is enough; it needs the file for itself. */
function turnOnWriteAheadLog(path: string): void {
  const database = new Database(path, { timeout: 5000 })
  try {
    database.exec('PRAGMA journal_mode=WAL')
  } finally {
    database.close()
  }
}

async function verifySettings(client: Client): Promise<void> {
  for (const [name, wanted] of Object.entries(REQUIRED)) {
    const found = (await client.execute(`PRAGMA ${name}`)).rows[0]?.[0]
    if (found !== wanted) {
      throw new Error(
        `The database reports ${name}=${JSON.stringify(found)} and must have ${wanted}; writes would not be safe.`,
      )
    }
  }
}

async function verifyPages(client: Client): Promise<void> {
  const found = await client.execute('PRAGMA quick_check(1)').then(
    ({ rows }) => rows[0]?.[0],
    (error: unknown) => (error instanceof Error ? error.message : error),
  )
  if (found !== 'ok') throw new Error(`The database file is damaged: restore a backup. It reports: ${String(found)}`)
}

/** A read that met a lock leaves its connection unusable too; it gets a new one, with writing turned off again. */
function withRecovery(client: Client): Execute {
  const execute = executeOf(client)
  return async (statement, args) => {
    try {
      return await execute(statement, args)
    } catch (error) {
      if (classify(error).kind !== 'busy') throw error
      client.reconnect()
      await collectGarbage()
      await client.execute('PRAGMA query_only=1')
      return execute(statement, args)
    }
  }
}
