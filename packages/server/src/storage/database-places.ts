import * as z from 'zod/mini'
import { readOwnerOnlyFile } from '../vault/owner-only-file.ts'

const Place = z.strictObject({
  url: z.string().check(z.regex(/^(?:file:\/\/\/|https:\/\/|libsql:\/\/|http:\/\/(?:localhost|127\.0\.0\.1)[:/])/)),
  authToken: z.optional(z.string()),
})
const Places = z.record(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,30}$/)), Place)

/** Where databases are, by the name that `organizations.database` uses. */
export type DatabasePlaces = Readonly<Record<string, { url: string; authToken?: string | undefined }>>

/**
 * Reads `{"name": {"url": "libsql://…", "authToken": "…"}}` from the file that `FISTWORKS_DATABASES` names. Its tokens
 * open databases, so it must be readable by its owner only.
 * @throws Error that says what the file must look like, never with what it holds
 */
export function readDatabasePlaces(path: string | undefined): DatabasePlaces {
  if (path === undefined) return {}
  const places = z.safeParse(Places, parsed(readOwnerOnlyFile(path)))
  if (places.success) return places.data
  throw new Error(
    `${path} must be JSON like {"main": {"url": "libsql://db.example.com", "authToken": "…"}}; a url begins with file:///, libsql:// or https://`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
