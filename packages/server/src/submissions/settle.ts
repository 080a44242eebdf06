import { fullJitter, type JobOutcome } from '../jobs/jobs.ts'
import type { Ending, Stop } from './attempt.ts'
import { wasUncertain } from './cancel.ts'
import { isPastLastTry, lastTryAt } from './deadline.ts'
import { STOPPED_MS } from './hold.ts'
import { TOO_LATE } from './obstacle.ts'
import type { DeliveryDependencies } from './ports.ts'
import type { Recorder } from './recorder.ts'
import { submissionStore } from './store.ts'

/** Tries of one delivery before a person is asked. */
export const DELIVERY_TRIES_MAX = 8
/** Before each further look at a bank that may have taken the file: some are slow to show what they have. */
const LOOKS_AFTER_MS = [5_000, 15_000, 45_000, 120_000, 300_000]
/** A last try before the cutoff leaves this much time for itself. */
const LAST_TRY_MS = 60_000

/** Writes down how an attempt ended, and says when the next one is due. */
export async function settle(
  deps: DeliveryDependencies,
  recorder: Recorder,
  ending: Exclude<Ending, { kind: 'delivered' }>,
): Promise<JobOutcome> {
  if (ending.kind === 'wait') return wait(deps, recorder, ending.problem)
  if (ending.kind === 'lookAgain') return lookAgain(deps, recorder, ending.problem)
  if (ending.kind === 'retry') return retry(deps, recorder, ending)
  if (ending.kind === 'canceled') return cancel(deps, recorder, ending.problem)
  return stop(recorder, ending)
}

/** Another try will not help. Only while no rename can have happened is it certain that the bank has nothing. */
export function permanent(recorder: Recorder, problem: string): Stop {
  if (recorder.row.renameAttempt === null) return { kind: 'failed', problem }
  return {
    kind: 'unknown',
    problem: `${problem} An earlier try may have delivered the file. Ask the bank whether it has it.`,
  }
}

export function givenUp(recorder: Recorder, problem: string): Stop {
  return permanent(recorder, `${problem} After ${DELIVERY_TRIES_MAX} tries we stopped.`)
}

async function retry(
  deps: DeliveryDependencies,
  recorder: Recorder,
  { problem, reason, notBefore }: Extract<Ending, { kind: 'retry' }>,
): Promise<JobOutcome> {
  const { row } = recorder
  const now = deps.now()
  if (row.tries >= DELIVERY_TRIES_MAX) return stop(recorder, givenUp(recorder, problem))
  if (isPastLastTry(row, now) && row.renameAttempt === null)
    return stop(recorder, { kind: 'failed', problem: TOO_LATE })
  const wanted = Math.max(now.getTime() + fullJitter(row.tries, deps.random()), notBefore?.getTime() ?? 0)
  const latest = row.deliverBy === null || row.isLate ? Infinity : lastTryAt(row.deliverBy) - LAST_TRY_MS
  const retryAt = new Date(latest > now.getTime() ? Math.min(wanted, latest) : wanted)
  await recorder.move('retryWait', problem, { retryAt: retryAt.toISOString(), problem, looks: 0 })
  return { retryAt, error: reason }
}

/** Nothing is at the bank, and stopping is nobody's fault: the try does not count. */
async function wait(deps: DeliveryDependencies, recorder: Recorder, problem: string): Promise<JobOutcome> {
  const retryAt = new Date(deps.now().getTime() + STOPPED_MS)
  await recorder.move('retryWait', problem, {
    problem,
    retryAt: retryAt.toISOString(),
    waitsFor: 'resume',
    tries: recorder.row.tries - 1,
    renameAttempt: null,
    renameAcknowledgedAt: null,
  })
  return { retryAt, error: 'deliveries are stopped' }
}

async function lookAgain(deps: DeliveryDependencies, recorder: Recorder, problem: string): Promise<JobOutcome> {
  const { looks, tries } = recorder.row
  const afterMs = LOOKS_AFTER_MS[looks]
  if (afterMs === undefined) return stop(recorder, { kind: 'unknown', problem })
  const retryAt = new Date(deps.now().getTime() + afterMs)
  const detail = 'It is not certain whether the bank has the file. Looking again before anybody is asked.'
  const values = { problem, retryAt: retryAt.toISOString(), looks: looks + 1, tries: tries - 1 }
  await recorder.move('reconciling', detail, values)
  return { retryAt, error: 'looks again' }
}

/** Of what once was uncertain nobody says that the bank has none: it fails, and stays as it is. */
async function cancel(deps: DeliveryDependencies, recorder: Recorder, problem: string): Promise<JobOutcome> {
  const { organizationId, id } = recorder.row
  const { read } = await deps.databases.tenantOf(organizationId)
  if (wasUncertain(await submissionStore(read, organizationId).steps([id]))) {
    return stop(recorder, { kind: 'failed', problem })
  }
  const significant = { action: 'submission.canceled', outcome: 'succeeded', progress: 'canceled' } as const
  await recorder.move('canceled', problem, { problem, renameAttempt: null, renameAcknowledgedAt: null }, significant)
  return { done: true }
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
