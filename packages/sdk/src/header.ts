import type { HEADERS as ContractHeaders, API_VERSION as ContractVersion } from '@fistworks/contract'

/**
 * The header names of the wire. Written out, because importing the contract at run time would bring its schemas
 * along; the compiler refuses any difference.
 */
export const HEADERS: typeof ContractHeaders = {
  organization: 'FISTWorks-Organization',
  platform: 'FISTWorks-Platform',
  version: 'FISTWorks-Version',
  antiForgery: 'FISTWorks-Anti-Forgery',
  idempotencyKey: 'Idempotency-Key',
  idempotentReplayed: 'Idempotent-Replayed',
  requestId: 'Request-Id',
}

/** The version of the wire this package speaks; sent with every request. */
export const API_VERSION: typeof ContractVersion = '2026-11-21'
