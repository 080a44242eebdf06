import { refuseHostKey } from '../bank-connections/refuse-host-key.ts'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import { noteReached, noteUnreachable } from '../bank-reachability/circuit.ts'
import type { BankSession, BankSettings } from '../banks/bank.ts'
import { BankFault, isFault } from '../banks/bank-fault.ts'
import type { Storage } from '../storage/transaction.ts'
import type { DeliveryDependencies } from './ports.ts'
import { wakeWaiting } from './wake.ts'

/** A bank that did not answer this time. `notBefore`: until when nobody tries, because it is so again and again. */
export interface Unreached {
  fault: BankFault
  notBefore: Date | null
}

/**
 * Connects, and keeps count of banks that cannot be reached; those who wait for this one are woken when it answers.
 * @throws BankFault that is not transient; a changed host key stops the connection
 */
export async function reachBank(
  deps: Pick<DeliveryDependencies, 'connect' | 'now'>,
  storage: Storage,
  bank: BankConnectionRow,
  settings: BankSettings,
): Promise<BankSession | Unreached> {
  const session = await connect(deps, storage, bank, settings)
  if ('fault' in session) return session
  try {
    const now = deps.now()
    if (await noteReached(storage, bank, now)) await wakeWaiting(storage, bank.organizationId, 'bank', now)
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}

async function connect(
  deps: Pick<DeliveryDependencies, 'connect' | 'now'>,
  storage: Storage,
  bank: BankConnectionRow,
  settings: BankSettings,
): Promise<BankSession | Unreached> {
  try {
    return await deps.connect(settings)
  } catch (fault) {
    if (isFault(fault, 'hostKeyChanged')) {
      await refuseHostKey(storage, bank.organizationId, bank.id, settings.hostKeyFingerprints, deps.now())
    }
    if (!(fault instanceof BankFault) || !fault.isTransient) throw fault
    return { fault, notBefore: await noteUnreachable(storage, bank, deps.now()) }
  }
}
