import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { dataFolderOf } from '../config.ts'
import { publicText } from '../audit/signed-note.ts'
import { readSigningKey } from '../audit/signing-key.ts'
import { KeyUnavailable } from '../vault/key-provider.ts'
import { CommandError, fileError } from './command-error.ts'
import { print } from './terminal.ts'

/** Prints the public key of each log of FISTWORKS_DATA. */
export async function auditPublicKeys(): Promise<number> {
  const folder = dataFolderOf('live', process.env)
  const key = signingKeyIn(folder)
  for (const name of databasesIn(folder)) await print(`${publicText(key.signerFor(name))}\n`)
  return 0
}

/** The databases that lie in a folder, by name. */
export function databasesIn(folder: string): string[] {
  return globSync('*.db', { cwd: folder })
    .map((file) => basename(file, '.db'))
    .sort()
}

/** @throws CommandError */
export function signingKeyIn(folder: string) {
  const path = join(folder, 'audit.key')
  try {
    return readSigningKey(path)
  } catch (error) {
    if (error instanceof KeyUnavailable) throw new CommandError(error.message)
    throw fileError('read', path, error)
  }
}
