import { randomBytes } from 'node:crypto'
import { closeSync, constants, existsSync, fsyncSync, linkSync, openSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { KeyUnavailable } from '../vault/key-provider.ts'
import { readOwnerOnlyFile } from '../vault/owner-only-file.ts'
import { type NoteKey, signerOf } from './signed-note.ts'

const FILE_NAME = 'audit.key'
const FORMAT = /^fistworks-audit-key-1 ([^\s+]{1,200}) ([A-Za-z0-9_-]{43})\n$/

/** Signs for one installation; each of its databases is a log with a name of its own. */
export interface SigningKey {
  signerFor(database: string): NoteKey
}

/**
 * Reads `audit.key` of the data folder, or makes it on the first start.
 * @param host what the logs are called after from then on; a later change of address changes no log
 * @param isInUse there are checkpoints already, so a missing file is a lost one
 * @throws KeyUnavailable
 */
export function openSigningKey(dataFolder: string, host: string, isInUse: boolean): SigningKey {
  const path = join(dataFolder, FILE_NAME)
  if (!existsSync(path)) {
    if (isInUse) {
      throw new KeyUnavailable(
        `${path} is missing, but there are checkpoints that it signed. Put the file back. If it is lost for good, move the audit-*.checkpoints files elsewhere and keep them: the next start makes a new key and new files.`,
      )
    }
    makeKeyFile(path, host)
  }
  return readSigningKey(path)
}

/** @throws KeyUnavailable */
export function readSigningKey(path: string): SigningKey {
  const [, host, encoded] = FORMAT.exec(readOwnerOnlyFile(path)) ?? []
  if (host === undefined || encoded === undefined) {
    throw new KeyUnavailable(`${path} is not a key for audit checkpoints.`)
  }
  const seed = Buffer.from(encoded, 'base64url')
  return { signerFor: (database) => signerOf(`${host}/audit/${database}`, seed) }
}

/** Written whole under another name and then linked, so that a crash never leaves half a key. */
function makeKeyFile(path: string, host: string): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`
  const file = openSync(draft, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600)
  try {
    writeSync(file, `fistworks-audit-key-1 ${host} ${randomBytes(32).toString('base64url')}\n`)
    fsyncSync(file)
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    closeSync(file)
    rmSync(draft, { force: true })
  }
  syncFolder(dirname(path))
}

/** Makes the names in a folder survive a power cut. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, constants.O_RDONLY)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
