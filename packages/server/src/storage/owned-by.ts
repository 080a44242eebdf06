import type { Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { onBehalfOf } from './on-behalf-of.ts'
import type { Storage } from './transaction.ts'

type Surround = <T>(work: () => PromiseLike<T>) => Promise<T>

/** The same database, all of whose work is on behalf of one owner. Closing it closes the database. */
export function ownedBy(owner: string, storage: Storage): Storage {
  return surrounded(storage, (work) => onBehalfOf(owner, work))
}

/** The same database, with something around each unit of work and each read. */
export function surrounded(storage: Storage, surround: Surround): Storage {
  return {
    write: (work) => surround(() => storage.write(work)),
    read: drizzle({ client: surroundedClient(storage.read.$client, surround) }),
    get changes() {
      return storage.changes
    },
    kind: storage.kind,
    watchTenantTables: () => storage.watchTenantTables(),
    close: () => storage.close(),
  }
}

function surroundedClient(client: Client, surround: Surround): Client {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      const call = (...given: unknown[]): unknown => Reflect.apply(value, target, given)
      if (name !== 'execute') return call
      return (...given: unknown[]) => surround(async () => call(...given))
    },
  })
}
