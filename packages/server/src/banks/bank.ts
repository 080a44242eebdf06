import type { Secret } from '../secret.ts'
import type { AgreedAlgorithms } from './algorithms.ts'

/** What a connection to a bank needs. Secrets are in clear here: opened from the vault for one connection, never kept. */
export interface BankSettings {
  host: string
  port: number
  username: string
  authentication:
    | { method: 'password'; password: Secret }
    | { method: 'privateKey'; privateKey: Secret; passphrase?: Secret }
  /** Pinned `SHA256:…` fingerprints: at least one; the server must present a key that matches one of them. */
  hostKeyFingerprints: readonly string[]
  /** Instant until which algorithms that are no longer safe will do as well. */
  legacyAlgorithmsUntil?: string | null
  /** The server showed another key before: nobody connects until a person has confirmed the keys anew. */
  hostKeyRefusedAt?: string | null
}

export interface RemoteFile {
  isFile: boolean
  isDirectory: boolean
  sizeBytes: number
  /** Seconds since 1970; left out where the bank does not say. */
  modifiedAt?: number
}

/** What a directory says of one of its names; a link is no file. */
export interface RemoteEntry {
  name: string
  isFile: boolean
  sizeBytes: number
  /** Seconds since 1970; `null` where the bank does not say. */
  modifiedAt: number | null
}

/** The port to a bank. Every method fails with a `BankFault`. */
export interface Bank {
  connect(settings: BankSettings): Promise<BankSession>
}

/** One connection. Not to be reused after `close` or after a fault of the connection. */
export interface BankSession {
  /** Fingerprint of the key the server proved to own. */
  readonly hostKeyFingerprint: string
  /** What both sides agreed on, where the transport tells. */
  readonly algorithms?: AgreedAlgorithms
  /** `null` only when the bank says that there is nothing under this name; any doubt is a fault. */
  stat(path: string): Promise<RemoteFile | null>
  /** Names in a directory, in no order: the first 10,000. */
  listDirectory(path: string): Promise<string[]>
  /** The same with what is known of each, `max` at most: a directory may hold millions. */
  listFiles(path: string, max: number): Promise<{ files: RemoteEntry[]; isAll: boolean }>
  /** Makes a new file (mode 0600), writes it whole, flushes it to disk where the bank offers that, and closes it. Never overwrites. */
  uploadExclusive(path: string, bytes: Uint8Array): Promise<void>
  /** Renames without overwriting (`nameExists`, `fileMissing`). */
  rename(from: string, to: string): Promise<void>
  /** `true` when this call removed it, `false` when there was nothing. */
  remove(path: string): Promise<boolean>
  /** The bytes of a file in chunks; past `maxBytes` it stops with `tooLarge`. */
  readFile(path: string, maxBytes: number): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** A path below a directory of the bank. `''` and `.` are the login directory. */
export function remotePath(directory: string, name: string): string {
  if (directory === '' || directory === '.') return name
  return directory.endsWith('/') ? `${directory}${name}` : `${directory}/${name}`
}

/** A small text file of the bank, `null` when there is none. */
export async function readSmallFile(
  session: BankSession,
  path: string,
  maxBytes: number,
): Promise<{ text: string; modifiedAt: number | null } | null> {
  const found = await session.stat(path)
  if (found === null) return null
  const chunks: Uint8Array[] = []
  for await (const chunk of session.readFile(path, maxBytes)) chunks.push(chunk)
  return { text: new TextDecoder('utf-8').decode(Buffer.concat(chunks)), modifiedAt: found.modifiedAt ?? null }
}
