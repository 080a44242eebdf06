import { ownedBy } from '../storage/owned-by.ts'
import type { Storage } from '../storage/transaction.ts'
import { createKeyCache } from './key-cache.ts'
import { type KeyProvider, KeyUnavailable } from './key-provider.ts'
import { type KeyRing, keyRing, type TenantKey } from './key-ring.ts'
import { type HeldKeys, type OrganizationVault, organizationVault } from './organization-vault.ts'
import { createSealBudget, SEAL_LIMITS, type SealLimits } from './seal-budget.ts'
import { type TenantKeyRow, tenantKeyReader, tenantKeyStore } from './store.ts'
import { newTenantKey, openTenantKey } from './tenant-keys.ts'

export { EnvelopeRefused } from './envelope.ts'
export type { OrganizationVault } from './organization-vault.ts'

/** Bytes to which account and routing numbers are padded, so that a sealed number does not tell its length. */
export const ACCOUNT_NUMBER_BYTES = 32

export interface Vault {
  /**
   * Unwraps the keys of an organization, making them at its first use. Call it before a transaction, not inside, and
   * anew for each piece of work.
   * @param options.seals how many values will be sealed, for those who seal thousands
   * @throws KeyUnavailable
   */
  forOrganization(organizationId: string, options?: { seals?: number }): Promise<OrganizationVault>
  /** Makes the keys of an organization unless it has them. */
  createKeys(organizationId: string): Promise<void>
  /** The keys of an organization changed: the next use unwraps them anew. Destroyed ones stop at once. */
  forget(organizationId: string, change: 'rotated' | 'destroyed'): void
  /** Gives back what was counted and not sealed. Call it before the databases close. */
  close(): Promise<void>
}

export interface VaultOptions {
  control: Storage
  keyProvider: KeyProvider
  now(): Date
  /** Called when a data key has sealed so much that it should be rotated. */
  onDue?(organizationId: string): void
  sealLimits?: SealLimits
  /** Organizations whose keys are kept; 1,000 unless told. */
  keptOrganizations?: number
  /** How long unwrapped keys are kept; 5 minutes unless told. */
  keptMs?: number
  /** How long keys seal after they were unwrapped; 15 minutes unless told, and always longer than they are kept. */
  heldMs?: number
  /** A clock that nobody turns back; the process's own unless told. */
  elapsedMs?(): number
}

/** An account or routing number in the form in which equal numbers are equal: digits and capital letters only. */
export function comparableNumber(text: string): string {
  return text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
}

const KEPT_ORGANIZATIONS = 1000
const KEPT_MS = 5 * 60 * 1000
/** Keys that were loaded so lately are as new as any: what they do not open is no newer, but damaged. */
const FRESH_MS = 1000
/** Longer than any piece of work; a rotation waits longer still before it retires a key. */
export const HELD_MS = 15 * 60 * 1000

/** Whether any organization has keys. */
export async function hasKeys(control: Storage): Promise<boolean> {
  return tenantKeyReader(control.read).hasAny()
}

export function createVault(options: VaultOptions): Vault {
  const { control, keyProvider, now, elapsedMs = () => performance.now(), heldMs = HELD_MS } = options
  const budget = createSealBudget(control, options.sealLimits ?? SEAL_LIMITS, options.onDue ?? (() => {}))
  const cache = createKeyCache({
    load: async (organizationId) => heldKeys(organizationId, await loadRing(organizationId)),
    now,
    keptMs: options.keptMs ?? KEPT_MS,
    size: options.keptOrganizations ?? KEPT_ORGANIZATIONS,
  })
  const destroyed = new Set<string>()

  function heldKeys(organizationId: string, ring: KeyRing): HeldKeys {
    const since = elapsedMs()
    return {
      ring,
      isDestroyed: () => destroyed.has(organizationId),
      maySeal: () => elapsedMs() - since <= heldMs,
      letGo() {
        if (elapsedMs() - since < FRESH_MS) return false
        cache.forget(organizationId)
        return true
      },
    }
  }

  async function createKeys(organizationId: string): Promise<void> {
    const createdAt = now().toISOString()
    const kinds = ['data', 'blind'] as const
    const made = kinds.map((kind) => newTenantKey(keyProvider, { organizationId, kind, version: 1 }, createdAt))
    const rows = await Promise.all(made)
    await ownedBy(organizationId, control).write((tx) => tenantKeyStore(tx).add(rows))
  }

  async function loadRing(organizationId: string): Promise<KeyRing> {
    const reader = tenantKeyReader(ownedBy(organizationId, control).read)
    let rows = await reader.ofOrganization(organizationId)
    if (rows.length === 0) {
      await createKeys(organizationId)
      rows = await reader.ofOrganization(organizationId)
    }
    return ringOf(keyProvider, rows)
  }

  return {
    createKeys,
    async forOrganization(organizationId, wanted) {
      const keys = await cache.get(organizationId)
      await budget.ensure(organizationId, keys.ring.version, wanted?.seals)
      return organizationVault(organizationId, keys, budget)
    },
    forget(organizationId, change) {
      cache.forget(organizationId)
      if (change === 'destroyed') destroyed.add(organizationId)
    },
    close: () => budget.flush(),
  }
}

async function ringOf(keyProvider: KeyProvider, rows: readonly TenantKeyRow[]): Promise<KeyRing> {
  const usable = rows.filter(({ state }) => state === 'active' || state === 'decrypt_only')
  const data: TenantKey[] = []
  let blind: TenantKey | undefined
  for (const row of usable) {
    const tenantKey = await openTenantKey(keyProvider, row)
    if (row.kind === 'data') data.push(tenantKey)
    else if (tenantKey.isActive) blind = tenantKey
  }
  if (!blind || data.length === 0) throw new KeyUnavailable('The keys of this organization were destroyed.')
  return keyRing(data, blind)
}
