/** Columns of one table whose values are sealed, and the column that names the row in their address. */
export interface SealedTable {
  table: string
  /** The column that says whose the row is. */
  owner: 'organization_id' | 'owner_id'
  row: string
  columns: readonly string[]
  /** Rows that are sealed anew in one transaction. */
  batch: number
}

/** Every sealed value of organizations: what is not here is not sealed anew when keys rotate. A test compares it with the tables. */
export const SEALED_TABLES: readonly SealedTable[] = [
  {
    table: 'recipients',
    owner: 'organization_id',
    row: 'id',
    columns: ['routing_number', 'account_number', 'identification'],
    batch: 500,
  },
  {
    table: 'bank_accounts',
    owner: 'organization_id',
    row: 'id',
    columns: ['routing_number', 'account_number'],
    batch: 500,
  },
  {
    table: 'bank_connections',
    owner: 'organization_id',
    row: 'id',
    columns: ['password', 'private_key', 'passphrase', 'next_private_key', 'signing_key', 'next_signing_key'],
    batch: 500,
  },
  {
    table: 'webhook_endpoints',
    owner: 'organization_id',
    row: 'id',
    columns: ['secret', 'previous_secret'],
    batch: 500,
  },
  // Files are as long as they are, and a transaction is held in memory.
  { table: 'generated_files', owner: 'organization_id', row: 'ach_file_id', columns: ['bytes'], batch: 4 },
  { table: 'inbound_file_parts', owner: 'organization_id', row: 'id', columns: ['bytes'], batch: 8 },
  { table: 'corrections', owner: 'organization_id', row: 'id', columns: ['corrected'], batch: 500 },
  { table: 'encrypted_files', owner: 'organization_id', row: 'ach_file_id', columns: ['bytes'], batch: 4 },
]

/** Those of people, in the control plane. */
export const SEALED_TABLES_OF_PEOPLE: readonly SealedTable[] = [
  { table: 'authenticator_apps', owner: 'owner_id', row: 'id', columns: ['seed'], batch: 500 },
]
