import type { Hono } from 'hono'
import type { HttpEnv } from './env.ts'

const DAYS = 90

/** Where to tell of a weakness (RFC 9116), where the operator has named somebody. */
export function mountSecurityText(
  app: Hono<HttpEnv>,
  { contact, publicOrigin, now }: { contact: string | null; publicOrigin: string; now(): Date },
): void {
  if (contact === null) return
  const path = '/.well-known/security.txt'
  app.get(path, (c) => {
    const expires = new Date(now().getTime() + DAYS * 24 * 3_600_000)
    expires.setUTCHours(0, 0, 0, 0)
    const lines = [
      `Contact: ${contact}`,
      `Expires: ${expires.toISOString().replace('.000', '')}`,
      'Preferred-Languages: en',
      `Canonical: ${publicOrigin}${path}`,
    ]
    return c.body(`${lines.join('\n')}\n`, 200, { 'Content-Type': 'text/plain; charset=utf-8' })
  })
}

/** @throws Error that says what the setting must look like */
export function readSecurityContact(text: string | undefined): string | null {
  if (text === undefined) return null
  if (/^(mailto:[^\s@]+@[^\s@]+|https:\/\/[^\s]+|tel:\+[0-9-]+)$/.test(text)) return text
  throw new Error('FISTWORKS_SECURITY_CONTACT must be like mailto:security@example.com or https://example.com/security')
}
