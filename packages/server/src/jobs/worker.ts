import { acrossTenants, onBehalfOf } from '../storage/on-behalf-of.ts'
import { ownedBy } from '../storage/owned-by.ts'
import type { Storage } from '../storage/transaction.ts'
import { fullJitter } from './backoff.ts'
import type { Job, JobOutcome } from './job.ts'
import { type Every, everyOnTheClock, holdLease, type Lease, LeaseLost } from './lease.ts'
import { dueJob, type Hold, type JobChoice, type JobRow, jobStore } from './store.ts'

export interface WorkerOptions extends JobChoice {
  storage: Storage
  /** Names this worker among all that share the database. */
  owner: string
  now(): Date
  /** What leases go by; `now` unless told. Not a clock that people move, or they would take jobs from who is at them. */
  leaseNow?(): Date
  /** From 0 to below 1. */
  random(): number
  /** How many jobs are under way at once; 4 unless told. Those of one organization, kind and queue go one by one. */
  slots?: number
  handlers: Readonly<Record<string, (job: Job, lease: Lease) => Promise<JobOutcome>>>
  /** 60 s unless told. */
  leaseMs?: number
  /** 20 s unless told. */
  heartbeatMs?: number
  /** What the heartbeat goes by; the process's own timer unless told. */
  every?: Every
  /** How long an idle worker waits before it looks again; 1 s unless told. */
  pollMs?: number
  /** Hears of every failed attempt, every dead job and every lost lease. */
  onError(error: unknown, job: Job | null): void
}

export interface Worker {
  start(): void
  /** Looks for work at once; call it after a commit that enqueued. */
  wake(): void
  /** Does one due job; false when there was none. */
  runOnce(): Promise<boolean>
  /** Claims nothing more and waits for the jobs under way. */
  stop(): Promise<void>
}

const SLOTS = 4

export function createWorker(options: WorkerOptions): Worker {
  const { storage, owner, now, leaseNow = now, handlers, onError } = options
  const timing = {
    leaseMs: options.leaseMs ?? 60_000,
    heartbeatMs: options.heartbeatMs ?? 20_000,
    every: options.every ?? everyOnTheClock,
  }
  const pollMs = options.pollMs ?? 1_000
  const idle = idleRoom()
  let running: Promise<void>[] = []
  let isStopping = false

  async function claim(): Promise<JobRow | null> {
    const at = { due: now(), lease: leaseNow() }
    if ((await dueJob(storage.read, at, owner, options)).length === 0) return null
    const until = new Date(at.lease.getTime() + timing.leaseMs)
    return storage.write((tx) => jobStore(tx).claim(owner, at, until, options))
  }

  async function runOnce(): Promise<boolean> {
    const row = await acrossTenants('claim-job', claim)
    if (!row) return false
    await onBehalfOf(row.organizationId, () => work(jobOf(row)))
    return true
  }

  async function work(job: Job): Promise<void> {
    const hold: Hold = { organizationId: job.organizationId, id: job.id, owner, attempt: job.attempt }
    const { lease, release } = holdLease(ownedBy(job.organizationId, storage), hold, timing, leaseNow)
    const outcome = await attempt(handlers, job, lease, onError)
    await release()
    const verdict = settled(outcome, job, now(), options.random())
    const isRecorded = await storage.write((tx) => record(jobStore(tx), hold, verdict, now()))
    if (!isRecorded) onError(new LeaseLost(), job)
    else if ('dead' in verdict) onError(new Error(verdict.error), job)
  }

  async function slot(): Promise<void> {
    while (!isStopping) {
      const worked = await runOnce().catch((error: unknown) => {
        onError(error, null)
        return false
      })
      if (worked) idle.wake()
      else if (!isStopping) await idle.wait(pollMs)
    }
  }

  return {
    runOnce,
    wake: () => idle.wake(),
    start() {
      if (running.length > 0) return
      isStopping = false
      running = Array.from({ length: options.slots ?? SLOTS }, slot)
    },
    async stop() {
      isStopping = true
      idle.wake()
      await Promise.all(running)
      running = []
    },
  }
}

type Attempted = JobOutcome | { thrown: unknown }

async function attempt(
  handlers: WorkerOptions['handlers'],
  job: Job,
  lease: Lease,
  onError: WorkerOptions['onError'],
): Promise<Attempted> {
  const handler = handlers[job.kind]
  if (!handler) return { dead: true, error: `There is no handler for jobs of kind ${job.kind}.` }
  if (job.attempt > job.maxAttempts) return { dead: true, error: 'The last attempt ended without a result.' }
  try {
    return await handler(job, lease)
  } catch (error) {
    onError(error, job)
    return { thrown: error }
  }
}

function settled(outcome: Attempted, job: Job, now: Date, random: number): JobOutcome {
  if ('thrown' in outcome) {
    const error = outcome.thrown instanceof Error ? outcome.thrown.name : 'Error'
    if (job.attempt >= job.maxAttempts) return { dead: true, error }
    return { retryAt: new Date(now.getTime() + fullJitter(job.attempt, random)), error }
  }
  if ('retryAt' in outcome && job.attempt >= job.maxAttempts) return { dead: true, error: outcome.error }
  return outcome
}

function record(store: ReturnType<typeof jobStore>, hold: Hold, outcome: JobOutcome, now: Date): Promise<boolean> {
  if ('done' in outcome) return store.finish(hold, now)
  if ('dead' in outcome) return store.bury(hold, now, outcome.error)
  return store.retry(hold, outcome.retryAt, outcome.error)
}

function jobOf(row: JobRow): Job {
  const { id, organizationId, kind, payload, attempts, maxAttempts } = row
  return { id, organizationId, kind, payload, attempt: attempts, maxAttempts }
}

/** Where slots wait for work, all woken together. */
function idleRoom() {
  const waiting = new Set<() => void>()
  return {
    wake() {
      for (const leave of waiting) leave()
    },
    wait(ms: number): Promise<void> {
      return new Promise((resolve) => {
        const leave = () => {
          clearTimeout(timer)
          waiting.delete(leave)
          resolve()
        }
        const timer = setTimeout(leave, ms)
        waiting.add(leave)
      })
    },
  }
}
