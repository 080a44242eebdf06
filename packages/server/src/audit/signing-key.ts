import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { KeyUnavailable } from '../vault/key-provider.ts'
import { makeOwnerOnlyFile } from '../vault/make-owner-only-file.ts'
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
    makeOwnerOnlyFile(path, `fistworks-audit-key-1 ${host} ${randomBytes(32).toString('base64url')}\n`)
  }
  return readSigningKey(path)
}

/** @throws KeyUnavailable */
export function readSigningKey(path: string): SigningKey {
  const found = FORMAT.exec(readOwnerOnlyFile(path))
  if (found === null) throw new KeyUnavailable(`${path} is not a key for audit checkpoints. Put the right file back.`)
  const [, host = '', encoded = ''] = found
  const seed = Buffer.from(encoded, 'base64url')
  return { signerFor: (database) => signerOf(`${host}/audit/${database}`, seed) }
}
