import { randomBytes, timingSafeEqual } from 'node:crypto'
import { lengthPrefixed } from './bytes.ts'
import { type KeyProvider, KeyUnavailable } from './key-provider.ts'
import { commitmentOf, type TenantKey, takeKey } from './key-ring.ts'
import type { KeyPlace, TenantKeyRow } from './store.ts'

/** A fresh random key, wrapped. The key itself is forgotten here. */
export async function newTenantKey(keyProvider: KeyProvider, place: KeyPlace, createdAt: string) {
  const bytes = randomBytes(32)
  try {
    const { wrapped, kekId } = await keyProvider.wrap(bytes, bindingOf(place))
    const commitment = Buffer.from(commitmentOf(takeKey(bytes)))
    return { ...place, wrappedKey: Buffer.from(wrapped), kekId, commitment, state: 'active' as const, createdAt }
  } finally {
    bytes.fill(0)
  }
}

/** @throws KeyUnavailable when the provider does not give it, or it is not the key that was stored */
export async function openTenantKey(keyProvider: KeyProvider, row: TenantKeyRow): Promise<TenantKey> {
  const key = takeKey(await unwrapped(keyProvider, row))
  return { version: row.version, key, commitment: commitmentOf(key), isActive: row.state === 'active' }
}

/** The same key under the current master key, unwrapped once more to be sure. */
export async function rewrapTenantKey(keyProvider: KeyProvider, row: TenantKeyRow) {
  const bytes = await unwrapped(keyProvider, row)
  try {
    const { wrapped, kekId } = await keyProvider.wrap(bytes, bindingOf(row))
    const wrappedKey = Buffer.from(wrapped)
    const again = await unwrapped(keyProvider, { ...row, wrappedKey, kekId })
    again.fill(0)
    return { wrappedKey, kekId }
  } finally {
    bytes.fill(0)
  }
}

async function unwrapped(keyProvider: KeyProvider, row: TenantKeyRow): Promise<Uint8Array> {
  if (row.wrappedKey === null) throw new KeyUnavailable('The keys of this organization were destroyed.')
  const bytes = await keyProvider.unwrap(row.wrappedKey, row.kekId, bindingOf(row))
  const commitment = commitmentOf(takeKey(Uint8Array.from(bytes)))
  if (timingSafeEqual(commitment, row.commitment)) return bytes
  bytes.fill(0)
  throw new KeyUnavailable('A key is not the one that was stored.')
}

/** `"dek1" ‖ organization ‖ kind ‖ version`: a wrapped key put elsewhere does not unwrap. */
function bindingOf({ organizationId, kind, version }: KeyPlace): Uint8Array {
  return lengthPrefixed(['dek1', organizationId, kind], version)
}
