import { promisify } from 'node:util'
import { gunzip, gunzipSync, gzipSync } from 'node:zlib'
import type { Id } from '@fistworks/contract'
import type { OrganizationVault } from '../vault/organization-vault.ts'
import { type SealingKey, sealWith } from '../vault/posted-keys.ts'

/** The two bytes that every gzip stream begins with; a NACHA file begins with `1`. */
const GZIP = [0x1f, 0x8b] as const

/** What is smaller is unpacked before another thread has begun. In compressed bytes. */
const LARGE = 16_384

export function generatedPlace(achFileId: Id<'ach'>) {
  return { table: 'generated_files', column: 'bytes', row: achFileId }
}

/**
 * How a generated file is kept: compressed, because the database stores it in one statement that everybody waits for, and
 * sealed.
 * @param key of `generatedPlace`
 */
export function sealGenerated(key: SealingKey, bytes: Uint8Array): Uint8Array {
  const packed = gzipSync(bytes, { level: 1 })
  const sealed = sealWith(key, packed)
  packed.fill(0)
  return sealed
}

/** The bytes of a generated file, for the bank. Those of earlier versions were kept as they are. */
export async function openGenerated(
  vault: OrganizationVault,
  achFileId: Id<'ach'>,
  sealedBytes: Uint8Array,
): Promise<Uint8Array> {
  const kept = vault.open(generatedPlace(achFileId), sealedBytes)
  if (kept[0] !== GZIP[0] || kept[1] !== GZIP[1]) return kept
  const bytes = kept.length > LARGE ? await promisify(gunzip)(kept) : gunzipSync(kept)
  kept.fill(0)
  return bytes
}
