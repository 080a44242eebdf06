import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { type AchFile, decodeFile, type Profile, type Violation } from '@fistworks/nacha'
import { LIMITS } from '../limits.ts'
import { CommandError, fileError } from './command-error.ts'
import { Progress } from './progress.ts'

const MEBIBYTE = 1024 * 1024

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

/** One array that grows; no Buffer, whose `slice` shares its memory where that of other arrays copies. */
class Growing {
  #bytes: Uint8Array
  #length = 0

  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected)
  }

  get length(): number {
    return this.#length
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    this.#bytes.set(piece, this.#length)
    this.#length = length
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }
}

/** Says how much can be read, and what to do instead. */
export function tooLarge(path: string, maximum: number): CommandError {
  const advice = maximum < LIMITS.commandLineBytes.shown ? 'use smaller files' : 'validate takes it'
  return new CommandError(`Cannot read ${nameOf(path)}: past ${maximum / MEBIBYTE} MiB in all, ${advice}`)
}

/**
 * All bytes of an input; with those that were read `before`, `maximum` at most. @throws CommandError when it cannot be read
 * or is larger
 */
export async function wholeInput(path: string, maximum: number, before = 0): Promise<Uint8Array> {
  const found = path === '-' ? null : await stat(path).catch(() => null)
  const expected = found?.isFile() ? found.size : 0
  if (before + expected > maximum) throw tooLarge(path, maximum)
  const whole = new Growing(expected)
  for await (const piece of pieces(path)) {
    if (before + whole.length + piece.length > maximum) throw tooLarge(path, maximum)
    whole.add(piece)
  }
  return whole.bytes()
}

export interface ReadFile {
  readonly name: string
  /** Null when records are missing or out of order: the violations say where. */
  readonly file: AchFile | null
  readonly violations: readonly Violation[]
}

/** Files that are read as a whole, `maximum` bytes all together. */
export async function readFiles(paths: readonly string[], profile: Profile, maximum: number): Promise<ReadFile[]> {
  const files: ReadFile[] = []
  let before = 0
  for (const path of paths) {
    const bytes = await wholeInput(path, maximum, before)
    before += bytes.length
    files.push({ name: nameOf(path), ...decodeFile(bytes, { profile }) })
  }
  return files
}
