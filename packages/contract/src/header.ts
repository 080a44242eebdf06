/** Names of the headers that belong to this API. */
export const HEADERS = {
  organization: 'FISTWorks-Organization',
  version: 'FISTWorks-Version',
  antiForgery: 'FISTWorks-Anti-Forgery',
  idempotencyKey: 'Idempotency-Key',
  idempotentReplayed: 'Idempotent-Replayed',
  requestId: 'Request-Id',
} as const

/** The version of the wire that this package describes. */
export const API_VERSION = '2026-11-21'
