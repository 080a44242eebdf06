import type { Id, IdPrefix } from '@fistworks/contract'
import { serverOf } from '../bank-connections/destination.ts'
import { openBankConnection } from '../bank-connections/open.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import { pausedUntil } from '../bank-reachability/circuit.ts'
import type { BankSession, BankSettings } from '../banks/bank.ts'
import { BankFault } from '../banks/bank-fault.ts'
import { type Job, type JobOutcome, type Lease, LeaseLost } from '../jobs/jobs.ts'
import type { Storage } from '../storage/transaction.ts'
import { reachBank } from '../submissions/reach-bank.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import { ALLOWANCE_USED, withinAllowance } from './allowance.ts'
import { clearAway } from './clear-away.ts'
import { fetchFile } from './fetch-file.ts'
import { type Origin, partsOf } from './keep.ts'
import { lookAt, SETTLE_MS } from './look.ts'
import { shownName } from './names.ts'
import { type Processing, processInboundFile } from './process.ts'
import { inboundFileStore, inboundFileWriter } from './store.ts'
import type { InboundNameRow } from './table.ts'

export interface InboundDependencies {
  databases: { tenantOf(organizationId: string): Promise<Storage> }
  vaultFor(organizationId: string, options?: { seals?: number }): Promise<OrganizationVault>
  connect(settings: BankSettings): Promise<BankSession>
  now(): Date
  newId<P extends IdPrefix>(prefix: P): Id<P>
  /** Called after each committed step and each effect at the bank: where the crash tests pull the plug. */
  checkpoint?(what: string): void
}

interface PollJob {
  bankConnectionId: Id<'bcn'>
  /** Only these; all when `null`. */
  names: string[] | null
}

/** So often a poll looks again for files that were still being written; the next poll goes on. */
const LOOKS_MAX = 5
const PROBLEM_CHARACTERS_MAX = 1_000
const PROBLEMS_MAX = 10

/**
 * Looks into the return directory of one bank connection: fetches what is there, keeps it, processes it, and clears it
 * away as the connection says. Whatever was done before a crash is not done again.
 */
export async function pollBank(deps: InboundDependencies, job: Job, lease: Lease): Promise<JobOutcome> {
  const { bankConnectionId, names } = job.payload as PollJob
  const organizationId = job.organizationId as Id<'org'>
  const storage = await deps.databases.tenantOf(organizationId)
  const vault = await deps.vaultFor(organizationId)
  const { now, newId, checkpoint } = deps
  const work: Processing = { storage, vault, organizationId, lease, jobId: job.id, now, newId, checkpoint }
  const connection = await bankConnectionStore(storage.read, organizationId).find(bankConnectionId)
  if (connection === undefined || connection.archivedAt !== null || connection.returnDirectory === null) {
    return { done: true }
  }
  const faults: unknown[] = []
  for (const { id, name } of await inboundFileStore(storage.read, organizationId).unfinished(bankConnectionId)) {
    await unlessFaulty(faults, name, () => processInboundFile(work, id))
  }
  const { problems, unsettled, notBefore } = await atBank(deps, work, connection, names, faults)
  await notePoll(work, bankConnectionId, problems)
  if (faults.length > 0) throw faults[0]
  // What somebody chose is fetched when the bank answers again; a look at everything comes again by itself.
  if (notBefore !== null && names !== null) return { retryAt: notBefore, error: 'waits for bank' }
  if (unsettled === 0 || job.attempt >= LOOKS_MAX) return { done: true }
  return { retryAt: new Date(now().getTime() + SETTLE_MS + 500), error: 'files are still being written' }
}

interface AtBank {
  problems: string[]
  unsettled: number
  /** Until when nobody tries to reach the bank. */
  notBefore: Date | null
}

const SPARED =
  'The bank could not be reached several times, so it was not looked at. The next look after a pause of some minutes finds out whether it answers.'

async function atBank(
  deps: InboundDependencies,
  work: Processing,
  connection: BankConnectionRow,
  names: readonly string[] | null,
  faults: unknown[],
): Promise<AtBank> {
  const { id: bankConnectionId, returnDirectory: directory } = connection
  if (directory === null) return { problems: [], unsettled: 0, notBefore: null }
  const notBefore = await pausedUntil(work.storage, connection, deps.now())
  if (notBefore !== null) return { problems: [SPARED], unsettled: 0, notBefore }
  const opened = await openBankConnection(work.storage.read, work.vault, work.organizationId, bankConnectionId)
  const { settings, destinationHash } = opened
  const origin = { destinationHash, server: serverOf(settings) }
  const problems: string[] = []
  let unsettled = 0
  try {
    const session = await reachBank(deps, work.storage, connection, settings)
    if ('fault' in session) return { problems: [session.fault.message], unsettled, notBefore: session.notBefore }
    try {
      const isCleared = connection.afterProcessing !== 'leave'
      const look = await lookAt(work, session, { bankConnectionId, directory }, names, isCleared)
      problems.push(...look.problems)
      unsettled = look.unsettled
      const ready = await withinAllowance(work.storage.read, work.organizationId, deps.now(), look.ready)
      if (ready.length < look.ready.length) problems.unshift(ALLOWANCE_USED)
      for (const row of ready) {
        await work.lease.assertHeld()
        const outcome = await unlessFaulty(faults, row.name, () =>
          oneFile(deps, work, { session, origin }, connection, row),
        )
        if (outcome === null) problems.push(`“${shownName(row.name)}” could not be processed. ${FAULTY}`)
        else if (outcome.isUnsettled) unsettled += 1
        else if (outcome.problem !== null) problems.push(outcome.problem)
      }
    } finally {
      await session.close()
    }
  } catch (fault) {
    if (!(fault instanceof BankFault)) throw fault
    problems.unshift(fault.message)
  }
  return { problems, unsettled, notBefore: null }
}

const FAULTY = 'The fault is ours: tell the operator of this server. The file is kept, and tried again.'

/** A fault of ours with one file keeps no other from being taken over. */
async function unlessFaulty<T>(faults: unknown[], name: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BankFault || error instanceof LeaseLost) throw error
    faults.push(new Error(`Inbound file “${shownName(name)}” was not processed.`, { cause: error }))
    return null
  }
}

/** One file that cannot be had keeps no other from being fetched; a connection that is lost does. */
async function oneFile(
  deps: InboundDependencies,
  work: Processing,
  { session, origin }: { session: BankSession; origin: Origin },
  connection: BankConnectionRow,
  look: InboundNameRow,
): Promise<{ isUnsettled: boolean; problem: string | null }> {
  try {
    const vault = await deps.vaultFor(work.organizationId, { seals: partsOf(look.sizeBytes) + 1 })
    const place = { directory: connection.returnDirectory ?? '', ...origin }
    const kept = await fetchFile({ ...work, vault }, session, place, look)
    if (kept === null) return { isUnsettled: true, problem: null }
    const file = await processInboundFile({ ...work, vault }, kept.id)
    const problem = file === undefined ? null : await clearAway(work, session, connection, { look, file })
    return { isUnsettled: false, problem }
  } catch (fault) {
    if (!(fault instanceof BankFault) || fault.isAmbiguous) throw fault
    return { isUnsettled: false, problem: `“${shownName(look.name)}” could not be fetched. ${fault.message}` }
  }
}

async function notePoll(work: Processing, bankConnectionId: Id<'bcn'>, problems: readonly string[]): Promise<void> {
  const { storage, organizationId, lease } = work
  const more = problems.length > PROBLEMS_MAX ? [`There are ${problems.length - PROBLEMS_MAX} more.`] : []
  const text = [...problems.slice(0, PROBLEMS_MAX), ...more].join(' ').slice(0, PROBLEM_CHARACTERS_MAX)
  const values = { lastAt: work.now().toISOString(), problem: text === '' ? null : text }
  await storage.write(async (tx) => {
    await lease.assertHeld(tx)
    await inboundFileWriter(tx, organizationId).poll(bankConnectionId, values)
  })
}
