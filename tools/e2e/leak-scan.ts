import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Seen } from './witness.ts'

export interface Hit {
  what: string
  secret: number
  encoding: string
}

/** The forms in which a number could lie somewhere by accident. */
export function encodingsOf(secret: string): Map<string, Buffer> {
  const plain = Buffer.from(secret)
  const forms = new Map<string, Buffer>([
    ['plain', plain],
    ['hex', Buffer.from(plain.toString('hex'))],
    ['HEX', Buffer.from(plain.toString('hex').toUpperCase())],
    ['UTF-16 LE', Buffer.from(secret, 'utf16le')],
    ['UTF-16 BE', Buffer.from(secret, 'utf16le').swap16()],
    ['dashes', Buffer.from(secret.replace(/(.{4})(?=.)/g, '$1-'))],
    ['spaces', Buffer.from(secret.replace(/(.{4})(?=.)/g, '$1 '))],
    ['SHA-256 hex', Buffer.from(createHash('sha256').update(secret).digest('hex'))],
    ['SHA-256', createHash('sha256').update(secret).digest()],
  ])
  for (const alignment of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(alignment), plain])
    for (const alphabet of ['base64', 'base64url'] as const) {
      const text = shifted.toString(alphabet)
      const firstWhole = alignment === 0 ? 0 : 4
      const wholeEnd = Math.floor(shifted.length / 3) * 4
      forms.set(`${alphabet} at ${alignment}`, Buffer.from(text.slice(firstWhole, wholeEnd)))
    }
  }
  return forms
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
