import type { Id, IdPrefix } from '@fistworks/contract'
import { and, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { bankConnectionWriter } from '../bank-connections/store.ts'
import { bankConnections } from '../bank-connections/table.ts'
import { enqueueJob } from '../jobs/jobs.ts'
import { acrossTenants, onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Storage } from '../storage/transaction.ts'
import { inboundFileStore, inboundFileWriter } from './store.ts'
import { inboundPolls } from './table.ts'

interface Due {
  organizationId: string
  bankConnectionId: Id<'bcn'>
  everyMinutes: number
}

/**
 * Enqueues the polls that are due, each occurrence once however many processes ask. Gives how many there were. The
 * connections of an organization that was closed are archived instead: with its keys gone nobody can log in any more.
 */
export async function enqueueDuePolls(
  storage: Storage,
  now: Date,
  newId: <P extends IdPrefix>(prefix: P) => Id<P>,
  isClosed: (organizationId: string) => Promise<boolean>,
): Promise<number> {
  const due = await acrossTenants('poll-banks', () => dueNow(storage, now.toISOString()))
  let enqueued = 0
  for (const { organizationId, bankConnectionId, everyMinutes } of due) {
    if (await isClosed(organizationId)) {
      await onBehalfOf(organizationId, () => archive(storage, organizationId as Id<'org'>, bankConnectionId, now))
      continue
    }
    const isMine = await onBehalfOf(organizationId, () =>
      storage.write(async (tx) => {
        const organization = organizationId as Id<'org'>
        const polls = await inboundFileStore(tx, organization).polls()
        const nextAt = polls.find((poll) => poll.bankConnectionId === bankConnectionId)?.nextAt ?? null
        const after = new Date(now.getTime() + everyMinutes * 60_000).toISOString()
        if (nextAt !== null && nextAt > now.toISOString() && nextAt <= after) return false
        await inboundFileWriter(tx, organization).poll(bankConnectionId, { nextAt: after })
        await enqueueJob(tx, {
          id: newId('job'),
          organizationId,
          kind: 'inboundFile.poll',
          queue: bankConnectionId,
          payload: { bankConnectionId, names: null },
          dedupeKey: `inboundFile.poll:${bankConnectionId}:${nextAt ?? 'first'}:${after}`,
          runAt: now,
        })
        return true
      }),
    )
    if (isMine) enqueued += 1
  }
  return enqueued
}

function archive(storage: Storage, organizationId: Id<'org'>, id: Id<'bcn'>, now: Date): Promise<unknown> {
  return storage.write((tx) => bankConnectionWriter(tx, organizationId).change(id, { archivedAt: now.toISOString() }))
}

function dueNow(storage: Storage, now: string): Promise<Due[]> {
  const { organizationId, id, returnPollMinutes, returnDirectory, archivedAt } = bankConnections
  // The time between two polls was made shorter since.
  const isFarAhead = sql`${inboundPolls.nextAt} > strftime('%Y-%m-%dT%H:%M:%fZ', ${now}, '+' || ${returnPollMinutes} || ' minutes')`
  return storage.read
    .select({ organizationId, bankConnectionId: id, everyMinutes: returnPollMinutes })
    .from(bankConnections)
    .leftJoin(inboundPolls, and(eq(inboundPolls.organizationId, organizationId), eq(inboundPolls.bankConnectionId, id)))
    .where(
      and(
        isNotNull(returnPollMinutes),
        isNotNull(returnDirectory),
        isNull(archivedAt),
        or(isNull(inboundPolls.nextAt), lte(inboundPolls.nextAt, now), isFarAhead),
      ),
    ) as Promise<Due[]>
}
