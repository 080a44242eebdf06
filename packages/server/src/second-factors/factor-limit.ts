import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { factorStore, factorWriter } from './store.ts'

const WINDOW_MS = LIMITS.wrongProofMinutes * 60_000

/** What a clock that was ahead wrote is not counted for longer once it is right. */
const isRecent = (at: string, now: Date) => Math.abs(now.getTime() - Date.parse(at)) < WINDOW_MS

/**
 * Refuses every proof of a person who was wrong too often, right ones as well.
 * @throws ProblemError `rate-limited`
 */
export async function refuseLocked(db: Reader, userId: string, now: Date): Promise<void> {
  const failures = await factorStore(db, userId).failures()
  const lock = failures.find(({ hasLocked, at }) => hasLocked && isRecent(at, now))
  if (lock === undefined) return
  const endsMs = Date.parse(lock.at) + WINDOW_MS - now.getTime()
  const retryAfterSeconds = Math.min(Math.ceil(endsMs / 1000), WINDOW_MS / 1000)
  const detail = `That was wrong ${LIMITS.wrongProofs} times. Nothing is taken for ${LIMITS.wrongProofMinutes} minutes.`
  throw new ProblemError('rate-limited', detail, { retryAfterSeconds })
}

/** Counts a wrong proof, whatever was tried. @returns whether it is the one that locks */
export async function countFailure(tx: Tx, userId: string, id: string, now: Date): Promise<boolean> {
  const failures = await factorStore(tx, userId).failures()
  const [recent, old] = [
    failures.filter(({ at }) => isRecent(at, now)),
    failures.filter(({ at }) => !isRecent(at, now)),
  ]
  const writer = factorWriter(tx, userId)
  await writer.removeFailures(old.map((failure) => failure.id))
  const hasLocked = recent.length + 1 >= LIMITS.wrongProofs
  await writer.addFailure({ id, at: now.toISOString(), hasLocked })
  return hasLocked
}
