import { type SQL, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { u32 } from '../vault/bytes.ts'
import type { SealedTable } from './sealed-cells.ts'

/** The sealed values of one row by their columns. */
export interface SealedRow {
  row: string
  cells: ReadonlyMap<string, Uint8Array>
}

const named = (name: string) => sql.identifier(name)

/** The version of the key stands in bytes 2 to 5 of an envelope, in an order in which bytes compare as numbers do. */
function isOlder(column: string, version: number): SQL {
  return sql`substr(${named(column)}, 3, 4) < ${u32(version)}`
}

function rowsOf(found: readonly Record<string, unknown>[], { columns }: SealedTable): SealedRow[] {
  return found.map((one) => {
    const cells = columns.map((column) => [column, one[column]] as const)
    const sealed = cells.filter((cell): cell is readonly [string, ArrayBuffer] => cell[1] instanceof ArrayBuffer)
    return { row: String(one['row']), cells: new Map(sealed.map(([column, bytes]) => [column, new Uint8Array(bytes)])) }
  })
}

/** The sealed values of one organization in one table. */
export function sealedReader(db: Reader, organizationId: string, sealed: SealedTable) {
  const { table, owner, row, columns, batch } = sealed
  const mine = sql`${named(owner)} = ${organizationId}`
  const selected = sql.join([sql`${named(row)} AS row`, ...columns.map(named)], sql`, `)
  const older = (version: number) =>
    sql.join(
      columns.map((column) => isOlder(column, version)),
      sql` OR `,
    )

  return {
    /** The next rows after one that hold a value sealed with an older key. */
    async outdated(version: number, after: string): Promise<SealedRow[]> {
      const found = await db.all<Record<string, unknown>>(
        sql`SELECT ${selected} FROM ${named(table)} WHERE ${mine} AND ${named(row)} > ${after} AND (${older(version)})
          ORDER BY ${named(row)} LIMIT ${batch}`,
      )
      return rowsOf(found, sealed)
    },

    /** These rows as they are now. */
    async find(ids: readonly string[]): Promise<SealedRow[]> {
      const list = sql.join(
        ids.map((id) => sql`${id}`),
        sql`, `,
      )
      const found = await db.all<Record<string, unknown>>(
        sql`SELECT ${selected} FROM ${named(table)} WHERE ${mine} AND ${named(row)} IN (${list})`,
      )
      return rowsOf(found, sealed)
    },

    /** How many values are sealed with an older key. */
    async countOutdated(version: number): Promise<number> {
      const sums = columns.map((column) => sql`coalesce(sum(${isOlder(column, version)}), 0)`)
      const [found] = await db.all<{ count: number }>(
        sql`SELECT ${sql.join(sums, sql` + `)} AS count FROM ${named(table)} WHERE ${mine}`,
      )
      return found?.count ?? 0
    },
  }
}

/** Puts newly sealed values in the place of the old ones, all rows in one statement. */
export async function replaceSealed(
  tx: Tx,
  organizationId: string,
  { table, owner, row, columns }: SealedTable,
  rows: readonly SealedRow[],
): Promise<void> {
  const values = rows.map((one) => {
    const cells = columns.map((column) => sql`${one.cells.get(column) ?? null}`)
    return sql`(${sql.join([sql`${one.row}`, ...cells], sql`, `)})`
  })
  const fresh = sql.join([sql`row`, ...columns.map(named)], sql`, `)
  const sets = columns.map((column) => sql`${named(column)} = fresh.${named(column)}`)
  await tx.run(
    sql`WITH fresh (${fresh}) AS (VALUES ${sql.join(values, sql`, `)})
      UPDATE ${named(table)} SET ${sql.join(sets, sql`, `)} FROM fresh
      WHERE ${named(table)}.${named(owner)} = ${organizationId} AND ${named(table)}.${named(row)} = fresh.row`,
  )
}
