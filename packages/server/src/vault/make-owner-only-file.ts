import { randomBytes } from 'node:crypto'
import { closeSync, constants, existsSync, fsyncSync, linkSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes the file of a secret, whole or not at all. One that is there, or that somebody made meanwhile, stays. */
export function makeOwnerOnlyFile(path: string, text: string): void {
  const draft = writeDraft(path, text)
  try {
    linkUnlessThere(draft, path)
  } finally {
    rmSync(draft)
  }
  syncFolder(dirname(path))
}

/** Written whole under another name, so that a crash never leaves half a secret. @returns the other name */
export function writeDraft(path: string, text: string): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`
  writeFileSync(draft, text, { flag: 'wx', mode: 0o600, flush: true })
  return draft
}

export function linkUnlessThere(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if (!existsSync(to)) throw error
  }
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
