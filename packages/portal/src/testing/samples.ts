import {
  type EntraChallenge,
  maskedRoutingNumber,
  type PortalSession,
  Recipient,
  ROLE_SCOPES,
} from '@fistworks/contract'
import { newId } from './new-id.ts'

export const FINGERPRINT = `SHA256:${'nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8'}`

/** What to go to an identity provider with. */
export const CHALLENGE: EntraChallenge = {
  type: 'entraChallenge',
  name: 'Microsoft',
  authority: 'https://login.contoso.example/v2.0',
  clientId: 'client-1',
  scopes: ['openid'],
  nonce: 'nonce-1',
}

export const SEED = {
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  uri: 'otpauth://totp/FISTWorks:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=FISTWorks&algorithm=SHA1&digits=6&period=30',
}
export const RECOVERY_CODES = Array.from({ length: 10 }, (_, index) => `K7Q2ZM-4RTX9W-0BNC1H-PDVG5${index}`)

export const FULL_NUMBERS = { routingNumber: '091000019', accountNumber: '8800123456789', identification: null }

/** A recipient with these numbers, masked. */
export function recipientOf(name: string): Recipient {
  return Recipient.parse({
    type: 'recipient',
    id: newId('rcp'),
    name,
    holderType: 'individual',
    routingNumberMasked: maskedRoutingNumber(FULL_NUMBERS.routingNumber),
    accountNumberLast4: FULL_NUMBERS.accountNumber.slice(-4),
    accountType: 'checking',
    hasIdentification: false,
    externalId: null,
    version: 1,
    createdAt: '2026-11-20T10:00:00Z',
    updatedAt: '2026-11-20T10:00:00Z',
    archivedAt: null,
  })
}

/** An administrator of these organizations; the session ends in half an hour. */
export function sessionOf(names: readonly string[] = ['Harborview Coffee']): PortalSession {
  return {
    type: 'portalSession',
    user: { id: newId('usr'), name: 'Ada Admin', email: 'ada@example.com' },
    organizations: names.map((name) => ({
      id: newId('org'),
      name,
      status: 'open',
      role: 'administrator',
      scopes: [...ROLE_SCOPES.administrator],
    })),
    platforms: [],
    platformInvitations: [],
    antiForgeryToken: 'anti-forgery',
    expiresAt: new Date(Date.now() + 12 * 3_600_000).toISOString(),
    idleSeconds: 1800,
    steppedUpUntil: null,
    secondFactors: { passkeys: 1, authenticatorApp: false, recoveryCodes: 0 },
    firstFactorUntil: null,
  }
}

export const CONNECTION = {
  name: 'First Coast Bank',
  host: 'sftp.bank.example',
  port: 22,
  username: 'harborview',
  authentication: { method: 'password' as const, password: 'correct horse' },
  hostKeyFingerprints: [FINGERPRINT],
  uploadDirectory: '/inbound',
  immediateDestination: '091000019',
  immediateOrigin: '1234567890',
}
