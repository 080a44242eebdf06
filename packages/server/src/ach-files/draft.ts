import type { Actor, Direction, DraftSecCode, Id, Transmit } from '@fistworks/contract'
import type { BankAccountRow } from '../bank-accounts/table.ts'
import type { PayableRecipient } from '../recipients/store.ts'

export interface DraftEntry {
  recipientId: Id<'rcp'>
  amountCents: number
  direction: Direction
  addenda: string[]
  externalId: string | null
  /** Set in a reversal: it goes to the account that this entry went to, whatever the recipient has now. */
  reversesEntry?: Id<'ent'> | null
}

export interface DraftBatch {
  bankAccountId: Id<'bac'>
  secCode: DraftSecCode
  companyEntryDescription: string
  companyDiscretionaryData: string
  effectiveDate: string
  entries: DraftEntry[]
}

/** A draft's batches with everything they name; what is missing in the maps does not exist for this organization. */
export interface Draft {
  batches: DraftBatch[]
  recipients: Map<string, PayableRecipient>
  bankAccounts: Map<string, BankAccountRow>
}

/** A draft and how it is sent: what people approve. */
export interface ApprovableDraft extends Draft {
  transmit: Transmit
  submitOnApproval: boolean
}

export interface DraftTotals {
  batchCount: number
  entryCount: number
  creditCents: number
  debitCents: number
}

export function totalsOf(batches: readonly DraftBatch[]): DraftTotals {
  const totals = { batchCount: batches.length, entryCount: 0, creditCents: 0, debitCents: 0 }
  for (const { entries } of batches) {
    totals.entryCount += entries.length
    for (const { direction, amountCents } of entries) totals[`${direction}Cents`] += amountCents
  }
  return totals
}

/** Only what the contract names of an actor, so that it can be kept. */
export function keptActor({ type, id, name }: Actor): Actor {
  return name === undefined ? { type, id } : { type, id, name }
}
