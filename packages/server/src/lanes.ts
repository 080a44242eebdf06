import type { WorkerOptions } from './jobs/jobs.ts'
import { ANSWER_JOB } from './submissions/recorder.ts'
import { WEBHOOK_JOB } from './webhooks/fan-out.ts'

type Lane = Pick<WorkerOptions, 'kinds' | 'slots' | 'mostOfOne'>

/**
 * Work that waits for other people's servers, each kind of it with slots of its own. Somebody whose server hangs, or
 * gives its bytes one by one, holds up neither files on their way nor what has to be done in time: cutoffs, schedules,
 * mails. One organization gets half of them at most, so that its hanging servers leave room for the others.
 */
const OUTSIDE = [
  { only: ['submission.deliver', 'submission.awaitAcknowledgement', ANSWER_JOB], slots: 8 },
  { only: ['inboundFile.poll'], slots: 8 },
  { only: [WEBHOOK_JOB], slots: 32 },
] as const

/** What is done without waiting for anybody. */
export const INSIDE_LANE: Lane = { kinds: { except: OUTSIDE.flatMap(({ only }) => only) } }

/** In the databases of tenants only. */
export const OUTSIDE_LANES: readonly Lane[] = OUTSIDE.map(({ only, slots }) => ({
  kinds: { only },
  slots,
  mostOfOne: slots / 2,
}))
