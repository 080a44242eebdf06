import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type KeyProvider, KeyUnavailable } from './key-provider.ts'
import { takeKey } from './key-ring.ts'
import { linkUnlessThere, makeOwnerOnlyFile, syncFolder, writeDraft } from './make-owner-only-file.ts'
import { readOwnerOnlyFile } from './owner-only-file.ts'

export const KEY_FILE_NAME = 'master.key'

const PREFIX = 'local-file:'
const FORMAT = /^fistworks-master-key-1 ([0-9a-f]{16}) ([A-Za-z0-9_-]{43})\n$/
const IV_BYTES = 12
const TAG_BYTES = 16

/** Older keys lie beside the one in use; they still unwrap. */
const OLDER = /^master-[0-9a-f]{16}\.key$/

interface MasterKey {
  id: string
  key: KeyObject
}

/**
 * The wrapping key in a file that only its owner can read, for one machine. Made on the first start. A rotation puts a
 * new one in its place and keeps the old one beside it as `master-<id>.key`.
 * @param isInUse there are keys that a master key wrapped already, so a missing file is a lost one
 * @throws KeyUnavailable when the file is lost, has another mode or owner, or is not a key
 */
export function openLocalKeyFile(dataFolder: string, isInUse = false): KeyProvider {
  const path = join(dataFolder, KEY_FILE_NAME)
  if (!existsSync(path)) {
    if (isInUse) throw new KeyUnavailable(`${path} is missing, and without it no number opens. Put the file back.`)
    makeOwnerOnlyFile(path, newKey().text)
  }
  const known = new Map<string, KeyObject>()

  /** Read anew for each use that is not answered from memory: another process may have rotated it. */
  function current(): MasterKey {
    const master = readKeyFile(path)
    known.set(master.id, master.key)
    return master
  }

  function find(kekId: string): KeyObject {
    const id = kekId.startsWith(PREFIX) ? kekId.slice(PREFIX.length) : ''
    const key = known.get(id) ?? (current().id === id ? known.get(id) : older(id))
    if (key) return key
    throw new KeyUnavailable(
      `The keys were wrapped by ${kekId}; ${path} holds another master key. Put the old file back beside it, as master-<its id>.key.`,
    )
  }

  function older(id: string): KeyObject | undefined {
    for (const name of readdirSync(dataFolder).filter((each) => OLDER.test(each))) {
      const master = readKeyFile(join(dataFolder, name))
      known.set(master.id, master.key)
    }
    return known.get(id)
  }

  current()
  return {
    id: 'local-file',
    currentKek: async () => `${PREFIX}${current().id}`,
    async renewKek() {
      const { id } = current()
      return `${PREFIX}${replaceKeyFile(path, join(dataFolder, `master-${id}.key`))}`
    },
    async wrap(dek, binding) {
      const { id, key } = current()
      return { wrapped: wrapWith(key, dek, binding), kekId: `${PREFIX}${id}` }
    },
    unwrap: async (wrapped, kekId, binding) => unwrapWith(find(kekId), wrapped, binding),
  }
}

function wrapWith(key: KeyObject, dek: Uint8Array, binding: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(binding)
  return Buffer.concat([iv, cipher.update(dek), cipher.final(), cipher.getAuthTag()])
}

function unwrapWith(key: KeyObject, wrapped: Uint8Array, binding: Uint8Array): Uint8Array {
  const refused = 'A wrapped key does not open: it is damaged or belongs elsewhere.'
  if (wrapped.length <= IV_BYTES + TAG_BYTES) throw new KeyUnavailable(refused)
  const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(binding)
  decipher.setAuthTag(wrapped.subarray(-TAG_BYTES))
  const dek = decipher.update(wrapped.subarray(IV_BYTES, -TAG_BYTES))
  try {
    decipher.final()
  } catch (cause) {
    dek.fill(0)
    throw new KeyUnavailable(refused, { cause })
  }
  return dek
}

/** The old key gets its other name first, so that no crash leaves a moment without it. @returns the id of the new key */
function replaceKeyFile(path: string, kept: string): string {
  linkUnlessThere(path, kept)
  syncFolder(dirname(path))
  const { id, text } = newKey()
  renameSync(writeDraft(path, text), path)
  syncFolder(dirname(path))
  return id
}

function newKey(): { id: string; text: string } {
  const key = randomBytes(32)
  const id = randomBytes(8).toString('hex')
  const text = `fistworks-master-key-1 ${id} ${key.toString('base64url')}\n`
  key.fill(0)
  return { id, text }
}

function readKeyFile(path: string): MasterKey {
  const found = FORMAT.exec(readOwnerOnlyFile(path))
  if (found === null) throw new KeyUnavailable(`${path} is not a master key file.`)
  const [, id = '', encoded = ''] = found
  return { id, key: takeKey(Buffer.from(encoded, 'base64url')) }
}
