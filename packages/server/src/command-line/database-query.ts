import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { MaskedReadRefused, openMaskedReader } from '../storage/masked-reader.ts'
import { readArguments } from './arguments.ts'
import { CommandError, fileError } from './command-error.ts'
import { print, printJson, printLines, shown, surviveBrokenPipes } from './terminal.ts'

const USAGE = `fistworks database query "SELECT ..."     reads the masked views of a tenant database
fistworks database views                  which there are, with their columns

  --data FOLDER       where the databases lie (FISTWORKS_DATA, or .data/live)
  --database NAME     which of them; main when left out
  --limit ROWS        at most so many rows; 1000 when left out
  --seconds TIME      a statement that takes longer is ended; 30 when left out
  --json              as JSON
`

const OPTIONS = {
  data: { type: 'string' },
  database: { type: 'string' },
  limit: { type: 'string' },
  seconds: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const
const FEW = 1_000
const FEW_SECONDS = 30

/** Reads masked values for people with access to the machine. @returns the exit code */
export async function databaseCommand(words: readonly string[], dataFolder: string): Promise<number> {
  surviveBrokenPipes()
  try {
    return await run(words, dataFolder)
  } catch (error) {
    if (!(error instanceof CommandError) && !(error instanceof MaskedReadRefused)) throw error
    await print(`fistworks database: ${shown(error.message)}\n`, process.stderr)
    return 2
  }
}

async function run(words: readonly string[], dataFolder: string): Promise<number> {
  const given = readArguments(words, { options: OPTIONS, files: [0, 2] })
  const [verb, statement] = given.files
  if (given.has('help')) {
    await print(USAGE)
    return 0
  }
  const name = given.text('database') ?? 'main'
  if (!/^[a-z0-9-]+$/.test(name) || name === 'control') throw new CommandError('--database names a tenant database')
  const path = join(given.text('data') ?? dataFolder, `${name}.db`)
  const reader = opened(path)
  try {
    if (verb === 'views' && statement === undefined) {
      await printLines(reader.views().map((view) => `${view.name}: ${view.columns.join(', ')}`))
      return 0
    }
    if (verb !== 'query' || statement === undefined) throw new CommandError(USAGE)
    const limit = given.count('limit') ?? FEW
    const clock = endAfter(given.count('seconds') ?? FEW_SECONDS)
    const { rows, hasMore } = fewOf(reader.query(statement), limit)
    await clock.terminate()
    if (given.has('json')) await printJson(rows)
    else await printLines(tableOf(rows))
    if (hasMore) await print(`More than ${limit} rows: --limit shows more\n`, process.stderr)
    return 0
  } finally {
    reader.close()
  }
}

/** SQLite works in this thread and cannot be asked to stop, so another one ends the process. Nothing is written here. */
const CLOCK = `
  const { workerData: seconds } = require('node:worker_threads')
  setTimeout(() => {
    const why = 'the statement took longer than ' + seconds + ' s. Ask for less, or give it more time with --seconds'
    require('node:fs').writeSync(2, 'fistworks database: ' + why + '\\n')
    process.kill(process.pid, 'SIGTERM')
  }, seconds * 1000)
`

function endAfter(seconds: number): Worker {
  const clock = new Worker(CLOCK, { eval: true, workerData: seconds })
  clock.unref()
  return clock
}

function fewOf(all: Iterable<Record<string, unknown>>, limit: number) {
  const rows: Record<string, unknown>[] = []
  for (const row of all) {
    if (rows.length === limit) return { rows, hasMore: true }
    rows.push(row)
  }
  return { rows, hasMore: false }
}

function opened(path: string) {
  try {
    return openMaskedReader(path)
  } catch (error) {
    throw fileError('open', path, error)
  }
}

/** Columns of equal width; what would move the cursor is shown as `?`. */
function tableOf(rows: readonly Record<string, unknown>[]): string[] {
  const [first] = rows
  if (first === undefined) return ['No rows']
  const names = Object.keys(first)
  const lines = [names, ...rows.map((row) => names.map((name) => cellOf(row[name])))]
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function cellOf(value: unknown): string {
  const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
  return shown(text).replaceAll(/\s/g, ' ')
}
