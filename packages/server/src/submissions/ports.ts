import type { Id, IdPrefix } from '@fistworks/contract'
import type { ClosingCheck, StopCheck } from '../deliveries/stop-check.ts'
import type { BankSession, BankSettings } from '../banks/bank.ts'
import type { Reader, Storage, Tx } from '../storage/transaction.ts'
import type { OrganizationVault } from '../vault/vault.ts'

/** What becomes of an ACH file on its way to the bank. */
export type FileProgress = 'submitted' | 'delivered' | 'acknowledged' | 'needsAttention' | 'failed' | 'canceled'

/** What the room of ACH files gives the delivery. */
export interface DeliveredFiles {
  /** The bytes for the bank, made once and sealed since. */
  generatedFile(db: Reader, vault: OrganizationVault, organizationId: string, achFileId: string): Promise<Uint8Array>
  /** Whether people still want this file delivered; asked right before anything is put at the bank. */
  isReleased(db: Reader, organizationId: string, achFileId: string): Promise<boolean>
  /** Why it has become pointless to deliver it, in words; `null` while it has not. Asked at the same moments. */
  overtaken(db: Reader, organizationId: string, achFileId: string): Promise<string | null>
  /** Tells the file how far it has come, in the transaction of that change. */
  onFileProgress(tx: Tx, organizationId: string, achFileId: string, status: FileProgress, at: string): Promise<void>
}

export interface DeliveryDependencies extends DeliveredFiles {
  databases: { tenantOf(organizationId: string): Promise<Storage> }
  vaultFor(organizationId: string): Promise<OrganizationVault>
  connect(settings: BankSettings): Promise<BankSession>
  /** Whether deliveries are stopped, in words for people. */
  stopped: StopCheck
  /** Whether the organization is being closed: nothing more is sent then, and the banks are still looked at. */
  isClosing: ClosingCheck
  now(): Date
  /** From 0 to just below 1. */
  random(): number
  newId<P extends IdPrefix>(prefix: P): Id<P>
  /** Called after a file has reached its bank. */
  onDelivered?(organizationId: string): void
  /** Called after each committed state: where the crash tests pull the plug. */
  checkpoint?(state: string): void
}
