import type { Client, InArgs, InStatement, ResultSet } from '@libsql/client'

export type Execute = (statement: InStatement, args?: InArgs) => Promise<ResultSet>

/** The client's `execute` as one function instead of two overloads. */
export function executeOf(client: Client): Execute {
  return (statement, args) =>
    typeof statement === 'string' ? client.execute(statement, args) : client.execute(statement)
}

const READS = /^\s*(?:select|with|pragma|explain)\b/i

/** The same client without the ways to change something: writes have one door, and this is not it. */
export function readingOnly(client: Client, execute: Execute): Client {
  const refuse = () => Promise.reject(new Error('This handle only reads; change things inside Storage.write.'))
  const read: Execute = (statement, args) =>
    READS.test(typeof statement === 'string' ? statement : statement.sql) ? execute(statement, args) : refuse()
  const closed = new Set<string | symbol>(['batch', 'transaction', 'migrate', 'executeMultiple'])
  return new Proxy(client, {
    get(target, name) {
      if (name === 'execute') return read
      if (closed.has(name)) return refuse
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
