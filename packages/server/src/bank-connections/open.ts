import type { BankSettings } from '../banks/bank.ts'
import type { Reader } from '../storage/transaction.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import { openAuthentication } from './authentication.ts'
import { destinationHash } from './destination.ts'
import { bankConnectionStore } from './store.ts'

/** A bank connection ready to be used. `settings` holds secrets in clear: hand it to the bank and let go of it. */
export interface OpenedBankConnection {
  settings: BankSettings
  destinationHash: string
  uploadDirectory: string
  acknowledgementDirectory: string | null
  sweepsAtOnce: boolean
}

/** The one place where the secrets of a bank connection are opened. */
export async function openBankConnection(
  db: Reader,
  vault: OrganizationVault,
  organizationId: string,
  id: string,
): Promise<OpenedBankConnection> {
  const row = await bankConnectionStore(db, organizationId).find(id)
  if (row === undefined) throw new Error(`There is no bank connection ${id}.`)
  const { host, port, username, hostKeyFingerprints, hostKeyRefusedAt, legacyAlgorithmsUntil } = row
  const { uploadDirectory, acknowledgementDirectory, sweepsAtOnce } = row
  const server = { host, port, username, hostKeyFingerprints, hostKeyRefusedAt, legacyAlgorithmsUntil }
  return {
    settings: { ...server, authentication: openAuthentication(vault, row) },
    destinationHash: destinationHash(row),
    uploadDirectory,
    acknowledgementDirectory,
    sweepsAtOnce,
  }
}
