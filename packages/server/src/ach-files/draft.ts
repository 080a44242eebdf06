import type { Actor, Direction, DraftSecCode, Id, Transmit } from '@fistworks/contract'
import type { BankAccountRow } from '../bank-accounts/table.ts'
import type { PayableRecipient, Payee } from '../recipients/store.ts'

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

/** A draft without its entries. */
export interface DraftHeads {
  batches: readonly Omit<DraftBatch, 'entries'>[]
  bankAccounts: Map<string, BankAccountRow>
}

/** An entry with whom it pays; undefined where this organization has nobody of that id. */
export type PaidEntry = DraftEntry & { recipient: Payee | undefined }

/** Some entries of one batch, in their order: a large file is looked at part by part. */
export interface DraftPart {
  /** Position of the batch, and of the first of these entries in it. */
  batch: number
  from: number
  entries: readonly PaidEntry[]
}

export const ENTRIES_PER_PART = 500

/** A draft and how it is sent: what people approve. */
export interface ApprovableDraft extends Draft {
  transmit: Transmit
  submitOnApproval: boolean
}

/** A draft that is in memory, part by part. */
export function* partsOf({ batches, recipients }: Draft): Generator<DraftPart> {
  for (const [batch, { entries }] of batches.entries()) {
    for (let from = 0; from < entries.length; from += ENTRIES_PER_PART) {
      const some = entries.slice(from, from + ENTRIES_PER_PART)
      yield { batch, from, entries: some.map((entry) => ({ ...entry, recipient: recipients.get(entry.recipientId) })) }
    }
  }
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
