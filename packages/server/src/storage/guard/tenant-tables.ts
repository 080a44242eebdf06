import { sql } from 'drizzle-orm'
import type { Reader } from '../transaction.ts'
import type { TenantTables } from './statement.ts'

/**
 * The columns that say whose a row is; in the control plane an owner can also be a platform or a user. A table that has
 * both (`api_keys`) is owned by `owner_id`, the later one here.
 */
const OWNER_COLUMNS = ['organization_id', 'owner_id']

/** The tables and views of a database that hold rows of tenants: its own schema says which. */
export async function tenantTablesOf(db: Reader): Promise<TenantTables> {
  const rows = await db.all<{ name: string; owner: string }>(sql`
    SELECT lower(schema.name) AS name, lower(col.name) AS owner
    FROM sqlite_schema AS schema JOIN pragma_table_info(schema.name) AS col
    WHERE schema.type IN ('table', 'view') AND lower(col.name) IN ${OWNER_COLUMNS}
    ORDER BY owner = 'owner_id'`)
  return new Map(rows.map(({ name, owner }) => [name, owner]))
}
