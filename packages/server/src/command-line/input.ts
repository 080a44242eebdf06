import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { type AchFile, decodeFile, type Profile, type Violation } from '@fistworks/nacha'
import { CommandError, fileError } from './command-error.ts'
import { Progress } from './progress.ts'

/** Bytes that are read as a whole; `validate` streams and has no such limit. */
const MAXIMUM_BYTES = 1024 * 1024 * 1024

/** How an input is called in messages. */
export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path
}

/** The bytes of a file, or of standard input for '-', piece by piece. @throws CommandError when it cannot be read */
export async function* pieces(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const found = path === '-' ? null : await stat(path)
    if (found?.isDirectory()) throw new CommandError(`Cannot read ${path}: it is a folder, not a file`)
    const progress = new Progress(found?.isFile() ? found.size : null)
    const source = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 256 * 1024 })
    try {
      for await (const piece of source as AsyncIterable<Uint8Array>) {
        yield piece
        progress.add(piece.length)
      }
    } finally {
      progress.end()
    }
  } catch (error) {
    throw fileError('read', nameOf(path), error)
  }
}

/** One array; no Buffer, whose `slice` shares its memory where that of other arrays copies. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** All bytes of an input. @throws CommandError when it cannot be read or is larger than 1 GiB */
export async function wholeInput(path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces(path)) {
    size += piece.length
    if (size > MAXIMUM_BYTES) throw new CommandError(`Cannot read ${nameOf(path)}: it is larger than 1 GiB`)
    parts.push(piece)
  }
  return joined(parts)
}

export interface ReadFile {
  readonly name: string
  /** Null when records are missing or out of order: the violations say where. */
  readonly file: AchFile | null
  readonly violations: readonly Violation[]
}

export async function readFile(path: string, profile: Profile): Promise<ReadFile> {
  return { name: nameOf(path), ...decodeFile(await wholeInput(path), { profile }) }
}
