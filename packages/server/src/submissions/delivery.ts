import { createHash } from 'node:crypto'
import { type OpenedBankConnection, openBankConnection } from '../bank-connections/open.ts'
import type { BankSession } from '../banks/bank.ts'
import { BankFault } from '../banks/bank-fault.ts'
import { fullJitter, type Job, type JobOutcome, type Lease } from '../jobs/jobs.ts'
import type { Storage } from '../storage/transaction.ts'
import { type Attempt, attemptAtBank, type Ending, type Stop } from './attempt.ts'
import { awaitAcknowledgement } from './await-acknowledgement.ts'
import { type Claimed, claimSubmission } from './claim.ts'
import type { DeliveryDependencies } from './ports.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { StaleAttempt } from './store.ts'

/** Tries of one delivery before a person is asked. */
const DELIVERY_TRIES_MAX = 8

const LEADS_ELSEWHERE =
  'The bank connection was changed after this file was submitted, so it was not sent. A person who neither wrote the file nor changed the connection can try again.'

export type DeliveryHandler = (job: Job, lease: Lease) => Promise<JobOutcome>

/** The work on submissions, by kind of job. */
export function createDeliveryHandlers(
  deps: DeliveryDependencies,
): Record<'submission.deliver' | 'submission.awaitAcknowledgement', DeliveryHandler> {
  return {
    'submission.deliver': (job, lease) => unlessOvertaken(() => deliver(deps, job, lease)),
    'submission.awaitAcknowledgement': (job, lease) =>
      unlessOvertaken(() => awaitAcknowledgement(deps, job, lease, submissionOf(job))),
  }
}

/** Whoever was overtaken has nothing left to do. */
async function unlessOvertaken(work: () => Promise<JobOutcome>): Promise<JobOutcome> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StaleAttempt) return { done: true }
    throw error
  }
}

async function deliver(deps: DeliveryDependencies, job: Job, lease: Lease): Promise<JobOutcome> {
  const storage = await deps.databases.tenantOf(job.organizationId)
  const vault = await deps.vaultFor(job.organizationId)
  const claimed = await claimSubmission(storage, lease, job, submissionOf(job), deps.now().toISOString())
  if (claimed === null) return { done: true }
  const recorder = createRecorder(deps, storage, lease, claimed.row)
  deps.checkpoint?.(claimed.row.state)

  const connection = await openBankConnection(storage.read, vault, job.organizationId, claimed.row.bankConnectionId)
  if (claimed.row.state !== 'verified') {
    const ending = await tryAtBank(deps, { storage, lease, claimed, recorder, connection })
    if (ending.kind !== 'delivered') return settle(deps, recorder, ending)
  }
  await recorder.finish('The bank has the file.', connection.acknowledgementDirectory !== null)
  return { done: true }
}

interface Work {
  storage: Storage
  lease: Lease
  claimed: Claimed
  recorder: Recorder
  connection: OpenedBankConnection
}

async function tryAtBank(deps: DeliveryDependencies, work: Work): Promise<Ending> {
  const { claimed, recorder, connection } = work
  const agreed = claimed.row.destinationHash
  if (agreed !== null && agreed !== connection.destinationHash) return permanent(recorder, LEADS_ELSEWHERE)
  if (claimed.row.tries > DELIVERY_TRIES_MAX) return givenUp(recorder, 'Each try was interrupted.')
  let session: BankSession | null = null
  try {
    session = await deps.connect(connection.settings)
    const ending = await attemptAtBank(attemptOf(deps, work), session)
    if (ending.kind === 'delivered') {
      const evidence = { how: ending.how, at: deps.now().toISOString(), hostKeyFingerprint: session.hostKeyFingerprint }
      await recorder.move('verified', ending.detail, { evidence })
    }
    return ending
  } catch (fault) {
    if (fault instanceof AlteredFile) return { kind: 'failed', problem: fault.message }
    if (!(fault instanceof BankFault)) throw fault
    if (!fault.isTransient) return permanent(recorder, fault.message)
    return { kind: 'retry', problem: fault.message, reason: fault.reason ?? fault.code }
  } finally {
    await session?.close()
  }
}

function attemptOf(deps: DeliveryDependencies, work: Work): Attempt {
  const { storage, lease, claimed, recorder, connection } = work
  const { organizationId, achFileId, sizeBytes, sha256 } = claimed.row
  return {
    get row() {
      return recorder.row
    },
    uploadDirectory: connection.uploadDirectory,
    acknowledgementDirectory: connection.acknowledgementDirectory,
    sweepsAtOnce: connection.sweepsAtOnce,
    earlierUploads: claimed.earlierUploads,
    record: (to, detail, values) => recorder.move(to, detail, values),
    async mayGoOn() {
      const isReleased = await deps.isReleased(storage.read, organizationId, achFileId)
      await lease.assertHeld()
      return isReleased
    },
    async bytes() {
      const vault = await deps.vaultFor(organizationId)
      const bytes = await deps.generatedFile(storage.read, vault, organizationId, achFileId)
      const isOurs = bytes.length === sizeBytes && createHash('sha256').update(bytes).digest('hex') === sha256
      if (!isOurs) throw new AlteredFile()
      return bytes
    },
  }
}

/** The stored bytes are not those that were approved. */
class AlteredFile extends Error {
  constructor() {
    super('The stored file is not the one that was approved, so it was not sent. Tell the operator of this server.')
    this.name = 'AlteredFile'
  }
}

/** Another try will not help. Only while no rename can have happened is it certain that the bank has nothing. */
function permanent(recorder: Recorder, problem: string): Stop {
  if (recorder.row.renameAttempt === null) return { kind: 'failed', problem }
  return {
    kind: 'unknown',
    problem: `${problem} An earlier try may have delivered the file. Ask the bank whether it has it.`,
  }
}

function givenUp(recorder: Recorder, problem: string): Stop {
  return permanent(recorder, `${problem} After ${DELIVERY_TRIES_MAX} tries we stopped.`)
}

async function settle(
  deps: DeliveryDependencies,
  recorder: Recorder,
  ending: Exclude<Ending, { kind: 'delivered' }>,
): Promise<JobOutcome> {
  if (ending.kind !== 'retry') return stop(recorder, ending)
  const { tries } = recorder.row
  if (tries >= DELIVERY_TRIES_MAX) return stop(recorder, givenUp(recorder, ending.problem))
  const retryAt = new Date(deps.now().getTime() + fullJitter(tries, deps.random()))
  await recorder.move('retryWait', ending.problem, { retryAt: retryAt.toISOString(), problem: ending.problem })
  return { retryAt, error: ending.reason }
}

async function stop(recorder: Recorder, { kind, problem }: Stop): Promise<JobOutcome> {
  if (kind === 'failed') {
    const significant = { action: 'submission.failed', outcome: 'failed', progress: 'failed' } as const
    await recorder.move('failed', problem, { problem, renameAttempt: null, renameAcknowledgedAt: null }, significant)
  } else {
    const significant = { action: 'submission.unknown', outcome: 'failed', progress: 'needsAttention' } as const
    await recorder.move('unknown', problem, { problem }, significant)
  }
  return { done: true }
}

function submissionOf(job: Job): string {
  const { payload } = job
  if (typeof payload === 'object' && payload !== null && 'submissionId' in payload) return String(payload.submissionId)
  throw new Error(`Job ${job.id} names no submission.`)
}
