import { createHash, hash } from 'node:crypto'
import { type Destination, destinationOf } from '../bank-connections/destination.ts'
import { createPauses } from '../pauses.ts'
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
 * @param content the content hash of the draft
 */
export function approvalHash(
  content: string,
  draft: Pick<ApprovableDraft, 'transmit' | 'submitOnApproval'>,
  connection: Destination,
): string {
  const destination = destinationOf(connection)
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
function sendingOf({ transmit, submitOnApproval }: Pick<ApprovableDraft, 'transmit' | 'submitOnApproval'>) {
  if (transmit.when === 'now' && !submitOnApproval) return null
  return [transmit.when, transmit.when === 'at' ? transmit.at : null, submitOnApproval]
}

/**
 * SHA-256 in hex over all that is paid, to whom, into which account, from which account, by which bank. It finds a
 * file that was submitted before; so the order of batches and entries, names and
 * ids of the file do not count. Accounts go in as their blind index: no number is hashed.
 * @throws Error when the draft names what does not exist: check it first
 */
export async function contentHash(draft: Draft, connection: FileHeaderSource): Promise<string> {
  const { id, immediateDestination, immediateDestinationName, immediateOrigin, immediateOriginName } = connection
  const bank = [id, immediateDestination, immediateDestinationName, immediateOrigin, immediateOriginName]
  const batches: string[] = []
  for (const batch of draft.batches) batches.push(await batchHash(draft, batch))
  return createHash('sha256')
    .update(JSON.stringify(['content2', bank, batches.sort()]))
    .digest('hex')
}

/** The hashes of its entries are put in order a part at a time, so that nobody waits long for a hundred thousand. */
async function batchHash(draft: Draft, batch: DraftBatch): Promise<string> {
  const account = draft.bankAccounts.get(batch.bankAccountId)
  if (account === undefined) throw new Error('A draft with an unknown bank account has no content hash.')
  const pause = createPauses()
  const parts = new Map<string, string[]>()
  for (const [index, entry] of batch.entries.entries()) {
    const hashed = hash('sha256', entryText(draft, entry))
    const part = parts.get(hashed.slice(0, 2))
    if (part === undefined) parts.set(hashed.slice(0, 2), [hashed])
    else part.push(hashed)
    if (index % 100 === 0) await pause()
  }
  const whole = createHash('sha256').update(
    JSON.stringify([
      [account.id, hex(account.accountIndex), account.companyName, account.companyId],
      [batch.secCode, batch.companyEntryDescription, batch.companyDiscretionaryData, batch.effectiveDate],
    ]),
  )
  for (const name of [...parts.keys()].sort()) whole.update((parts.get(name) ?? []).sort().join(''))
  return whole.digest('hex')
}

function entryText(draft: Draft, entry: DraftEntry): string {
  if (entry.reversesEntry) return JSON.stringify(['reverses', entry.reversesEntry, entry.amountCents, entry.direction])
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
