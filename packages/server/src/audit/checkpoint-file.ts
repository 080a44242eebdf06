import { closeSync, constants, existsSync, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { notesIn } from './checkpoint.ts'
import { syncFolder } from './signing-key.ts'

/** A place that keeps the checkpoints of one database, oldest first. Only grows. */
export interface CheckpointFile {
  path: string
  /** The newest whole note, or `null` when there is none yet. */
  last(): string | null
  /** On the disk when it returns. */
  append(note: string): void
}

export function checkpointPath(folder: string, database: string): string {
  return join(folder, `audit-${database}.checkpoints`)
}

/** The end of a file that holds at least one whole note. */
const TAIL_BYTES = 16 * 1024

export function checkpointFile(path: string): CheckpointFile {
  return {
    path,
    last() {
      if (!existsSync(path)) return null
      // The end is searched first: the file grows by some hundred bytes every five minutes.
      const text = readFileSync(path, 'utf8')
      return notesIn(text.slice(-TAIL_BYTES)).at(-1) ?? notesIn(text).at(-1) ?? null
    },
    append(note) {
      const isNew = !existsSync(path)
      const file = openSync(
        path,
        constants.O_CREAT | constants.O_APPEND | constants.O_WRONLY | constants.O_NOFOLLOW,
        0o600,
      )
      try {
        // The empty lines before it end whatever a crash left of the note before.
        const bytes = Buffer.from(fstatSync(file).size === 0 ? note : `\n\n${note}`)
        if (writeSync(file, bytes) !== bytes.length) throw new Error(`${path} could not be written whole.`)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      if (isNew) syncFolder(dirname(path))
    },
  }
}
