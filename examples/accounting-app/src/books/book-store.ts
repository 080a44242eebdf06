import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Books } from './books.ts'

export interface BookStore {
  read(): Books
  /** Changes a copy, writes it, and only then shows it to readers. Changes run one after another. */
  update(change: (books: Books) => void): Promise<Books>
}

/** The books in one JSON file of `folder`; `seed` fills it the first time. */
export async function openBookStore(folder: string, seed: () => Books): Promise<BookStore> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'books.json')
  let books = await readBooks(file)
  if (books === null) {
    books = seed()
    await writeWhole(file, books)
  }
  let current = books
  let last: Promise<unknown> = Promise.resolve()

  return {
    read: () => current,
    update(change) {
      const next = last.then(async () => {
        const draft = structuredClone(current)
        change(draft)
        await writeWhole(file, draft)
        current = draft
        return draft
      })
      last = next.catch(() => undefined)
      return next
    },
  }
}

async function readBooks(file: string): Promise<Books | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Books
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`${file} cannot be read: ${(error as Error).message}`)
  }
}

/** A reader, or a start after a crash, finds the old file or the new one, never a part of either. */
async function writeWhole(file: string, books: Books): Promise<void> {
  const part = `${file}.${randomUUID()}.part`
  const handle = await open(part, 'wx', 0o600)
  try {
    await handle.writeFile(JSON.stringify(books, null, 2))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, file)
}
