import { randomBytes, timingSafeEqual } from 'node:crypto'
import { and, eq, ne } from 'drizzle-orm'
import type { Storage } from '../storage/transaction.ts'
import { lengthPrefixed, u32 } from './bytes.ts'
import { type CellAddress, openEnvelope, sealEnvelope } from './envelope.ts'
import { type KeyProvider, KeyUnavailable } from './key-provider.ts'
import { commitmentOf, type KeyRing, keyRing, type TenantKey, takeKey } from './key-ring.ts'
import { tenantKeys } from './table.ts'

export { type CellAddress, EnvelopeRefused } from './envelope.ts'

/** Bytes to which account and routing numbers are padded, so that a sealed number does not tell its length. */
export const ACCOUNT_NUMBER_BYTES = 32

/** Seals and opens values of one organization. Its keys are unwrapped already, so nothing here waits. */
export interface OrganizationVault {
  organizationId: string
  /** @param options.padTo fixed size in bytes that hides the length of the text */
  seal(at: CellAddress, clear: string | Uint8Array, options?: { padTo?: number }): Uint8Array
  /** @throws EnvelopeRefused when the envelope was not sealed for this very place */
  open(at: CellAddress, envelope: Uint8Array): Uint8Array
  /** @throws EnvelopeRefused */
  openText(at: CellAddress, envelope: Uint8Array): string
  /**
   * 32 bytes that are equal when purpose and parts are, within this organization; they tell nothing else.
   * Parts go in as they are: bring account numbers into one form with `comparableNumber` first.
   */
  blindIndex(purpose: string, ...parts: string[]): Uint8Array
}

export interface Vault {
  /**
   * Unwraps the keys of an organization, making them at its first use. Call it before a transaction, not inside.
   * @throws KeyUnavailable
   */
  forOrganization(organizationId: string): Promise<OrganizationVault>
  /** Makes the keys of an organization unless it has them. */
  createKeys(organizationId: string): Promise<void>
}

/** An account or routing number in the form in which equal numbers are equal: digits and capital letters only. */
export function comparableNumber(text: string): string {
  return text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
}

const KEPT_ORGANIZATIONS = 1000
const KEPT_MS = 5 * 60 * 1000

/** Whether any organization has keys. */
export async function hasKeys(control: Storage): Promise<boolean> {
  return (await control.read.select({ kekId: tenantKeys.kekId }).from(tenantKeys).limit(1)).length > 0
}

export function createVault(options: { control: Storage; keyProvider: KeyProvider; now(): Date }): Vault {
  const { control, keyProvider, now } = options
  const kept = new Map<string, { ring: KeyRing; until: number }>()

  async function createKeys(organizationId: string): Promise<void> {
    const rows = [await newKey(organizationId, 'data'), await newKey(organizationId, 'blind')]
    await control.write(async (tx) => {
      await tx.insert(tenantKeys).values(rows).onConflictDoNothing()
    })
  }

  async function newKey(organizationId: string, kind: 'data' | 'blind') {
    const version = 1
    const bytes = randomBytes(32)
    const { wrapped, kekId } = await keyProvider.wrap(bytes, bindingBytes(organizationId, kind, version))
    const commitment = Buffer.from(commitmentOf(takeKey(bytes)))
    const createdAt = now().toISOString()
    const wrappedKey = Buffer.from(wrapped)
    return { organizationId, kind, version, wrappedKey, kekId, commitment, state: 'active' as const, createdAt }
  }

  async function load(organizationId: string): Promise<KeyRing | null> {
    const rows = await control.read
      .select()
      .from(tenantKeys)
      .where(and(eq(tenantKeys.organizationId, organizationId), ne(tenantKeys.state, 'destroyed')))
    const data: TenantKey[] = []
    let blind: TenantKey | undefined
    for (const row of rows) {
      const tenantKey = await unwrap(keyProvider, row)
      if (row.kind === 'data') data.push(tenantKey)
      else if (tenantKey.isActive) blind = tenantKey
    }
    return blind && data.length > 0 ? keyRing(data, blind) : null
  }

  async function ringOf(organizationId: string): Promise<KeyRing> {
    const at = now().getTime()
    const found = kept.get(organizationId)
    kept.delete(organizationId)
    if (found && found.until > at) {
      kept.set(organizationId, found)
      return found.ring
    }
    let ring = await load(organizationId)
    if (!ring) {
      await createKeys(organizationId)
      ring = await load(organizationId)
    }
    if (!ring) throw new KeyUnavailable('The keys of this organization were destroyed.')
    kept.set(organizationId, { ring, until: at + KEPT_MS })
    const oldest = kept.size > KEPT_ORGANIZATIONS ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
    return ring
  }

  return {
    createKeys,
    forOrganization: async (organizationId) => organizationVault(organizationId, await ringOf(organizationId)),
  }
}

/** `"dek1" ‖ organization ‖ kind ‖ version`: a wrapped key put elsewhere does not unwrap. */
function bindingBytes(organizationId: string, kind: string, version: number): Uint8Array {
  return Buffer.concat([...['dek1', organizationId, kind].map(lengthPrefixed), u32(version)])
}

async function unwrap(keyProvider: KeyProvider, row: typeof tenantKeys.$inferSelect): Promise<TenantKey> {
  const binding = bindingBytes(row.organizationId, row.kind, row.version)
  const key = takeKey(await keyProvider.unwrap(row.wrappedKey, row.kekId, binding))
  const commitment = commitmentOf(key)
  if (!timingSafeEqual(commitment, row.commitment)) throw new KeyUnavailable('A key is not the one that was stored.')
  return { version: row.version, key, commitment, isActive: row.state === 'active' }
}

function organizationVault(organizationId: string, ring: KeyRing): OrganizationVault {
  function open(at: CellAddress, envelope: Uint8Array): Uint8Array {
    return openEnvelope((version) => ring.openingKey(version, at.table, at.column), organizationId, at, envelope)
  }
  return {
    organizationId,
    open,
    seal(at, clear, options) {
      const bytes = typeof clear === 'string' ? Buffer.from(clear, 'utf8') : clear
      const envelope = sealEnvelope(ring.sealingKey(at.table, at.column), organizationId, at, bytes, options?.padTo)
      if (bytes !== clear) bytes.fill(0)
      return envelope
    },
    openText(at, envelope) {
      const bytes = open(at, envelope)
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
      bytes.fill(0)
      return text
    },
    blindIndex: (purpose, ...parts) => ring.blindIndex(purpose, parts),
  }
}
