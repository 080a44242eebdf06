import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodingsOf } from '../../packages/server/src/testing/encodings.ts'
import type { Seen } from './witness.ts'

export interface Hit {
  what: string
  secret: number
  encoding: string
}

/** Looks for every secret in every encoding in everything seen. */
export function scan(seen: readonly Seen[], secrets: readonly string[]): Hit[] {
  const hits: Hit[] = []
  secrets.forEach((secret, index) => {
    for (const [encoding, form] of encodingsOf(secret)) {
      for (const { what, bytes } of seen) if (bytes.includes(form)) hits.push({ what, secret: index, encoding })
    }
  })
  return hits
}

/** All files below a folder, but those whose path has one of `except` in it. */
export async function filesBelow(folder: string, except: readonly string[]): Promise<Seen[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const wanted = files.filter((file) => !except.some((part) => file.includes(part)))
  return Promise.all(wanted.map(async (file) => ({ what: file.slice(folder.length), bytes: await readFile(file) })))
}
