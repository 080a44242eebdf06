import { createHmac, randomBytes } from 'node:crypto'
import type { Secret } from '../secret.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import type { WebhookEndpointRow } from './table.ts'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A secret in the form of Standard Webhooks. */
export const newSigningSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`

const cell = (column: 'secret' | 'previous_secret', row: string) => ({ table: 'webhook_endpoints', column, row })

export const sealSecret = (vault: OrganizationVault, id: string, secret: string): Uint8Array =>
  vault.seal(cell('secret', id), secret)

/** The secret in use, sealed for the place of the one before. */
export function sealAsPrevious(vault: OrganizationVault, { id, secret }: WebhookEndpointRow): Uint8Array {
  return vault.seal(cell('previous_secret', id), vault.open(cell('secret', id), secret))
}

/** What signs now: the secret, and the one before while both are told. */
export function openSecrets(vault: OrganizationVault, row: WebhookEndpointRow, now: Date): Secret[] {
  const secrets = [vault.openText(cell('secret', row.id), row.secret)]
  const { previousSecret, previousSecretEndsAt } = row
  if (previousSecret !== null && previousSecretEndsAt !== null && previousSecretEndsAt > now.toISOString()) {
    secrets.push(vault.openText(cell('previous_secret', row.id), previousSecret))
  }
  return secrets
}

/**
 * The headers of a message (Standard Webhooks 1.0): one HMAC-SHA-256 for each secret, over the id, the second and the
 * body just as it is sent.
 */
export function signedHeaders(message: { id: string; at: Date; body: string }, secrets: readonly Secret[]) {
  const timestamp = String(Math.floor(message.at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.reveal().slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${message.id}.${timestamp}.${message.body}`).digest('base64')}`
  })
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
