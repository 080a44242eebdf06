import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Checkpoint, notesIn, openCheckpoint } from '../audit/checkpoint.ts'
import { checkpointPath } from '../audit/checkpoint-file.ts'
import { openOfflineLog } from '../audit/offline-log.ts'
import { type NoteKey, verifierOf } from '../audit/signed-note.ts'
import { type LogFault, type LogSummary, verifyLog } from '../audit/verify-log.ts'
import { dataFolderOf } from '../config.ts'
import type { Arguments, Shape } from './arguments.ts'
import { logsOf, signingKeyIn } from './audit-public-key.ts'
import { verifyExportFile } from './audit-verify-export.ts'
import { CommandError, fileError } from './command-error.ts'
import { EventProgress } from './event-progress.ts'
import { coloured, counted, print, shown } from './terminal.ts'

export const auditVerifyShape: Shape = {
  options: {
    database: { type: 'string' },
    export: { type: 'string' },
    checkpoints: { type: 'string' },
    'public-key': { type: 'string' },
  },
  files: [0, 0],
}

/** Checks logs, offline. @returns 1 when one of them was changed */
export async function auditVerify(given: Arguments): Promise<number> {
  const exported = given.text('export')
  if (exported !== undefined) return verifyExportFile(given, exported)
  const database = given.text('database')
  if (database !== undefined) return verifyDatabase(given, database)
  return verifyFolder(given, dataFolderOf('live', process.env))
}

/** What cannot be looked at is never taken for whole. */
async function verifyFolder(given: Arguments, folder: string): Promise<number> {
  const logs = logsOf(folder)
  if (logs.length === 0) {
    throw new CommandError(`There is no database in ${folder}. Set FISTWORKS_DATA, or name one with --database.`)
  }
  const codes: number[] = []
  for (const { name, place } of logs) {
    const path = join(folder, `${name}.db`)
    if (place === 'file') codes.push(await verifyDatabase(given, path))
    else if (place === 'nowhere') codes.push(await tell(path, GONE))
    else codes.push(await tellOfServer(name))
  }
  return codes.includes(1) ? 1 : Math.max(...codes)
}

const GONE: LogFault = {
  kind: 'cut',
  why: 'there are checkpoints of this database, and the database is not there',
  event: null,
}

async function tellOfServer(name: string): Promise<number> {
  const how = 'take --database with a copy of its file, or --export with an export'
  await print(`${shown(name)}: not looked at: it lies on a server (FISTWORKS_DATABASES); ${how}\n`)
  return 2
}

async function verifyDatabase(given: Arguments, path: string): Promise<number> {
  const name = basename(path).replace(/\.db$/, '')
  const file = given.text('checkpoints') ?? checkpointPath(dirname(path), name)
  const found = checkpointsIn(file, given.text('checkpoints') !== undefined, () => keyFor(given, dirname(path), name))
  if ('kind' in found) return tell(path, found)
  const log = opened(path)
  const progress = new EventProgress(log.count())
  try {
    const result = log.triggers() ?? verifyLog(log.events(), found, (events) => progress.at(events))
    progress.end()
    return await tell(path, result)
  } finally {
    log.close()
  }
}

function opened(path: string) {
  try {
    return openOfflineLog(path)
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : `${path} cannot be read`, { cause: error })
  }
}

/** The checkpoints of a file in their order, or the first whose signature is not right. */
function checkpointsIn(path: string, isNamed: boolean, key: () => NoteKey): Checkpoint[] | LogFault {
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (isNamed || !(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      throw fileError('read', path, error)
    }
    return []
  }
  const checkpoints: Checkpoint[] = []
  for (const [index, note] of notesIn(text).entries()) {
    const checkpoint = openCheckpoint(note, key())
    if (checkpoint !== null) checkpoints.push(checkpoint)
    else return { kind: 'signature', why: `checkpoint ${index + 1} of ${path} was not signed by this key`, event: null }
  }
  return checkpoints
}

/** What was handed over by other ways is better than what lies beside the database. */
export function keyFor(given: Arguments, folder: string, name: string): NoteKey {
  const text = given.text('public-key')
  if (text === undefined) return signingKeyIn(folder).signerFor(name)
  const key = verifierOf(text)
  if (key === null) throw new CommandError('--public-key is one line of: fistworks audit public-key')
  return key
}

function covered(checkpoints: number, uncovered: number): string {
  if (checkpoints === 0) return 'no checkpoint yet: a cut at the end would not show'
  const signed = counted(checkpoints, 'checkpoint')
  return uncovered === 0 ? signed : `${signed}, ${counted(uncovered, 'event')} after the last checkpoint`
}

/** @returns the exit code */
export async function tell(path: string, result: LogFault | LogSummary): Promise<number> {
  const name = shown(path)
  if ('kind' in result) {
    const { event, kind, why } = result
    const place = event === null ? '' : `event ${event.seq} (${event.owner}, number ${event.ownerSeq}, ${event.id}): `
    await print(`${name}: ${coloured('changed', 'error')}: ${shown(place)}${shown(why)} [${kind}]\n`)
    return 1
  }
  const { events, chains, checkpoints, uncovered, root } = result
  const said = [
    counted(events, 'event'),
    `in ${counted(chains, 'chain')}`,
    covered(checkpoints, uncovered),
    `root ${Buffer.from(root).toString('base64')}`,
  ]
  await print(`${name}: ${coloured('whole', 'good')}: ${said.join(', ')}\n`)
  return 0
}
