import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { syncFolder } from '../vault/make-owner-only-file.ts'
import { notesIn } from './checkpoint.ts'

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

export function checkpointFile(path: string): CheckpointFile {
  return {
    path,
    last() {
      if (!existsSync(path)) return null
      return notesIn(readFileSync(path, 'utf8')).at(-1) ?? null
    },
    append(note) {
      const file = openSync(
        path,
        constants.O_CREAT | constants.O_APPEND | constants.O_WRONLY | constants.O_NOFOLLOW,
        0o600,
      )
      try {
        // The empty lines before it end whatever a crash left of the note before.
        writeFileSync(file, fstatSync(file).size === 0 ? note : `\n\n${note}`, { flush: true })
      } finally {
        closeSync(file)
      }
      syncFolder(dirname(path))
    },
  }
}
