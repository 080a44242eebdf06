import type { RecipientRow } from '../recipients/table.ts'
import type { CorrectionRow } from './table.ts'

export const ALREADY_CHANGED =
  'The recipient was changed since this payment was sent, so the correction is not about what it is now. Look whether it is right as it is.'

type Paid = Pick<CorrectionRow, 'paidAccountIndex' | 'changes' | 'receivedAt'>

/** Whether the recipient still is what was paid: only then a correction of that payment is one of the recipient. */
export function isAsPaid(paid: Paid, recipient: RecipientRow | undefined): boolean {
  if (recipient === undefined || recipient.archivedAt !== null || paid.paidAccountIndex === null) return false
  if (!Buffer.from(paid.paidAccountIndex).equals(Buffer.from(recipient.accountIndex))) return false
  return paid.changes.every(({ field, before }) => {
    if (field === 'accountType') return recipient.accountType === before
    if (field === 'name') return recipient.name === before
    // What it was is sealed, and whether it is the same only its age tells.
    if (field === 'identification') return recipient.updatedAt <= paid.receivedAt
    return true
  })
}
