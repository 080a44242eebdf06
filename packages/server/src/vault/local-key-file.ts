import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type KeyProvider, KeyUnavailable } from './key-provider.ts'

export const KEY_FILE_NAME = 'master.key'

const FORMAT = /^fistworks-master-key-1 ([0-9a-f]{16}) ([A-Za-z0-9_-]{43})\n$/
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * The wrapping key in a file that only its owner can read, for one machine. Made on the first start.
 * @param isInUse there are keys that a master key wrapped already, so a missing file is a lost one
 * @throws KeyUnavailable when the file is lost, has another mode or owner, or is not a key
 */
export function openLocalKeyFile(dataFolder: string, isInUse = false): KeyProvider {
  const path = join(dataFolder, KEY_FILE_NAME)
  if (!existsSync(path)) {
    if (isInUse) throw new KeyUnavailable(`${path} is missing, and without it no number opens. Put the file back.`)
    makeKeyFile(path)
  }
  const { id, key } = readKeyFile(path)
  const kekId = `local-file:${id}`

  return {
    id: 'local-file',
    currentKek: async () => kekId,
    wrap: async (dek, binding) => ({ wrapped: wrapWith(key, dek, binding), kekId }),
    async unwrap(wrapped, wantedKekId, binding) {
      if (wantedKekId !== kekId) {
        throw new KeyUnavailable(
          `The keys were wrapped by ${wantedKekId}; ${path} holds another master key. Put the old file back.`,
        )
      }
      return unwrapWith(key, wrapped, binding)
    },
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

/** Written whole under another name and then linked, so that a crash never leaves half a key. */
function makeKeyFile(path: string): void {
  const key = randomBytes(32)
  const text = `fistworks-master-key-1 ${randomBytes(8).toString('hex')} ${key.toString('base64url')}\n`
  key.fill(0)
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`
  const file = openSync(draft, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    closeSync(file)
    rmSync(draft, { force: true })
  }
  const folder = openSync(dirname(path), constants.O_RDONLY)
  fsyncSync(folder)
  closeSync(folder)
}

function readKeyFile(path: string): { id: string; key: KeyObject } {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const { mode, uid } = fstatSync(file)
    const permissions = mode & 0o777
    if (!(mode & constants.S_IFREG) || (permissions !== 0o600 && permissions !== 0o400)) {
      throw new KeyUnavailable(
        `${path} has mode 0${permissions.toString(8)}; it must be readable by its owner only. Run: chmod 600 ${path}`,
      )
    }
    if (uid !== process.getuid?.()) {
      throw new KeyUnavailable(`${path} belongs to another user (uid ${uid}) than this process.`)
    }
    const [, id, encoded] = FORMAT.exec(readFileSync(file, 'utf8')) ?? []
    if (id === undefined || encoded === undefined) throw new KeyUnavailable(`${path} is not a master key file.`)
    const bytes = Buffer.from(encoded, 'base64url')
    const key = createSecretKey(bytes)
    bytes.fill(0)
    return { id, key }
  } finally {
    closeSync(file)
  }
}
