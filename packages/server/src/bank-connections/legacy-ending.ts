import type { WriteContext } from '../context.ts'
import { recordEvent } from '../events/record-event.ts'
import { enqueueJob, type Job, type JobOutcome, type Lease } from '../jobs/jobs.ts'
import type { Storage } from '../storage/transaction.ts'
import { bankConnectionStore } from './store.ts'
import type { BankConnectionRow } from './table.ts'

const TOLD_BEFORE_MS = 14 * 86_400_000

/** Two weeks before old algorithms come to an end people are told, so that the bank can be asked in time. */
export async function announceLegacyEnd(
  ctx: WriteContext,
  { id, legacyAlgorithmsUntil: until }: Pick<BankConnectionRow, 'id' | 'legacyAlgorithmsUntil'>,
): Promise<void> {
  if (until === null) return
  await enqueueJob(ctx.db, {
    id: ctx.newId('job'),
    organizationId: ctx.organizationId,
    kind: 'bankConnection.legacyEnding',
    payload: { bankConnectionId: id, until },
    dedupeKey: `bankConnection.legacyEnding:${id}:${until}`,
    runAt: new Date(Math.max(Date.parse(until) - TOLD_BEFORE_MS, ctx.now.getTime())),
  })
}

export function createLegacyEndingHandlers(deps: {
  databases: { tenantOf(organizationId: string): Promise<Storage> }
  now(): Date
}): Record<'bankConnection.legacyEnding', (job: Job, lease: Lease) => Promise<JobOutcome>> {
  return {
    async 'bankConnection.legacyEnding'(job, lease) {
      const { bankConnectionId, until } = job.payload as { bankConnectionId: string; until: string }
      const storage = await deps.databases.tenantOf(job.organizationId)
      await storage.write(async (tx) => {
        await lease.assertHeld(tx)
        const row = await bankConnectionStore(tx, job.organizationId).find(bankConnectionId)
        if (row === undefined || row.archivedAt !== null || row.legacyAlgorithmsUntil !== until) return
        await recordEvent(tx, job.organizationId, {
          type: 'bankConnection.legacyAlgorithmsEnding',
          objectType: 'bankConnection',
          objectId: row.id,
          at: deps.now(),
          about: { name: row.name, dueAt: until },
        })
      })
      return { done: true }
    },
  }
}
