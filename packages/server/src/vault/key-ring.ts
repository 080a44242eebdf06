import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { u32 } from './bytes.ts'
import { type FieldKey, refusalOf } from './envelope.ts'

/** One unwrapped key of an organization. */
export interface TenantKey {
  version: number
  key: KeyObject
  commitment: Uint8Array
  isActive: boolean
}

const NO_SALT = new Uint8Array(0)

/** Fingerprint of a key: tells keys apart without telling anything about them. */
export function commitmentOf(key: KeyObject): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, NO_SALT, 'commit|v1', 16))
}

/** Takes over the bytes and erases them where they were. */
export function takeKey(bytes: Uint8Array): KeyObject {
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

/** The unwrapped keys of one organization: one key per column is derived from them and kept. */
export function keyRing(data: readonly TenantKey[], blind: TenantKey) {
  const fields = new Map<string, FieldKey>()
  const active = data.find((one) => one.isActive)
  if (!active) throw new Error('An organization needs one active data key.')
  const newest = Math.max(...data.map(({ version }) => version))

  function fieldKey(tenantKey: TenantKey, table: string, column: string): FieldKey {
    const info = `fld|v1|${table}|${column}`
    const name = `${tenantKey.version}|${info}`
    const known = fields.get(name)
    if (known) return known
    const key = takeKey(new Uint8Array(hkdfSync('sha256', tenantKey.key, NO_SALT, info, 32)))
    const made = { version: tenantKey.version, key, commitment: tenantKey.commitment }
    fields.set(name, made)
    return made
  }

  return {
    /** Version of the key that seals. */
    version: active.version,

    sealingKey: (table: string, column: string) => fieldKey(active, table, column),

    openingKey(version: number, table: string, column: string): FieldKey {
      const tenantKey = data.find((one) => one.version === version)
      if (!tenantKey) throw refusalOf(version, newest)
      return fieldKey(tenantKey, table, column)
    },

    /** Of every version there is. */
    openingKeys: (table: string, column: string): FieldKey[] => data.map((one) => fieldKey(one, table, column)),

    blindIndex(purpose: string, parts: readonly string[]): Uint8Array {
      const mac = createHmac('sha256', blind.key)
      for (const text of ['bidx|v1', purpose, ...parts]) {
        const bytes = Buffer.from(text, 'utf8')
        mac.update(u32(bytes.length)).update(bytes)
      }
      return mac.digest()
    },
  }
}

export type KeyRing = ReturnType<typeof keyRing>
