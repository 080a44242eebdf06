import { openBankConnection } from '../bank-connections/open.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import { pausedUntil } from '../bank-reachability/circuit.ts'
import { BankFault } from '../banks/bank-fault.ts'
import type { Storage } from '../storage/transaction.ts'
import { type Acknowledgement, readAcknowledgement } from './acknowledgement.ts'
import type { DeliveryDependencies } from './ports.ts'
import { reachBank } from './reach-bank.ts'
import type { SubmissionRow } from './table.ts'

export type Fetched =
  | { answer: Acknowledgement }
  /** `notBefore`: until when nobody tries to reach the bank. */
  | { answer: null; error: string; notBefore: Date | null }
  /** There is no place to look at: the connection has none, or was pointed elsewhere since. */
  | { answer: null; nowhere: 'noDirectory' | 'leadsElsewhere' }

/** Looks once at the bank for its answer to this file. A bank that cannot be reached is spared, as by deliveries. */
export async function fetchAnswer(deps: DeliveryDependencies, storage: Storage, row: SubmissionRow): Promise<Fetched> {
  const { organizationId, bankConnectionId } = row
  const bank = await bankConnectionStore(storage.read, organizationId).find(bankConnectionId)
  if (bank === undefined) throw new Error(`There is no bank connection ${bankConnectionId}.`)
  const directory = bank.acknowledgementDirectory
  if (directory === null) return { answer: null, nowhere: 'noDirectory' }
  const vault = await deps.vaultFor(organizationId)
  const connection = await openBankConnection(storage.read, vault, organizationId, bankConnectionId)
  const leadsThere = row.destinationHash === null || row.destinationHash === connection.destinationHash
  if (!leadsThere) return { answer: null, nowhere: 'leadsElsewhere' }
  const paused = await pausedUntil(storage, bank, deps.now())
  if (paused !== null) return { answer: null, error: 'waits for bank', notBefore: paused }
  try {
    const session = await reachBank(deps, storage, bank, connection.settings)
    if ('fault' in session) return missing(session.fault, session.notBefore)
    try {
      const answer = await readAcknowledgement(session, directory, row)
      return answer === null ? { answer, error: 'not acknowledged yet', notBefore: null } : { answer }
    } finally {
      await session.close()
    }
  } catch (fault) {
    if (!(fault instanceof BankFault)) throw fault
    return missing(fault, null)
  }
}

function missing(fault: BankFault, notBefore: Date | null): Fetched {
  return { answer: null, error: fault.reason ?? fault.code, notBefore }
}
