import { randomBytes } from 'node:crypto'
import { link, open, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { fileError } from './command-error.ts'
import { counting } from './progress.ts'
import { gathered } from './text-pieces.ts'

export interface NewFile {
  readonly path: string
  /** All bytes, or text that comes piece by piece. */
  readonly bytes: Uint8Array | Iterable<string>
}

/** 'out.ach' and 'debits' make 'out-debits.ach'. */
export function pathWith(path: string, word: string): string {
  const extension = extname(path)
  return join(dirname(path), `${basename(path, extension)}-${word}${extension}`)
}

async function refuse(path: string, isForced: boolean): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found && !isForced) throw Object.assign(new Error('exists'), { code: 'EEXIST' })
  if (found?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' })
}

async function writeOne({ path, bytes }: NewFile, isForced: boolean): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`)
  const handle = await open(temporary, 'wx', 0o600)
  try {
    if (bytes instanceof Uint8Array) await handle.writeFile(bytes)
    else for (const piece of counting(gathered(bytes), false)) await handle.writeFile(piece)
    await handle.sync()
    await handle.close()
    if (isForced) await rename(temporary, path)
    else {
      // A link never replaces what is there, not even what came a moment ago.
      await link(temporary, path)
      await unlink(temporary)
    }
  } catch (error) {
    await handle.close().catch(() => undefined)
    await unlink(temporary).catch(() => undefined)
    throw error
  }
}

/**
 * Writes files that only this user can read (0600), each whole or not at all. Unless forced none is written when one of
 * them is there already. @throws CommandError
 */
export async function writeFiles(files: readonly NewFile[], isForced: boolean): Promise<void> {
  for (const { path } of files) {
    await refuse(path, isForced).catch((error: unknown) => {
      throw fileError('write', path, error)
    })
  }
  for (const file of files) {
    await writeOne(file, isForced).catch((error: unknown) => {
      throw fileError('write', file.path, error)
    })
  }
}
