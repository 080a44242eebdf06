import {
  chmodSync,
  chownSync,
  closeSync,
  linkSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type KeyProvider, KeyUnavailable } from './key-provider.ts'
import { KEY_FILE_NAME, openLocalKeyFile } from './local-key-file.ts'
import { openKeyProvider } from './open-key-provider.ts'
import { startAzure } from './testing/azure-provider.ts'

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Every adapter keeps the same promises; `reopen` is the same key after a restart, `other` another key. */
interface Adapter {
  first: KeyProvider
  reopen(): Promise<KeyProvider>
  other(): Promise<KeyProvider>
  /** Where making a newer key is not up to us, somebody does it. */
  addKek(): void
}

async function localKeyFile(): Promise<Adapter> {
  const folder = freshFolder()
  const first = openLocalKeyFile(folder)
  const reopen = async () => openLocalKeyFile(folder)
  return { first, reopen, other: async () => openLocalKeyFile(freshFolder()), addKek: () => {} }
}

async function azureKeyVault(): Promise<Adapter> {
  const [azure, another] = [await startAzure(), await startAzure()]
  onTestFinished(azure.close)
  onTestFinished(another.close)
  return { first: await azure.open(), reopen: azure.open, other: another.open, addKek: () => azure.server.addVersion() }
}

const adapters: { name: string; open(): Promise<Adapter> }[] = [
  { name: 'local key file', open: localKeyFile },
  { name: 'Azure Key Vault', open: azureKeyVault },
]

const dek = () => new Uint8Array(32).fill(9)
const binding = new TextEncoder().encode('dek1 org_1 data 1')

describe.each(adapters)('key provider: $name', ({ open }) => {
  test('unwraps what it wrapped, also after a restart', async () => {
    const { first, reopen } = await open()
    const { wrapped, kekId } = await first.wrap(dek(), binding)
    expect(kekId).toBe(await first.currentKek())
    expect(new Uint8Array(await first.unwrap(wrapped, kekId, binding))).toEqual(dek())
    expect(new Uint8Array(await (await reopen()).unwrap(wrapped, kekId, binding))).toEqual(dek())
  })

  test('shows nothing of the key and never the same bytes twice', async () => {
    const { first } = await open()
    const [one, two] = [await first.wrap(dek(), binding), await first.wrap(dek(), binding)]
    expect(Buffer.from(one.wrapped).equals(two.wrapped)).toBe(false)
    expect(Buffer.from(one.wrapped).includes(Buffer.from(dek()))).toBe(false)
  })

  test('refuses another binding, another key, and bytes that were changed', async () => {
    const { first, other } = await open()
    const { wrapped, kekId } = await first.wrap(dek(), binding)
    const elsewhere = new TextEncoder().encode('dek1 org_2 data 1')
    await expect(first.unwrap(wrapped, kekId, elsewhere)).rejects.toThrow(KeyUnavailable)
    await expect((await other()).unwrap(wrapped, kekId, binding)).rejects.toThrow(KeyUnavailable)
    await expect(first.unwrap(wrapped.subarray(1), kekId, binding)).rejects.toThrow(KeyUnavailable)
    await expect(first.unwrap(new Uint8Array(0), kekId, binding)).rejects.toThrow(KeyUnavailable)
    for (let at = 0; at < wrapped.length; at++) {
      const changed = Uint8Array.from(wrapped)
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(first.unwrap(changed, kekId, binding)).rejects.toThrow(KeyUnavailable)
    }
  })
})

describe.each(adapters)('the length of what $name wraps', ({ open }) => {
  test('one byte comes back, and nothing is no key, however well it was wrapped', async () => {
    const { first } = await open()
    const byte = await first.wrap(new Uint8Array([9]), binding)
    expect(Array.from(await first.unwrap(byte.wrapped, byte.kekId, binding))).toEqual([9])
    const nothing = await first.wrap(new Uint8Array(0), binding)
    await expect(first.unwrap(nothing.wrapped, nothing.kekId, binding)).rejects.toThrow('does not open')
  })
})

describe.each(adapters)('rotation of $name', ({ open }) => {
  test('the new key wraps from then on, and what the old one wrapped still unwraps, also after a restart', async () => {
    const { first, reopen, addKek } = await open()
    const old = await first.wrap(dek(), binding)
    const running = await reopen()
    addKek()
    const kekId = await first.renewKek()
    expect(kekId).not.toBe(old.kekId)
    const newer = await first.wrap(dek(), binding)
    expect(newer.kekId).toBe(kekId)
    for (const provider of [first, running, await reopen()]) {
      expect(await provider.currentKek()).toBe(kekId)
      expect((await provider.wrap(dek(), binding)).kekId).toBe(kekId)
      for (const { wrapped, kekId: id } of [old, newer]) {
        expect(new Uint8Array(await provider.unwrap(wrapped, id, binding))).toEqual(dek())
      }
    }
  })
})

test('the provider that was configured is opened, and a key vault out of reach is not replaced by a file', async () => {
  const folder = freshFolder()
  const azure = await startAzure()
  onTestFinished(azure.close)
  const away = { id: 'azure-key-vault' as const, ...azure.settings, vaultUrl: 'https://127.0.0.1:1' }
  await expect(openKeyProvider(away, folder, false)).rejects.toThrow(KeyUnavailable)
  expect(readdirSync(folder)).toEqual([])
  expect((await openKeyProvider({ id: 'local-file' }, folder, false)).id).toBe('local-file')
})

describe('the local key file', () => {
  test('keeps its older keys beside it, owner-only, and refuses one that others can read', async () => {
    const folder = freshFolder()
    const provider = openLocalKeyFile(folder)
    const ids = [await provider.currentKek(), await provider.renewKek(), await provider.renewKek()]
    const old = ids.slice(0, 2).map((id) => `master-${id.slice('local-file:'.length)}.key`)
    expect(readdirSync(folder).sort()).toEqual([...old, KEY_FILE_NAME].sort())
    for (const name of old) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    chmodSync(join(folder, old[0] ?? ''), 0o644)
    const after = openLocalKeyFile(folder)
    await expect(after.unwrap(new Uint8Array(60), ids[0] ?? '', binding)).rejects.toThrow('chmod 600')
  })

  test('is renewed also after a crash between its other name and the new key', async () => {
    const folder = freshFolder()
    const provider = openLocalKeyFile(folder)
    const old = await provider.wrap(dek(), binding)
    const kept = join(folder, `master-${old.kekId.slice('local-file:'.length)}.key`)
    linkSync(join(folder, KEY_FILE_NAME), kept)
    expect(await provider.renewKek()).not.toBe(old.kekId)
    expect(readdirSync(folder)).toHaveLength(2)
    const after = openLocalKeyFile(folder)
    expect(new Uint8Array(await after.unwrap(old.wrapped, old.kekId, binding))).toEqual(dek())
  })

  test('is made, read and renewed without a file left open', async () => {
    /** A file that is opened gets the lowest number that is free. */
    const lowest = () => {
      const file = openSync('/dev/null', 'r')
      closeSync(file)
      return file
    }
    const folder = freshFolder()
    const before = lowest()
    const provider = openLocalKeyFile(folder)
    const renewed = provider.renewKek()
    expect(lowest()).toBe(before)
    await renewed
  })

  test('is not made anew when keys are wrapped by a lost one', () => {
    const folder = freshFolder()
    expect(() => openLocalKeyFile(folder, true)).toThrow('Put the file back')
    expect(readdirSync(folder)).toEqual([])
    openLocalKeyFile(folder)
    expect(() => openLocalKeyFile(folder, true)).not.toThrow()
  })

  test('says which key is missing', async () => {
    const provider = openLocalKeyFile(freshFolder())
    const missing = provider.unwrap(new Uint8Array(60), 'local-file:00112233445566ff', binding)
    await expect(missing).rejects.toThrow('wrapped by local-file:00112233445566ff')
  })

  test('is made once, whole, and readable by its owner only', () => {
    const folder = freshFolder()
    openLocalKeyFile(folder)
    const path = join(folder, KEY_FILE_NAME)
    const text = readFileSync(path, 'utf8')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual([KEY_FILE_NAME])
    openLocalKeyFile(folder)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  test.each([0o644, 0o640, 0o660, 0o604, 0o700, 0o777])('is refused with mode %o', (mode) => {
    const folder = freshFolder()
    openLocalKeyFile(folder)
    chmodSync(join(folder, KEY_FILE_NAME), mode)
    expect(() => openLocalKeyFile(folder)).toThrow('chmod 600')
  })

  test('may be made read-only by its owner', () => {
    const folder = freshFolder()
    openLocalKeyFile(folder)
    chmodSync(join(folder, KEY_FILE_NAME), 0o400)
    expect(() => openLocalKeyFile(folder)).not.toThrow()
  })

  test('is refused when it is no key, empty, or a link', () => {
    const folder = freshFolder()
    const path = join(folder, KEY_FILE_NAME)
    for (const text of ['', 'secret\n', 'fistworks-master-key-1 0011223344556677 short\n']) {
      writeFileSync(path, text, { mode: 0o600 })
      expect(() => openLocalKeyFile(folder)).toThrow('is not a master key file')
    }
    rmSync(path)
    const elsewhere = freshFolder()
    openLocalKeyFile(elsewhere)
    symlinkSync(join(elsewhere, KEY_FILE_NAME), path)
    expect(() => openLocalKeyFile(folder)).toThrow()
  })

  test('of another user is refused', () => {
    const folder = freshFolder()
    openLocalKeyFile(folder)
    const path = join(folder, KEY_FILE_NAME)
    // Only root can give files away; for anybody else the kernel's refusal to do so is the same guarantee.
    if (process.getuid?.() === 0) {
      chownSync(path, 12345, 12345)
      expect(() => openLocalKeyFile(folder)).toThrow('belongs to another user')
    } else {
      expect(() => chownSync(path, 12345, 12345)).toThrow('EPERM')
    }
  })
})
