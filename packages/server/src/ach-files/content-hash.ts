import { createHash, hash } from 'node:crypto'
import { type Destination, destinationOf } from '../bank-connections/destination.ts'
import { createPauses } from '../pauses.ts'
import type { ApprovableDraft, DraftHeads, DraftPart, PaidEntry } from './draft.ts'

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
 */
export class ContentHash {
  readonly #heads: DraftHeads
  readonly #connection: FileHeaderSource
  /** By batch the hashes of its entries, by their first two digits: so that they are put in order a part at a time. */
  readonly #entries: Map<string, string[]>[]

  constructor(heads: DraftHeads, connection: FileHeaderSource) {
    this.#heads = heads
    this.#connection = connection
    this.#entries = heads.batches.map(() => new Map())
  }

  /** Every entry of the draft goes in once. @throws Error when one names what does not exist: check it first */
  add({ batch, entries }: DraftPart): void {
    const parts = this.#entries[batch]
    if (parts === undefined) throw new Error('Entries of a batch that the draft does not have.')
    for (const entry of entries) {
      const hashed = hash('sha256', entryText(entry))
      const part = parts.get(hashed.slice(0, 2))
      if (part === undefined) parts.set(hashed.slice(0, 2), [hashed])
      else part.push(hashed)
    }
  }

  /** @throws Error when the draft names an account that does not exist */
  async digest(): Promise<string> {
    const { id, immediateDestination, immediateDestinationName, immediateOrigin, immediateOriginName } =
      this.#connection
    const bank = [id, immediateDestination, immediateDestinationName, immediateOrigin, immediateOriginName]
    const batches: string[] = []
    for (const position of this.#heads.batches.keys()) batches.push(await this.#batch(position))
    return createHash('sha256')
      .update(JSON.stringify(['content2', bank, batches.sort()]))
      .digest('hex')
  }

  async #batch(position: number): Promise<string> {
    const batch = this.#heads.batches[position]
    const account = this.#heads.bankAccounts.get(batch?.bankAccountId ?? '')
    if (batch === undefined || account === undefined) {
      throw new Error('A draft with an unknown bank account has no content hash.')
    }
    const whole = createHash('sha256').update(
      JSON.stringify([
        [account.id, Buffer.from(account.accountIndex).toString('hex'), account.companyName, account.companyId],
        [batch.secCode, batch.companyEntryDescription, batch.companyDiscretionaryData, batch.effectiveDate],
      ]),
    )
    const pause = createPauses()
    const parts = this.#entries[position] ?? new Map<string, string[]>()
    for (const name of [...parts.keys()].sort()) {
      whole.update((parts.get(name) ?? []).sort().join(''))
      await pause()
    }
    return whole.digest('hex')
  }
}

function entryText({ recipient, ...entry }: PaidEntry): string {
  if (entry.reversesEntry) return JSON.stringify(['reverses', entry.reversesEntry, entry.amountCents, entry.direction])
  if (recipient === undefined) throw new Error('A draft with an unknown recipient has no content hash.')
  return JSON.stringify([
    [recipient.id, recipient.accountIndex, recipient.accountType, recipient.name],
    [entry.amountCents, entry.direction, entry.addenda, entry.externalId],
  ])
}
