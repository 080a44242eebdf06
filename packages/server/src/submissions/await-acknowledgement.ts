import { openBankConnection } from '../bank-connections/open.ts'
import { BankFault } from '../banks/bank-fault.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import { type Acknowledgement, readAcknowledgement } from './acknowledgement.ts'
import type { DeliveryDependencies } from './ports.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { submissionStore } from './store.ts'

const FIRST_LOOK_MS = 2_000
const BETWEEN_LOOKS_MAX_MS = 15 * 60_000
/** After this long without a word from the bank a person is told. */
const WAIT_MS = 3 * 24 * 60 * 60_000

const SILENT = 'The bank has not acknowledged the file within three days. Ask the bank whether it took it.'
const LEADS_ELSEWHERE =
  'The bank connection was pointed elsewhere since the file was delivered, so its answer cannot be fetched there. Ask the bank whether it took the file.'
const OTHER_BYTES = 'The bank acknowledged a file of this name with other bytes than ours. Ask the bank what it has.'

/** Looks once for the bank's answer to a delivered file, and says when to look again. */
export async function awaitAcknowledgement(
  deps: DeliveryDependencies,
  job: Job,
  lease: Lease,
  submissionId: string,
): Promise<JobOutcome> {
  const storage = await deps.databases.tenantOf(job.organizationId)
  const row = await submissionStore(storage.read, job.organizationId).find(submissionId)
  if (row === undefined || row.state !== 'done' || row.deliveredAt === null) return { done: true }
  const vault = await deps.vaultFor(job.organizationId)
  const connection = await openBankConnection(storage.read, vault, job.organizationId, row.bankConnectionId)
  const recorder = createRecorder(deps, storage, lease, row)
  const waitedMs = deps.now().getTime() - Date.parse(row.deliveredAt)
  if (connection.acknowledgementDirectory === null) return { done: true }
  if (row.destinationHash !== null && row.destinationHash !== connection.destinationHash) {
    return askPerson(recorder, LEADS_ELSEWHERE)
  }

  let error = 'not acknowledged yet'
  try {
    const session = await deps.connect(connection.settings)
    try {
      const answer = await readAcknowledgement(session, connection.acknowledgementDirectory, row)
      if (answer !== null) return await accept(deps, recorder, answer)
    } finally {
      await session.close()
    }
  } catch (fault) {
    if (!(fault instanceof BankFault)) throw fault
    error = fault.reason ?? fault.code
  }
  if (waitedMs > WAIT_MS) {
    return askPerson(recorder, SILENT)
  }
  return { retryAt: new Date(deps.now().getTime() + untilNextLookMs(job.attempt, deps.random())), error }
}

async function accept(deps: DeliveryDependencies, recorder: Recorder, answer: Acknowledgement): Promise<JobOutcome> {
  if (answer.verdict === 'accepted') {
    const significant = { action: 'submission.acknowledged', outcome: 'succeeded', progress: 'acknowledged' } as const
    const acknowledgedAt = deps.now().toISOString()
    await recorder.move(
      'acknowledged',
      'The bank has accepted the file.',
      { acknowledgedAt, problem: null },
      significant,
    )
  } else if (answer.verdict === 'rejected') {
    const problem = `The bank refused the file: ${answer.reason}`
    const significant = { action: 'submission.rejectedByBank', outcome: 'failed', progress: 'failed' } as const
    await recorder.move('rejectedByBank', problem, { problem }, significant)
  } else {
    return askPerson(recorder, OTHER_BYTES)
  }
  return { done: true }
}

/** Only the bank can tell now, and only a person can ask it. */
async function askPerson(recorder: Recorder, problem: string): Promise<JobOutcome> {
  const significant = { action: 'submission.unknown', outcome: 'failed', progress: 'needsAttention' } as const
  await recorder.move('unknown', problem, { problem }, significant)
  return { done: true }
}

/** Soon at first, then every quarter of an hour, never in step with others. */
export function untilNextLookMs(looks: number, random: number): number {
  const bound = Math.min(BETWEEN_LOOKS_MAX_MS, FIRST_LOOK_MS * 2 ** Math.max(0, looks - 1))
  return Math.floor(bound * (0.5 + random / 2))
}
