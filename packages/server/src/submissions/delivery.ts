import { createHash } from 'node:crypto'
import { type OpenedBankConnection, openBankConnection } from '../bank-connections/open.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import type { BankSession } from '../banks/bank.ts'
import { BankFault } from '../banks/bank-fault.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import type { Storage } from '../storage/transaction.ts'
import { type Attempt, attemptAtBank, type Ending } from './attempt.ts'
import { awaitAcknowledgement } from './await-acknowledgement.ts'
import { type Claimed, claimSubmission } from './claim.ts'
import { holdBack } from './hold.ts'
import { meetDeadline } from './meet-deadline.ts'
import { lookForAnswer } from './look-for-answer.ts'
import { LEADS_ELSEWHERE, obstacleTo } from './obstacle.ts'
import type { DeliveryDependencies } from './ports.ts'
import { reachBank } from './reach-bank.ts'
import { ANSWER_JOB, createRecorder, type Recorder } from './recorder.ts'
import { DELIVERY_TRIES_MAX, givenUp, permanent, settle } from './settle.ts'
import { StaleAttempt, submissionStore } from './store.ts'

export type DeliveryHandler = (job: Job, lease: Lease) => Promise<JobOutcome>

/** The work on submissions, by kind of job. */
export function createDeliveryHandlers(
  deps: DeliveryDependencies,
): Record<
  'submission.deliver' | 'submission.deadline' | 'submission.awaitAcknowledgement' | typeof ANSWER_JOB,
  DeliveryHandler
> {
  return {
    'submission.deliver': (job, lease) => unlessOvertaken(() => deliver(deps, job, lease)),
    'submission.deadline': (job, lease) => unlessOvertaken(() => meetDeadline(deps, job, lease, submissionOf(job))),
    'submission.awaitAcknowledgement': (job, lease) =>
      unlessOvertaken(() => awaitAcknowledgement(deps, job, lease, submissionOf(job))),
    [ANSWER_JOB]: (job, lease) => unlessOvertaken(() => lookForAnswer(deps, job, lease, submissionOf(job))),
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
  const row = await submissionStore(storage.read, job.organizationId).find(submissionOf(job))
  if (row === undefined || row.jobId !== job.id || row.jobAttempt >= job.attempt) return { done: true }
  const bank = await bankConnectionStore(storage.read, job.organizationId).find(row.bankConnectionId)
  if (bank === undefined) throw new Error(`There is no bank connection ${row.bankConnectionId}.`)
  const held = await holdBack(deps, storage, lease, job, row, bank)
  if (held !== null) return held
  const claimed = await claimSubmission(storage, lease, job, submissionOf(job), deps.now().toISOString())
  if (claimed === null) return { done: true }
  const recorder = createRecorder(deps, storage, lease, claimed.row)
  deps.checkpoint?.(claimed.row.state)

  const connection = await openBankConnection(storage.read, vault, job.organizationId, claimed.row.bankConnectionId)
  if (claimed.row.state !== 'verified') {
    const ending = await tryAtBank(deps, { storage, lease, claimed, recorder, connection, bank })
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
  bank: BankConnectionRow
}

async function tryAtBank(deps: DeliveryDependencies, work: Work): Promise<Ending> {
  const { claimed, recorder, connection } = work
  const agreed = claimed.row.destinationHash
  if (agreed !== null && agreed !== connection.destinationHash) return permanent(recorder, LEADS_ELSEWHERE)
  if (claimed.row.tries > DELIVERY_TRIES_MAX) return givenUp(recorder, 'Each try was interrupted.')
  let session: BankSession | null = null
  try {
    const reached = await reachBank(deps, work.storage, work.bank, connection.settings)
    if ('fault' in reached) {
      const { fault, notBefore } = reached
      return { kind: 'retry', problem: fault.message, reason: fault.reason ?? fault.code, notBefore }
    }
    session = reached
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
    otherDirectories: otherDirectories(work),
    sweepsAtOnce: connection.sweepsAtOnce,
    earlierUploads: claimed.earlierUploads,
    record: (to, detail, values) => recorder.move(to, detail, values),
    async obstacle() {
      const obstacle = await obstacleTo(deps, storage.read, recorder.row)
      await lease.assertHeld()
      return obstacle
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

function otherDirectories({ bank: { acknowledgementDirectory, returnDirectory } }: Work): string[] {
  return [acknowledgementDirectory, returnDirectory].filter((directory) => directory !== null)
}

/** The stored bytes are not those that were approved. */
class AlteredFile extends Error {
  constructor() {
    super('The stored file is not the one that was approved, so it was not sent. Tell the operator of this server.')
    this.name = 'AlteredFile'
  }
}

function submissionOf(job: Job): string {
  const { payload } = job
  if (typeof payload === 'object' && payload !== null && 'submissionId' in payload) return String(payload.submissionId)
  throw new Error(`Job ${job.id} names no submission.`)
}
