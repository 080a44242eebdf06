import { type ComponentResources, NotFoundError } from '@fistworks/sdk'
import { payeeOf } from './batch-fields.ts'
import type { AchFilePrefill, Payee } from './draft.ts'

const AT_ONCE = 4

/** Names and kinds of the recipients that a prefill names by id. One that is not there is left out, to be chosen again. */
export async function loadPayees(
  client: ComponentResources,
  prefill: AchFilePrefill,
  signal: AbortSignal,
): Promise<Map<string, Payee>> {
  const waiting = [...new Set(prefill.batches.flatMap((batch) => batch.entries.map((entry) => entry.recipientId)))]
  const payees = new Map<string, Payee>()
  const next = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const recipient = await retrieveOrNothing(client, id, signal)
      if (recipient !== null) payees.set(id, payeeOf(recipient))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  return payees
}

async function retrieveOrNothing(client: ComponentResources, id: string, signal: AbortSignal) {
  try {
    const recipient = await client.recipients.retrieve(id, { signal })
    return recipient.archivedAt === null ? recipient : null
  } catch (error) {
    if (error instanceof NotFoundError) return null
    throw error
  }
}
