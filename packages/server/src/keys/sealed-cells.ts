/** Columns of one table whose values are sealed, and the column that names the row in their address. */
export interface SealedTable {
  table: string
  row: string
  columns: readonly string[]
  /** Rows that are sealed anew in one transaction. */
  batch: number
}

/** Every sealed value there is: what is not here is not sealed anew when keys rotate. A test compares it with the tables. */
export const SEALED_TABLES: readonly SealedTable[] = [
  { table: 'recipients', row: 'id', columns: ['routing_number', 'account_number', 'identification'], batch: 500 },
  { table: 'bank_accounts', row: 'id', columns: ['routing_number', 'account_number'], batch: 500 },
  { table: 'bank_connections', row: 'id', columns: ['password', 'private_key', 'passphrase'], batch: 500 },
  // Files are as long as they are, and a transaction is held in memory.
  { table: 'generated_files', row: 'ach_file_id', columns: ['bytes'], batch: 4 },
]
