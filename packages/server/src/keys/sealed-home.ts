import type { Databases } from '../storage/directory.ts'
import { ownedBy } from '../storage/owned-by.ts'
import type { Storage } from '../storage/transaction.ts'
import { SEALED_TABLES, SEALED_TABLES_OF_PEOPLE, type SealedTable } from './sealed-cells.ts'

/** Where an owner of keys has its sealed values, and its jobs. */
export interface SealedHome {
  storage: Storage
  tables: readonly SealedTable[]
}

/** An organization has them in its tenant database, a person in the control plane. */
export async function sealedHomeOf(databases: Databases, ownerId: string): Promise<SealedHome> {
  if (!ownerId.startsWith('usr_')) return { storage: await databases.tenantOf(ownerId), tables: SEALED_TABLES }
  return { storage: ownedBy(ownerId, databases.control), tables: SEALED_TABLES_OF_PEOPLE }
}
