import { type SQL, sql } from 'drizzle-orm'
import { byHand } from '../../storage/testing/by-hand.ts'
import { createWorker } from '../../jobs/jobs.ts'
import { newId } from '../../new-id.ts'
import { openHome } from '../../storage/testing/home.ts'
import type { Reader, Storage, Tx } from '../../storage/transaction.ts'
import type { KeyProvider } from '../../vault/key-provider.ts'
import { openLocalKeyFile } from '../../vault/local-key-file.ts'
import { createVault, type OrganizationVault, type VaultOptions } from '../../vault/vault.ts'
import { createKeyOffice } from '../office.ts'
import { createRewrapHandlers } from '../rewrap.ts'
import { SEALED_TABLES, SEALED_TABLES_OF_PEOPLE } from '../sealed-cells.ts'

const AT = '2026-11-21T10:00:00.000Z'

/** One sealed value and where it lies. */
export interface Cell {
  organizationId: string
  table: string
  column: string
  row: string
  bytes: Uint8Array
}

export interface WorldOptions extends Partial<VaultOptions> {
  /** The folder of a home. */
  dataFolder: string
  now(): Date
  retireAfterMs?: number
  leaseMs?: number
  heartbeatMs?: number
}

/** Databases with sealed values of every kind, and everything that works on their keys. */
export async function openSealedWorld(options: WorldOptions) {
  const { dataFolder, now, retireAfterMs, leaseMs, heartbeatMs, ...vaultOptions } = options
  const databases = await openHome(dataFolder)
  const keyProvider: KeyProvider = options.keyProvider ?? openLocalKeyFile(dataFolder)
  const { control } = databases
  const [tenant] = databases.tenants()
  if (tenant === undefined) throw new Error('There is no tenant database.')
  const vault = createVault({ control, keyProvider, now, ...vaultOptions })
  const newJobId = () => newId('job', now())
  const office = createKeyOffice({ databases, keyProvider, vault, now, newJobId, onEnqueued: () => worker.wake() })
  const errors: unknown[] = []
  const retiring = retireAfterMs === undefined ? {} : { retireAfterMs }
  const workerOn = (storage: Storage) =>
    createWorker({
      storage,
      owner: 'keys',
      now,
      random: () => 0,
      pollMs: 5,
      handlers: createRewrapHandlers({ databases, vault, now, ...retiring }),
      onError: (error) => errors.push(error),
      ...(leaseMs === undefined ? {} : { leaseMs }),
      ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
    })
  const worker = workerOn(tenant)
  return {
    databases,
    /** The databases as their files show them, whoever the rows belong to. */
    storage: byHand(tenant),
    control: byHand(control),
    keyProvider,
    vault,
    office,
    worker,
    /** Of the control plane, where the jobs of people are. */
    workerOfPeople: workerOn(control),
    errors,
    async addOrganization(id: string): Promise<void> {
      await control.write((tx) =>
        tx.run(sql`INSERT INTO organizations (id, name, created_at) VALUES (${id}, ${`Name of ${id}`}, ${AT})
          ON CONFLICT DO NOTHING`),
      )
    },
    async addPerson(id: string): Promise<void> {
      await control.write((tx) =>
        tx.run(
          sql`INSERT INTO users (id, email, name, created_at) VALUES (${id}, ${`${id}@example.com`}, ${id}, ${AT})`,
        ),
      )
    },
    cells: () => readCells(byHand(tenant).read),
    cellsOfPeople: () => readCells(byHand(control).read, SEALED_TABLES_OF_PEOPLE),
    async close(): Promise<void> {
      await worker.stop()
      await vault.close()
      await databases.close()
    },
  }
}

/** How many sealed values `addSealedRows` adds: one in every column that holds some. */
export const SEALED_VALUES = SEALED_TABLES.flatMap(({ columns }) => columns).length

/** What is sealed in a cell: tells its place, so that a value in another place shows. */
export const textOf = (table: string, column: string, row: string) => `${table}.${column} of ${row}`.slice(0, 31)

/** One row of every table with sealed values, in one transaction. */
export async function addSealedRows(tx: Tx, keys: OrganizationVault, suffix: string): Promise<void> {
  const organization_id = keys.organizationId
  const sealed = (table: string, column: string, row: string, padTo?: number) =>
    keys.seal({ table, column, row }, textOf(table, column, row), padTo === undefined ? {} : { padTo })
  const named = { organization_id, name: 'x', created_at: AT }
  const account = (table: string, row: string) => ({
    account_type: 'checking',
    routing_number: sealed(table, 'routing_number', row),
    routing_number_last4: '0021',
    account_number: sealed(table, 'account_number', row, 32),
    account_number_last4: '6789',
    account_index: keys.blindIndex(`${table}.account`, row),
  })
  const rcp = `rcp_${suffix}`
  const identification = sealed('recipients', 'identification', rcp, 32)
  const person = { holder_type: 'business', version: 1, updated_at: AT, identification }
  await insert(tx, 'recipients', { ...named, ...person, id: rcp, ...account('recipients', rcp) })
  const password = sealed('bank_connections', 'password', `bcn_${suffix}p`, 128)
  await insert(tx, 'bank_connections', { ...connection(named, `bcn_${suffix}p`, 'password'), password })
  const bcn = `bcn_${suffix}k`
  const private_key = sealed('bank_connections', 'private_key', bcn)
  const passphrase = sealed('bank_connections', 'passphrase', bcn, 128)
  const others = ['next_private_key', 'signing_key', 'next_signing_key'] as const
  const ours = Object.fromEntries(others.map((column) => [column, sealed('bank_connections', column, bcn)]))
  await insert(tx, 'bank_connections', { ...connection(named, bcn, 'privateKey'), private_key, passphrase, ...ours })
  const bac = `bac_${suffix}`
  const company = { bank_connection_id: bcn, company_name: 'x', company_id: 'x' }
  await insert(tx, 'bank_accounts', { ...named, ...company, id: bac, ...account('bank_accounts', bac) })
  const ach = `ach_${suffix}`
  const counts = { version: 1, batch_count: 0, entry_count: 0, credit_cents: 0, debit_cents: 0 }
  const people = { authors: '[]', created_by: 'x', updated_at: AT, status: 'submitted' }
  await insert(tx, 'ach_files', { ...named, id: ach, ...counts, ...people })
  const whe = `whe_${suffix}`
  const endpoint = {
    id: whe,
    url: 'https://x',
    state: 'enabled',
    failures: 0,
    previous_secret_ends_at: AT,
    created_at: AT,
  }
  const [secret, previous_secret] = ['secret', 'previous_secret'].map((one) => sealed('webhook_endpoints', one, whe))
  await insert(tx, 'webhook_endpoints', { organization_id, ...endpoint, secret, previous_secret })
  const file = { ach_file_id: ach, file_name: ach, file_id_modifier: 'A', size_bytes: 1, sha256: 'x', generated_at: AT }
  await insert(tx, 'generated_files', { organization_id, ...file, bytes: sealed('generated_files', 'bytes', ach) })
  const sent = { ach_file_id: ach, format: 'binary', encrypted_to: '[]', size_bytes: 1, encrypted_at: AT }
  const encrypted = { ...sent, sha256: 'x'.repeat(64), bytes: sealed('encrypted_files', 'bytes', ach) }
  await insert(tx, 'encrypted_files', { organization_id, ...encrypted })
  await addInbound(tx, organization_id, bcn, suffix, sealed)
}

/** A file of a bank, with a correction that it brought. */
async function addInbound(
  tx: Tx,
  organization_id: string,
  bank_connection_id: string,
  suffix: string,
  sealed: (table: string, column: string, row: string) => Uint8Array,
): Promise<void> {
  const inbound_file_id = `inb_${suffix}`
  const counts = { round: 1, done_entries: 0, entry_count: 0, other_count: 0, repeated_count: 0 }
  const content = { size_bytes: 1, sha256: 'x'.repeat(64), state: 'stored', received_at: AT }
  await insert(tx, 'inbound_files', {
    organization_id,
    id: inbound_file_id,
    bank_connection_id,
    name: 'x',
    ...content,
    ...counts,
  })
  const part = `${inbound_file_id}.0`
  const bytes = sealed('inbound_file_parts', 'bytes', part)
  await insert(tx, 'inbound_file_parts', { organization_id, id: part, inbound_file_id, position: 0, bytes })
  const id = `cor_${suffix}`
  const about = { code: 'C01', state: 'open', candidates: '[]', changes: '[]', individual_name: 'x' }
  await insert(tx, 'corrections', {
    organization_id,
    id,
    inbound_file_id,
    bank_connection_id,
    position: 0,
    fingerprint: Buffer.from(id),
    ...about,
    original_trace_number: 'x',
    corrected: sealed('corrections', 'corrected', id),
    received_at: AT,
    due_on: '2026-01-01',
  })
}

function connection(named: Record<string, unknown>, id: string, authentication_method: string) {
  const place = { host: 'x', port: 22, username: 'x', upload_directory: '/', host_key_fingerprints: '[]' }
  const settings = { sweeps_at_once: 0, line_ending: 'lf' }
  const bank = { immediate_destination: 'x', immediate_destination_name: 'x' }
  const company = { immediate_origin: 'x', immediate_origin_name: 'x' }
  return { ...named, id, authentication_method, ...place, ...settings, ...bank, ...company }
}

async function insert(tx: Tx, table: string, values: Record<string, unknown>): Promise<void> {
  const list = (parts: SQL[]) => sql.join(parts, sql`, `)
  const columns = list(Object.keys(values).map((column) => sql`${sql.identifier(column)}`))
  const given = list(Object.values(values).map((value) => sql`${value}`))
  await tx.run(sql`INSERT INTO ${sql.identifier(table)} (${columns}) VALUES (${given})`)
}

/** One sealed value of a person. */
export async function addSealedSeed(tx: Tx, keys: OrganizationVault, id: string): Promise<void> {
  const [table, column] = ['authenticator_apps', 'seed']
  const seed = keys.seal({ table, column, row: id }, textOf(table, column, id))
  await insert(tx, table, { owner_id: keys.organizationId, id, state: 'active', seed, created_at: AT })
}

/** Every sealed value of the database. */
export async function readCells(db: Reader, tables = SEALED_TABLES): Promise<Cell[]> {
  const cells: Cell[] = []
  for (const { table, owner, row, columns } of tables) {
    const rows = await db.all<Record<string, unknown>>(sql`SELECT * FROM ${sql.identifier(table)}`)
    for (const one of rows) {
      for (const column of columns) {
        const bytes = one[column]
        if (!(bytes instanceof ArrayBuffer)) continue
        const organizationId = String(one[owner])
        cells.push({ organizationId, table, column, row: String(one[row]), bytes: new Uint8Array(bytes) })
      }
    }
  }
  return cells
}

/** Version of the key that a value is sealed with. */
export const versionOf = ({ bytes }: Cell) => Buffer.from(bytes).readUInt32BE(2)

/** Opens a cell where it lies. @throws EnvelopeRefused */
export function openCell(keys: OrganizationVault, { table, column, row, bytes }: Cell): string {
  return keys.openText({ table, column, row }, bytes).reveal()
}
