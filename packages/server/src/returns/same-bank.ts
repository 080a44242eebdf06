import type { Id } from '@fistworks/contract'
import type { BankConnectionRow } from '../bank-connections/table.ts'

/** What tells one bank connection from another. */
export type Way = Pick<BankConnectionRow, 'id' | 'name' | 'host' | 'port' | 'immediateDestination' | 'immediateOrigin'>

interface Sent {
  /** Through what the payment went; `null` for one that was never submitted. */
  sentThrough: Way | null
  /** Through what the account that paid it pays now. */
  paysThrough: Id<'bcn'>
}

/**
 * Whether what came through this connection may be about a payment by itself. A bank speaks of what it was given: through
 * the same connection; through another login at the same server for the same company; or, once the payer's account was
 * moved, through the connection that succeeded the one before, at the same bank. From anywhere else a person has to say
 * it, or whoever can set up a connection could have the payments of another bank returned or corrected.
 */
export function mayAnswer(from: Way, { sentThrough, paysThrough }: Sent): boolean {
  if (sentThrough === null) return false
  if (from.id === sentThrough.id) return true
  const same = (a: string, b: string) => a.trim() === b.trim()
  if (!same(from.immediateDestination, sentThrough.immediateDestination)) return false
  if (!same(from.immediateOrigin, sentThrough.immediateOrigin)) return false
  return paysThrough === from.id || (from.host === sentThrough.host && from.port === sentThrough.port)
}
