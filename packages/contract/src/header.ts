/** Names of the headers that belong to this API. */
export const HEADERS = {
  organization: 'FISTWorks-Organization',
  platform: 'FISTWorks-Platform',
  version: 'FISTWorks-Version',
  antiForgery: 'FISTWorks-Anti-Forgery',
  idempotencyKey: 'Idempotency-Key',
  idempotentReplayed: 'Idempotent-Replayed',
  requestId: 'Request-Id',
} as const

/** The version of the wire that this package describes. */
export const API_VERSION = '2026-11-21'

/** Sent by our own frame only; other pages may not send them across origins. */
export const FRAME_HEADERS = {
  /** The origin of the page that the frame stands in. */
  parent: 'FISTWorks-Parent-Origin',
  /** What only this frame has, once a person has raised its session. */
  secret: 'FISTWorks-Frame-Secret',
} as const
