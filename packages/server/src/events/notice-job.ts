import { createHash } from 'node:crypto'
import { makeId } from '@fistworks/contract'
import { enqueueJob } from '../jobs/job.ts'
import { jobStore } from '../jobs/store.ts'
import type { Tx } from '../storage/transaction.ts'
import { NOTICES } from './notices.ts'
import type { EventRow } from './table.ts'

export const NOTICE_JOB = 'event.notify'

/**
 * Has people told of an event, in its transaction. One job tells of all events of its type that are there when it runs,
 * so an event whose type has a job that waits needs none.
 */
export async function enqueueNotice(tx: Tx, event: EventRow): Promise<void> {
  const { organizationId, type, sequence } = event
  const notice = NOTICES[type]
  if (notice === null) return
  const place = { organizationId, kind: NOTICE_JOB, queue: type }
  if (await jobStore(tx).isWaiting(place)) return
  const at = new Date(event.at)
  const random = createHash('sha256')
    .update(JSON.stringify([NOTICE_JOB, event.id]))
    .digest()
  await enqueueJob(tx, {
    ...place,
    id: makeId('job', at.getTime(), random),
    payload: { type },
    dedupeKey: `${NOTICE_JOB}:${type}:${sequence}`,
    runAt: new Date(at.getTime() + (notice.collectMs ?? 0)),
  })
}
