import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs'
import { notesIn } from '../audit/checkpoint.ts'
import { type NoteKey, verifierOf } from '../audit/signed-note.ts'
import type { LogFault } from '../audit/verify-log.ts'
import { type ExportSummary, verifyExport } from '../audit-events/verify-export.ts'
import type { Arguments } from './arguments.ts'
import { CommandError, fileError } from './command-error.ts'
import { EventProgress } from './event-progress.ts'
import { coloured, counted, print, shown } from './terminal.ts'

/** Checks an export in JSON lines, by the key that was handed over or, failing that, the one it brings along. */
export async function verifyExportFile(given: Arguments, path: string): Promise<number> {
  const handed = given.text('public-key')
  const key = handed === undefined ? keyInside(path) : verifierOf(handed)
  if (key === null) throw new CommandError('--public-key is one line of: fistworks audit public-key')
  const progress = new EventProgress(null)
  const result = await verifyExport(linesOf(path), { key, kept: keptIn(given) }, (events) => progress.at(events))
  progress.end()
  return tellExport(path, result, handed === undefined)
}

/** Far longer than any event. */
const LINE_CHARACTERS = 16 * 1024 * 1024

/** Ends lines where an export does and nowhere else: other signs that break lines can stand in a name. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const piece of createReadStream(path, 'utf8') as AsyncIterable<string>) {
      const lines = `${rest}${piece}`.split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > LINE_CHARACTERS)
        throw new CommandError(`Cannot read ${path}: a line of it is longer than 16 MiB`)
      yield* lines
    }
  } catch (error) {
    throw fileError('read', path, error)
  }
  if (rest !== '') yield rest
}

function keyInside(path: string): NoteKey {
  const text = /"publicKey":"([^"]+)"/.exec(startOf(path).split('\n')[0] ?? '')?.[1] ?? ''
  const key = verifierOf(text)
  if (key === null) throw new CommandError(`${path} is not an export in JSON lines (format jsonl).`)
  return key
}

/** As much as the first line has. */
function startOf(path: string): string {
  try {
    const file = openSync(path, 'r')
    const start = Buffer.alloc(16 * 1024)
    const length = readSync(file, start)
    closeSync(file)
    return start.toString('utf8', 0, length)
  } catch (error) {
    throw fileError('read', path, error)
  }
}

function keptIn(given: Arguments): string[] | null {
  const path = given.text('checkpoints')
  if (path === undefined) return null
  try {
    return notesIn(readFileSync(path, 'utf8'))
  } catch (error) {
    throw fileError('read', path, error)
  }
}

async function tellExport(path: string, result: LogFault | ExportSummary, isOwnKey: boolean): Promise<number> {
  const name = shown(path)
  if ('kind' in result) {
    const { event, kind, why } = result
    const place = event === null ? '' : `event ${event.seq} (${event.owner}, number ${event.ownerSeq}, ${event.id}): `
    await print(`${name}: ${coloured('changed', 'error')}: ${shown(place)}${shown(why)} [${kind}]\n`)
    return 1
  }
  const filtered = result.isFiltered ? ', a part of the log' : ''
  const events = `${counted(result.events, 'event')}, in ${counted(result.chains, 'chain')}${filtered}`
  await print(`${name}: ${coloured('whole', 'good')}: ${events}\n`)
  if (isOwnKey)
    await print('Checked with the key that the export brings along: compare it with the one you were given.\n')
  return 0
}
