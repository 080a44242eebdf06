import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import { type Acknowledgement, OTHER_BYTES } from './acknowledgement.ts'
import { fetchAnswer } from './fetch-answer.ts'
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
  const recorder = createRecorder(deps, storage, lease, row)
  const found = await fetchAnswer(deps, storage, row)
  if (found.answer !== null) {
    if (found.answer.verdict === 'otherBytes') return askPerson(recorder, OTHER_BYTES)
    await acceptAnswer(deps, recorder, found.answer)
    return { done: true }
  }
  if ('nowhere' in found) {
    return found.nowhere === 'noDirectory' ? { done: true } : askPerson(recorder, LEADS_ELSEWHERE)
  }
  const now = deps.now().getTime()
  if (now - Date.parse(row.deliveredAt) > WAIT_MS) return askPerson(recorder, SILENT)
  const next = now + untilNextLookMs(job.attempt, deps.random())
  return { retryAt: new Date(Math.max(next, found.notBefore?.getTime() ?? 0)), error: found.error }
}

/** Writes down what the bank says of the file. Whether it has it is no question any more. */
export async function acceptAnswer(
  deps: DeliveryDependencies,
  recorder: Recorder,
  answer: Exclude<Acknowledgement, { verdict: 'otherBytes' }>,
): Promise<void> {
  const at = deps.now().toISOString()
  const { row } = recorder
  const how = { how: 'acknowledgement', at, hostKeyFingerprint: null } as const
  const known = { deliveredAt: row.deliveredAt ?? at, evidence: row.evidence ?? how, resolution: null }
  if (answer.verdict === 'accepted') {
    const significant = { action: 'submission.acknowledged', outcome: 'succeeded', progress: 'acknowledged' } as const
    const values = { ...known, acknowledgedAt: at, problem: null }
    await recorder.move('acknowledged', 'The bank has accepted the file.', values, significant)
  } else {
    const problem = `The bank refused the file: ${answer.reason}`
    const significant = { action: 'submission.rejectedByBank', outcome: 'failed', progress: 'failed' } as const
    await recorder.move('rejectedByBank', problem, { ...known, problem }, significant)
  }
}

/** Only the bank can tell now, and only a person can ask it. */
async function askPerson(recorder: Recorder, problem: string): Promise<JobOutcome> {
  const significant = { action: 'submission.unknown', outcome: 'failed', progress: 'needsAttention' } as const
  await recorder.move('unknown', problem, { problem }, significant)
  return { done: true }
}

/** Soon at first, then every quarter of an hour unless told, never in step with others. */
export function untilNextLookMs(looks: number, random: number, mostMs = BETWEEN_LOOKS_MAX_MS): number {
  const bound = Math.min(mostMs, FIRST_LOOK_MS * 2 ** Math.max(0, looks - 1))
  return Math.floor(bound * (0.5 + random / 2))
}
