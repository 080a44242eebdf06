import { channel } from 'node:diagnostics_channel'
import type { Value as SqlValue } from '@libsql/client'
import { isSystemWorkOn, type Work, workUnderWay } from '../on-behalf-of.ts'
import { NotUnderstood } from './nodes.ts'
import { type TenantTables, type Use, usesOf } from './statement.ts'

/** A statement would have touched rows of an organization that nobody works for: a mistake of ours, never of a caller. */
export class TenantUnbound extends Error {
  constructor(why: string, sql: string) {
    super(`${why} ${sql.replaceAll(/\s+/g, ' ').trim().slice(0, SQL_SHOWN)}`)
    this.name = 'TenantUnbound'
  }
}

const SQL_SHOWN = 400
const REMEMBERED_STATEMENTS = 1000

export interface Guard {
  /** From here on these tables are watched. */
  watch(tables: TenantTables): void
  /** @throws TenantUnbound */
  check(sql: string, args: unknown): void
}

/** Lets everything through. */
export const noGuard: Guard = { watch: () => {}, check: () => {} }

/**
 * Refuses every statement that touches a table of tenants without saying, by a bound value, that the rows belong to the
 * owner that the code works for (`on-behalf-of.ts`). What it cannot read it refuses.
 */
export function createGuard(): Guard {
  let tables: TenantTables = new Map()
  const read = new Map<string, readonly Use[] | NotUnderstood>()

  function reading(sql: string): readonly Use[] | NotUnderstood {
    const known = read.get(sql)
    if (known !== undefined) return known
    if (read.size >= REMEMBERED_STATEMENTS) read.clear()
    const uses = tryUsesOf(sql, tables)
    read.set(sql, uses)
    return uses
  }

  return {
    watch(watched) {
      tables = watched
      read.clear()
    },
    check(sql, args) {
      const uses = reading(sql)
      const work = workUnderWay()
      const why = refusalOf(uses, args, work)
      if (why !== null) throw new TenantUnbound(why, sql)
      if (allowed.hasSubscribers && uses instanceof Array && uses.length > 0) {
        allowed.publish({ sql, args, work, tables } satisfies AllowedStatement)
      }
    },
  }
}

/** A statement on rows of tenants that was let through. */
export interface AllowedStatement {
  sql: string
  args: unknown
  work: Work
  tables: TenantTables
}

/** Where every allowed statement on rows of tenants is told: the tests try it again without its condition. */
export const allowed = channel('fistworks:allowed-statement')

/** Why this work may not run this statement with these values; `null` when it may. */
export function refusalOf(uses: readonly Use[] | NotUnderstood, args: unknown, work: Work): string | null {
  if (uses instanceof NotUnderstood) return work.reason === 'migrate' ? null : uses.message
  const values = Array.isArray(args) ? (args as SqlValue[]) : []
  for (const use of uses) {
    if (isSystemWorkOn(work.reason, use.table)) continue
    if (work.owner === null) return `${use.table} is touched on behalf of nobody:`
    const isBound = use.values.some((value) => ('text' in value ? value.text : values[value.parameter]) === work.owner)
    if (!isBound) return `${use.table} is touched without its owner bound to ${work.owner}:`
  }
  return null
}

/** What a statement does to the tables of tenants, or that it is not understood. */
export function tryUsesOf(sql: string, tables: TenantTables): readonly Use[] | NotUnderstood {
  const text = sql.toLowerCase()
  if (![...tables.keys()].some((table) => text.includes(table))) return []
  try {
    return usesOf(sql, tables)
  } catch (error) {
    if (error instanceof NotUnderstood) return error
    throw error
  }
}
