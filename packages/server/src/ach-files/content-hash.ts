import { createHash } from 'node:crypto'
import { type Destination, destinationOf } from '../bank-connections/destination.ts'
import type { ApprovableDraft, Draft, DraftBatch, DraftEntry } from './draft.ts'

/** What of a bank connection goes into the file. */
export interface FileHeaderSource {
  id: string
  immediateDestination: string
  immediateDestinationName: string
  immediateOrigin: string
  immediateOriginName: string
}

/**
 * What an approval is bound to: all that is paid, when and by whose word the file is sent, and the server it goes to. A
 * connection that was pointed elsewhere after the approval needs a new one.
 */
export function approvalHash(draft: ApprovableDraft, connection: FileHeaderSource & Destination): string {
  const [content, destination] = [contentHash(draft, connection), destinationOf(connection)]
  const sending = sendingOf(draft)
  return createHash('sha256')
    .update(
      JSON.stringify(
        sending === null ? ['approval1', content, destination] : ['approval2', content, sending, destination],
      ),
    )
    .digest('hex')
}

/** `null` for what a person sends by hand and at once: so that approvals from before there was a choice stand. */
function sendingOf({ transmit, submitOnApproval }: ApprovableDraft) {
  if (transmit.when === 'now' && !submitOnApproval) return null
  return [transmit.when, transmit.when === 'at' ? transmit.at : null, submitOnApproval]
}

/**
 * SHA-256 in hex over all that is paid, to whom, into which account, from which account, by which bank. It finds a
 * file that was submitted before; so the order of batches and entries, names and
 * ids of the file do not count. Accounts go in as their blind index: no number is hashed.
 * @throws Error when the draft names what does not exist: check it first
 */
export function contentHash(draft: Draft, connection: FileHeaderSource): string {
  const { id, immediateDestination, immediateDestinationName, immediateOrigin, immediateOriginName } = connection
  const bank = [id, immediateDestination, immediateDestinationName, immediateOrigin, immediateOriginName]
  const batches = draft.batches.map((batch) => batchText(draft, batch)).sort()
  return createHash('sha256')
    .update(JSON.stringify(['content1', bank, batches]))
    .digest('hex')
}

function batchText(draft: Draft, batch: DraftBatch): string {
  const account = draft.bankAccounts.get(batch.bankAccountId)
  if (account === undefined) throw new Error('A draft with an unknown bank account has no content hash.')
  return JSON.stringify([
    [account.id, hex(account.accountIndex), account.companyName, account.companyId],
    [batch.secCode, batch.companyEntryDescription, batch.companyDiscretionaryData, batch.effectiveDate],
    batch.entries.map((entry) => entryText(draft, entry)).sort(),
  ])
}

function entryText(draft: Draft, entry: DraftEntry): string {
  const recipient = draft.recipients.get(entry.recipientId)
  if (recipient === undefined) throw new Error('A draft with an unknown recipient has no content hash.')
  return JSON.stringify([
    [recipient.id, hex(recipient.accountIndex), recipient.accountType, recipient.name],
    [entry.amountCents, entry.direction, entry.addenda, entry.externalId],
  ])
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}
