import { destinationHash } from '../bank-connections/destination.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { Reader } from '../storage/transaction.ts'
import type { Obstacle } from './attempt.ts'
import { isPastLastTry } from './deadline.ts'
import type { DeliveryDependencies } from './ports.ts'
import type { SubmissionRow } from './table.ts'

const WITHDRAWN = 'The file is no longer released for delivery. Nothing was sent.'
const POINTLESS = 'So it was not sent. Make another reversal of what is still to be taken back.'
/** What becomes of a delivery that its organization's closing overtook. */
export const CLOSED = 'The organization was closed before this was sent. Nothing of it is at the bank.'
export const TOO_LATE =
  'There was no time left to deliver the file before the bank’s cutoff, so it was not sent. It is only sent late if somebody tries it again on purpose.'
export const LEADS_ELSEWHERE =
  'The bank connection was changed after this file was submitted, so it was not sent. A person who neither wrote the file nor changed the connection can try again.'

/** Asked right before anything is put at the bank: whether people still want it there, now, at this place. */
export async function obstacleTo(
  deps: Pick<DeliveryDependencies, 'isReleased' | 'overtaken' | 'stopped' | 'isClosing' | 'now'>,
  db: Reader,
  row: SubmissionRow,
): Promise<Obstacle | null> {
  const { organizationId } = row
  if (!(await deps.isReleased(db, organizationId, row.achFileId))) return { kind: 'failed', problem: WITHDRAWN }
  const overtaken = await deps.overtaken(db, organizationId, row.achFileId)
  if (overtaken !== null) return { kind: 'canceled', problem: `${overtaken} ${POINTLESS}` }
  if (await deps.isClosing(organizationId)) return { kind: 'canceled', problem: CLOSED }
  const stopped = await deps.stopped(db, organizationId)
  if (stopped !== null) return { kind: 'wait', problem: stopped }
  if (isPastLastTry(row, deps.now())) return { kind: 'failed', problem: TOO_LATE }
  const connection = await bankConnectionStore(db, organizationId).find(row.bankConnectionId)
  const leadsThere = connection !== undefined && destinationHash(connection) === row.destinationHash
  if (row.destinationHash !== null && !leadsThere) return { kind: 'failed', problem: LEADS_ELSEWHERE }
  return null
}
