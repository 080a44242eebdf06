import type { BankConnectionRow } from '../bank-connections/table.ts'
import { pausedUntil } from '../bank-reachability/circuit.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import type { Storage } from '../storage/transaction.ts'
import { lastTryAt } from './deadline.ts'
import { claimedFrom } from './states.ts'
import type { DeliveryDependencies } from './ports.ts'
import { submissionWriter } from './store.ts'
import type { SubmissionRow } from './table.ts'

/** Between two looks whether deliveries were resumed; whoever resumes an organization's wakes them at once. */
export const STOPPED_MS = 30_000
/** The last moment to try before a cutoff, whatever is known of the bank. */
const LAST_CHANCE_MS = 60_000
const UNREACHABLE =
  'The bank could not be reached several times. All its files wait, and one of them finds out when it answers again.'

interface Wait {
  for: 'resume' | 'bank'
  problem: string
  until: Date
}

/** Lets a submission wait while nothing may be tried; `null` when it may be taken up. No try of it is used up. */
export async function holdBack(
  deps: DeliveryDependencies,
  storage: Storage,
  lease: Lease,
  job: Job,
  row: SubmissionRow,
  connection: BankConnectionRow,
): Promise<JobOutcome | null> {
  if (claimedFrom(row.state) !== 'claimed') return null
  const wait = (await stopped(deps, storage, row)) ?? (await unreachable(deps, storage, row, connection))
  if (wait === null) return null
  const at = deps.now().toISOString()
  const values = { problem: wait.problem, retryAt: wait.until.toISOString(), waitsFor: wait.for }
  await storage.write(async (tx) => {
    await lease.assertHeld(tx)
    const writer = submissionWriter(tx, job.organizationId)
    const fence = { id: row.id, attempt: row.attempt, from: row.state }
    if (row.state === 'retryWait') await writer.note(fence, values)
    else await writer.move(fence, 'retryWait', at, wait.problem, values)
  })
  return { retryAt: wait.until, error: `waits for ${wait.for}` }
}

async function stopped(deps: DeliveryDependencies, storage: Storage, row: SubmissionRow): Promise<Wait | null> {
  const problem = await deps.stopped(storage.read, row.organizationId)
  return problem === null ? null : { for: 'resume', problem, until: new Date(deps.now().getTime() + STOPPED_MS) }
}

async function unreachable(
  deps: DeliveryDependencies,
  storage: Storage,
  row: SubmissionRow,
  connection: BankConnectionRow,
): Promise<Wait | null> {
  const now = deps.now()
  const lastChance = row.deliverBy === null ? Infinity : lastTryAt(row.deliverBy) - LAST_CHANCE_MS
  const isLastChance = now.getTime() >= lastChance
  const until = isLastChance ? null : await pausedUntil(storage, connection, now)
  if (until === null) return null
  return { for: 'bank', problem: UNREACHABLE, until: new Date(Math.min(until.getTime(), lastChance)) }
}
