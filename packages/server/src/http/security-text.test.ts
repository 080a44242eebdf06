import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import type { HttpEnv } from './env.ts'
import { mountSecurityText } from './security-text.ts'

const PATH = '/.well-known/security.txt'

function serverWith(contact: string | null) {
  const app = new Hono<HttpEnv>()
  const now = () => new Date('2026-11-21T10:00:00Z')
  mountSecurityText(app, { contact, publicOrigin: 'https://ach.example.com', now })
  return app.request(PATH)
}

test('security.txt names whom the operator has set, and when to look again (RFC 9116)', async () => {
  const answer = await serverWith('mailto:security@example.com')
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await answer.text()).toBe(
    'Contact: mailto:security@example.com\nExpires: 2027-02-19T00:00:00Z\nPreferred-Languages: en\nCanonical: https://ach.example.com/.well-known/security.txt\n',
  )
  expect((await serverWith(null)).status).toBe(404)
})

test.each(['security@example.com', 'http://example.com', 'mailto:a@b\nContact: mailto:eve@evil.example', ''])(
  '%j is no contact',
  (contact) => {
    expect(() => readConfig('development', { FISTWORKS_SECURITY_CONTACT: contact })).toThrow(
      'FISTWORKS_SECURITY_CONTACT',
    )
  },
)
