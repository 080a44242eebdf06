import type { Id } from '@fistworks/contract'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import type { InboundFileRow } from '../inbound-files/table.ts'
import type { SubmissionRow } from '../submissions/table.ts'

/** Where a payment went: what its submission keeps, wherever the connection leads now. */
export type SentWay = Pick<SubmissionRow, 'server' | 'immediateDestination' | 'immediateOrigin'> & { id: Id<'bcn'> }

/** Where an answer came from: the connection, and the server that it led to when the answer was fetched. */
export interface AnswerWay
  extends Pick<BankConnectionRow, 'id' | 'name' | 'immediateDestination' | 'immediateOrigin'>,
    Pick<InboundFileRow, 'server'> {
  /** Whether files were delivered to this server through this connection, so that people agreed that they go there. */
  isWhereFilesGo: boolean
}

interface Sent {
  /** `null` for a payment that was never submitted. */
  sentThrough: SentWay | null
  /** Through what the account that paid it pays now. */
  paysThrough: Id<'bcn'>
}

/**
 * Whether what came through this connection may be about a payment by itself. A bank speaks of what it was given: at the
 * server where it was given it, through the same connection or through another login for the same company; through the
 * same connection from another server once files were delivered there; or, once the payer's account was moved, through the
 * connection that succeeded the one before, at the same bank. From anywhere else a person has to say it, or whoever can set
 * up a connection, or point one elsewhere, could have the payments of another bank returned or corrected.
 */
export function mayAnswer(from: AnswerWay, { sentThrough, paysThrough }: Sent): boolean {
  if (sentThrough === null) return false
  const isSameServer = from.server !== null && from.server === sentThrough.server
  if (from.id === sentThrough.id) return isSameServer || from.isWhereFilesGo
  const same = (a: string, b: string | null) => a.trim() === b?.trim()
  if (!same(from.immediateDestination, sentThrough.immediateDestination)) return false
  if (!same(from.immediateOrigin, sentThrough.immediateOrigin)) return false
  return paysThrough === from.id || isSameServer
}
