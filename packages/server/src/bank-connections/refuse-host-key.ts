import { recordEvent } from '../events/record-event.ts'
import type { Storage } from '../storage/transaction.ts'
import { bankConnectionStore, bankConnectionWriter } from './store.ts'

/**
 * The bank showed another key than the confirmed ones: nobody connects any more until a person has confirmed the keys
 * anew, and everybody is told, once. Nothing happens when the pins were changed meanwhile.
 */
export async function refuseHostKey(
  storage: Storage,
  organizationId: string,
  bankConnectionId: string,
  pins: readonly string[],
  at: Date,
): Promise<void> {
  await storage.write(async (tx) => {
    const row = await bankConnectionStore(tx, organizationId).find(bankConnectionId)
    if (row === undefined || row.hostKeyRefusedAt !== null) return
    if (row.hostKeyFingerprints.join() !== pins.join()) return
    await bankConnectionWriter(tx, organizationId).change(row.id, { hostKeyRefusedAt: at.toISOString() })
    await recordEvent(tx, organizationId, {
      type: 'bankConnection.hostKeyChanged',
      objectType: 'bankConnection',
      objectId: row.id,
      status: 'blocked',
      at,
      about: { name: row.name },
    })
  })
}
