import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { databasePlacesOf, dataFolderOf } from '../config.ts'
import { publicText } from '../audit/signed-note.ts'
import { readSigningKey } from '../audit/signing-key.ts'
import { KeyUnavailable } from '../vault/key-provider.ts'
import { CommandError, fileError } from './command-error.ts'
import { print } from './terminal.ts'

/** Prints the public key of each log of FISTWORKS_DATA. */
export async function auditPublicKeys(): Promise<number> {
  const folder = dataFolderOf('live', process.env)
  const key = signingKeyIn(folder)
  for (const { name } of logsOf(folder)) await print(`${publicText(key.signerFor(name))}\n`)
  return 0
}

/** Where the database of a log is, or that only its checkpoints are left. */
interface LogPlace {
  name: string
  place: 'file' | 'server' | 'nowhere'
}

/** The logs of a data folder: its databases, those on servers, and those that there are only checkpoints of. */
export function logsOf(folder: string): LogPlace[] {
  const servers = new Set(Object.keys(databasePlacesOf(process.env)))
  const files = new Set(globSync('*.db', { cwd: folder }).map((file) => basename(file, '.db')))
  const signed = globSync('audit-*.checkpoints', { cwd: folder }).map((file) =>
    file.slice('audit-'.length, -'.checkpoints'.length),
  )
  const names = [...new Set([...servers, ...files, ...signed])].sort()
  const placeOf = (name: string) => (servers.has(name) ? 'server' : files.has(name) ? 'file' : 'nowhere')
  return names.map((name) => ({ name, place: placeOf(name) }))
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
