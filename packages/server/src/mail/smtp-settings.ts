import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { readOwnerOnlyFile } from '../vault/owner-only-file.ts'
import { MAIL_ADDRESS } from './mail-address.ts'

const Settings = z.strictObject({
  host: z.string().check(z.regex(/^[A-Za-z0-9.:-]{1,253}$/)),
  port: z.int().check(z.minimum(1), z.maximum(65535)),
  user: z.optional(z.string().check(z.minLength(1))),
  password: z.optional(z.string().check(z.minLength(1))),
  from: z.string().check(z.regex(MAIL_ADDRESS)),
  tls: z.enum(['required', 'implicit', 'none']),
  caFile: z.optional(z.string()),
})

/** Which mail server, and how it is spoken to. */
export interface SmtpSettings {
  host: string
  port: number
  user?: string | undefined
  password?: string | undefined
  from: string
  /** `required`: STARTTLS or nothing. `implicit`: TLS from the first byte. `none`: on this machine, in development. */
  tls: 'required' | 'implicit' | 'none'
  /** PEM certificates to trust instead of those that Node knows. */
  ca?: string
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/

/**
 * Reads the mail server from the file that `FISTWORKS_MAIL` names. It holds a password, so only its owner may read it.
 * @throws Error that says what the file must look like, never with what it holds
 */
export function readSmtpSettings(path: string | undefined, isLive: boolean): SmtpSettings | null {
  if (path === undefined) return null
  const read = z.safeParse(Settings, parsed(readOwnerOnlyFile(path)))
  if (!read.success || (read.data.user === undefined) !== (read.data.password === undefined)) {
    const wrong = read.success ? 'user and password, both or neither' : fieldsOf(read.error)
    throw new Error(
      `${path} must be JSON like {"host": "smtp.example.com", "port": 587, "tls": "required", "user": "…", "password": "…", "from": "ach@example.com"}; look at ${wrong}`,
    )
  }
  const { caFile, ...settings } = read.data
  if (settings.tls === 'none' && (isLive || !LOOPBACK.test(settings.host))) {
    throw new Error(
      `${path} must have "tls": "required" (STARTTLS) or "implicit": without encryption mail goes only to this machine itself, in development`,
    )
  }
  return { ...settings, ...(caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function fieldsOf(error: z.core.$ZodError): string {
  const names = error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : issue.path))
  return names.length === 0 ? 'the whole of it' : names.map(String).join(', ')
}
