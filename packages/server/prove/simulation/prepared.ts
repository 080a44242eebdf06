import Database from 'libsql'

type Prepared = ReturnType<Database.Database['prepare']>

const REMEMBERED = 500

let isKeeping = false

/**
 * Has each connection keep the statements it prepared: a world asks the same things of its databases thousands of times,
 * and preparing a statement costs about as much as running it. What the statements do stays the same.
 */
export function keepPrepared(): void {
  if (isKeeping) return
  isKeeping = true
  const { prototype } = Database
  const prepare = prototype.prepare as (sql: string) => Prepared
  const kept = new WeakMap<object, Map<string, Prepared>>()
  prototype.prepare = function (this: object, sql: string): Prepared {
    const own = kept.get(this) ?? new Map<string, Prepared>()
    kept.set(this, own)
    const known = own.get(sql)
    if (known !== undefined) return known
    if (own.size >= REMEMBERED) own.clear()
    const prepared = prepare.call(this, sql)
    let columns: ReturnType<Prepared['columns']> | undefined
    const columnsOf = prepared.columns.bind(prepared)
    prepared.columns = () => (columns ??= columnsOf())
    if (/^\s*(?:select|insert|update|delete)\b/i.test(sql)) own.set(sql, prepared)
    return prepared
  } as typeof prototype.prepare
}
