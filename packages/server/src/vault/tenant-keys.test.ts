import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { KeyProvider } from './key-provider.ts'
import { openLocalKeyFile } from './local-key-file.ts'
import { newTenantKey, openTenantKey, rewrapTenantKey } from './tenant-keys.ts'

/** As the first release wrote it: 32 bytes of 9, wrapped by a master key of 32 bytes of 7. */
const stored = {
  organizationId: 'org_1',
  kind: 'data' as const,
  version: 1,
  wrappedKey: Buffer.from(
    '358ed2aee61df5b3f3396de68728d90823db99b601ec9ff213601765a55f54dd8b02b774fc53557597cc6fed6bbf9cf0e97c10904d47ebabdf5becc9',
    'hex',
  ),
  kekId: 'local-file:00112233445566ff',
  commitment: Buffer.from('43a4ce9dde8cdec99cee890bc06d39bc', 'hex'),
  state: 'active' as const,
  sealCount: 0,
  createdAt: '2026-11-21T10:00:00.000Z',
}

/** The master key of the first release, and every buffer with a clear key that passed through. */
function firstRelease() {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const text = `fistworks-master-key-1 00112233445566ff ${Buffer.alloc(32, 7).toString('base64url')}\n`
  writeFileSync(join(folder, 'master.key'), text, { mode: 0o600 })
  const file = openLocalKeyFile(folder)
  const seen: Uint8Array[] = []
  const lengths: number[] = []
  const note = (bytes: Uint8Array) => {
    seen.push(bytes)
    lengths.push(bytes.length)
    return bytes
  }
  const keyProvider: KeyProvider = {
    ...file,
    wrap: (dek, binding) => file.wrap(note(dek), binding),
    unwrap: async (...given) => note(await file.unwrap(...given)),
  }
  const areErased = () => seen.every((bytes) => bytes.every((byte) => byte === 0))
  return { keyProvider, file, seen, lengths, areErased }
}

test('a key wrapped by the first release is unwrapped for ever, and is erased where it was', async () => {
  const { keyProvider, seen, areErased } = firstRelease()
  const opened = await openTenantKey(keyProvider, stored)
  expect(opened).toMatchObject({ version: 1, isActive: true })
  expect(opened.key.export()).toEqual(Buffer.alloc(32, 9))
  expect(Buffer.from(opened.commitment).equals(stored.commitment)).toBe(true)
  expect((await openTenantKey(keyProvider, { ...stored, state: 'decrypt_only' })).isActive).toBe(false)
  expect(seen).toHaveLength(2)
  expect(areErased()).toBe(true)
})

test('a key is not taken for another: place, fingerprint and presence are looked at', async () => {
  const { keyProvider, areErased } = firstRelease()
  for (const wrong of [
    { organizationId: 'org_2' },
    { kind: 'blind' as const },
    { version: 2 },
    { commitment: Buffer.alloc(16) },
    { kekId: 'local-file:00112233445566fe' },
    { wrappedKey: null },
  ]) {
    await expect(openTenantKey(keyProvider, { ...stored, ...wrong })).rejects.toMatchObject({ name: 'KeyUnavailable' })
  }
  expect(areErased()).toBe(true)
  await expect(openTenantKey(keyProvider, { ...stored, wrappedKey: null })).rejects.toThrow('were destroyed')
  await expect(openTenantKey(keyProvider, { ...stored, commitment: Buffer.alloc(16) })).rejects.toThrow('not the one')
})

test('a new key has 32 random bytes, which are erased, also when they could not be wrapped', async () => {
  const { keyProvider, lengths, seen, areErased } = firstRelease()
  const place = { organizationId: 'org_1', kind: 'blind' as const, version: 3 }
  const row = { ...(await newTenantKey(keyProvider, place, 'now')), sealCount: 0 }
  expect(row).toMatchObject({ ...place, state: 'active', createdAt: 'now', kekId: stored.kekId })
  expect((await openTenantKey(keyProvider, row)).version).toBe(3)
  const taken: Uint8Array[] = []
  const away = async (dek: Uint8Array) => {
    taken.push(dek)
    throw new Error('away')
  }
  await expect(newTenantKey({ ...keyProvider, wrap: away }, place, 'now')).rejects.toThrow('away')
  expect(lengths).toEqual([32, 32])
  expect(taken.map((bytes) => bytes.length)).toEqual([32])
  expect([...seen, ...taken].every((bytes) => bytes.every((byte) => byte === 0))).toBe(true)
  expect(areErased()).toBe(true)
})

test('a key goes under a new master key unchanged, and nothing of it is left in memory', async () => {
  const { keyProvider, file, seen, areErased } = firstRelease()
  const kekId = await file.renewKek()
  const fresh = await rewrapTenantKey(keyProvider, stored)
  expect(fresh.kekId).toBe(kekId)
  expect(seen).toHaveLength(3)
  expect(areErased()).toBe(true)
  expect((await openTenantKey(keyProvider, { ...stored, ...fresh })).key.export()).toEqual(Buffer.alloc(32, 9))
})

test('a new wrapping that does not unwrap is not taken', async () => {
  const { keyProvider } = firstRelease()
  const wrap = async () => ({ wrapped: new Uint8Array(60), kekId: stored.kekId })
  await expect(rewrapTenantKey({ ...keyProvider, wrap }, stored)).rejects.toThrow('does not open')
})
