import type { Storage } from './transaction.ts'

const MOST_REMEMBERED = 10_000

/**
 * The same read, answered from memory until anything in the database changes. Exact, because a file belongs to this
 * process and every change of it ends a unit of work before it is acknowledged; a server has other writers, so there each
 * read asks. What is not there is not remembered, so that guessing fills nothing.
 */
export function remember<T extends object | string>(
  storage: Storage,
  read: (...names: string[]) => Promise<T | undefined>,
): (...names: string[]) => Promise<T | undefined> {
  if (storage.kind === 'remote') return read
  const found = new Map<string, T>()
  let asOf = storage.changes
  return async (...names) => {
    const began = storage.changes
    if (began !== asOf || found.size >= MOST_REMEMBERED) found.clear()
    asOf = began
    const name = names.join('\n')
    const known = found.get(name)
    if (known !== undefined) return known
    const value = await read(...names)
    // A change meanwhile: what was read may be from before it.
    if (value !== undefined && storage.changes === began) found.set(name, value)
    return value
  }
}
