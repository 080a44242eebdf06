import type { Client, InStatement, Transaction, TransactionMode } from '@libsql/client'
import type { Guard } from './guard.ts'

type Batched = InStatement | [string, unknown?]

/** The same client, with every statement shown to the guard before it goes to the database. */
export function guardedClient(client: Client, guard: Guard): Client {
  return watched(client, guard, {
    transaction: async (mode: TransactionMode = 'write') =>
      watched<Transaction>(await client.transaction(mode), guard, {}),
  })
}

function watched<T extends Client | Transaction>(target: T, guard: Guard, own: Record<string, unknown>): T {
  const check = (statement: Batched, args?: unknown) => {
    if (typeof statement === 'string') guard.check(statement, args)
    else if (Array.isArray(statement)) guard.check(statement[0], statement[1])
    else guard.check(statement.sql, statement.args)
  }
  const before: Record<string, (...given: [never, never]) => void> = {
    execute: (statement: InStatement, args: unknown) => check(statement, args),
    batch: (statements: Batched[]) => statements.forEach((one) => check(one)),
    migrate: (statements: Batched[]) => statements.forEach((one) => check(one)),
    executeMultiple: (sql: string) => check(sql),
  }
  return new Proxy(target, {
    get(_, name) {
      if (typeof name === 'string' && name in own) return own[name]
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      const show = typeof name === 'string' ? before[name] : undefined
      if (show === undefined) return value.bind(target)
      return async (...given: [never, never]) => {
        show(...given)
        return Reflect.apply(value, target, given)
      }
    },
  })
}
