import type { AchFile, AchFileReversal, Direction, ReversalReason } from '@fistworks/contract'
import type * as z from 'zod/mini'
import type { WriteContext } from '../context.ts'
import { invalid, ProblemError } from '../problem-error.ts'
import { authorKeys } from './authors.ts'
import { contentStore, contentWriter } from './content-store.ts'
import { keptActor, totalsOf } from './draft.ts'
import { newYorkTime } from './new-york-time.ts'
import { presentFile } from './present.ts'
import { entryProblems, lateness, reasonProblem, reversalDate } from './reversal-rules.ts'
import { reversalStore, type SentEntry } from './reversal-store.ts'
import { auditFile, fileToDecide, refuseTooManyDrafts } from './service.ts'
import { achFileWriter } from './store.ts'
import type { AchBatchRow, AchFileRow } from './table.ts'

/**
 * Makes a draft that takes back what a file did, whole or in part, from the accounts that were paid. Another person
 * approves it and it is submitted like any other.
 * @throws ProblemError `state-conflict` when the bank does not have the file, or it is too late; `validation-failed`
 * naming entries that came back or are reversed already, and a reason that does not fit
 */
export async function reverseAchFile(
  ctx: WriteContext,
  id: string,
  input: z.output<typeof AchFileReversal>,
): Promise<AchFile> {
  const original = await fileToDecide(ctx, id, input.version)
  refuseUnsent(original)
  await refuseTooManyDrafts(ctx)
  const batches = await contentStore(ctx.db, ctx.organizationId).batches(original.id)
  const chosen = await chosenEntries(ctx, original, input.entryIds)
  const fault = reasonProblem(input.reason, chosen, batches)
  if (fault !== null) throw invalid([{ pointer: '/reason', code: 'reason', message: fault }])
  const touched = batches.filter(({ position }) => chosen.some(({ batchPosition }) => batchPosition === position))
  const { date: today } = newYorkTime(ctx.now)
  const date = reversalDate(touched, today)
  const discoveredAt = input.discoveredAt ?? ctx.now.toISOString()
  const late = lateness(touched, { now: ctx.now, today, date, discoveredAt: new Date(discoveredAt) })
  if (late !== null) throw new ProblemError('state-conflict', `This cannot be reversed: ${late}.`)
  const turned = turnedBatches(touched, chosen, date)
  const file = reversalOf(ctx, original, { reason: input.reason, discoveredAt }, turned)
  await achFileWriter(ctx.db, ctx.organizationId).add(file)
  await putTurned(ctx, file.id, turned)
  await auditFile(ctx, 'achFile.reversalDrafted', file.id, {
    reverses: original.id,
    reason: input.reason,
    discoveredAt,
    entryCount: file.entryCount,
    creditCents: file.creditCents,
    debitCents: file.debitCents,
  })
  return presentFile(ctx, file)
}

function refuseUnsent({ kind, status }: AchFileRow): void {
  if (kind === 'reversal') throw new ProblemError('state-conflict', 'A reversal is not reversed itself.')
  if (status === 'delivered' || status === 'acknowledged') return
  const detail = 'Only a file that the bank has can be reversed. One that nobody has begun to send can be canceled.'
  throw new ProblemError('state-conflict', detail)
}

async function chosenEntries(
  ctx: WriteContext,
  original: AchFileRow,
  named: readonly string[] | undefined,
): Promise<SentEntry[]> {
  const store = reversalStore(ctx.db, ctx.organizationId)
  const all = new Map((await store.entries(original.id)).map((entry) => [entry.id as string, entry]))
  const gone = { returned: await store.returned(original.id), taken: await store.taken(original.id, null) }
  const problems = entryProblems(named ?? [], all, gone)
  if (problems.length > 0) throw invalid(problems)
  const wanted = named === undefined ? null : new Set(named)
  const chosen = [...all.values()].filter(({ id }) =>
    wanted === null ? !gone.returned.has(id) && !gone.taken.has(id) : wanted.has(id),
  )
  if (chosen.length === 0) {
    throw new ProblemError('state-conflict', 'Everything in this file came back or is reversed already.')
  }
  if (new Set(chosen.map(({ traceNumber }) => traceNumber?.slice(0, 8))).size > 1) {
    const message = 'name the entries of one bank account: this file pays from accounts at several banks'
    throw invalid([{ pointer: '/entryIds', code: 'several-banks', message }])
  }
  return chosen
}

interface TurnedBatch extends Omit<AchBatchRow, 'organizationId' | 'achFileId' | 'id'> {
  /** As they were sent, all in one direction. */
  entries: SentEntry[]
}

/** Credits and debits apart, in the order in which the codec turns them. */
function turnedBatches(batches: readonly AchBatchRow[], chosen: readonly SentEntry[], date: string): TurnedBatch[] {
  return batches
    .flatMap((batch) =>
      (['debit', 'credit'] as const).map((before) => ({
        batch,
        entries: chosen.filter((entry) => entry.batchPosition === batch.position && entry.direction === before),
      })),
    )
    .filter(({ entries }) => entries.length > 0)
    .map(({ batch, entries }, position) => ({
      position,
      bankAccountId: batch.bankAccountId,
      secCode: batch.secCode,
      companyEntryDescription: 'REVERSAL',
      companyDiscretionaryData: batch.companyDiscretionaryData,
      effectiveDate: date,
      entries,
    }))
}

function reversalOf(
  ctx: WriteContext,
  original: AchFileRow,
  { reason, discoveredAt }: { reason: ReversalReason; discoveredAt: string },
  batches: TurnedBatch[],
): AchFileRow {
  const now = ctx.now.toISOString()
  const sent = totalsOf(batches)
  return {
    ...original,
    id: ctx.newId('ach'),
    name: `Reversal of ${original.name}`.slice(0, 100),
    status: 'draft',
    version: 1,
    ...sent,
    creditCents: sent.debitCents,
    debitCents: sent.creditCents,
    transmit: { when: 'now' },
    submitOnApproval: false,
    authors: authorKeys(ctx),
    reopenedBecause: null,
    approvalId: null,
    contentHash: null,
    submissionId: null,
    createdBy: keptActor(ctx.actor),
    createdAt: now,
    updatedAt: now,
    submittedAt: null,
    acknowledgedAt: null,
    approvalRound: 0,
    policyVersion: 0,
    approvalRequestedAt: null,
    possibleDuplicates: [],
    kind: 'reversal',
    reverses: original.id,
    reversalReason: reason,
    reversalDiscoveredAt: discoveredAt,
  }
}

/** The entries keep whom the original paid, whatever becomes of the recipients. */
async function putTurned(ctx: WriteContext, achFileId: AchFileRow['id'], batches: TurnedBatch[]): Promise<void> {
  await contentWriter(ctx.db, ctx.organizationId).add(
    batches.map(({ entries: _entries, ...batch }) => ({ ...batch, achFileId, id: ctx.newId('bat') })),
    turnedEntries(ctx, achFileId, batches),
  )
}

function* turnedEntries(ctx: WriteContext, achFileId: AchFileRow['id'], batches: readonly TurnedBatch[]) {
  for (const { entries, position: batchPosition } of batches) {
    for (const [position, entry] of entries.entries()) {
      const id = ctx.newId('ent')
      const direction: Direction = entry.direction === 'credit' ? 'debit' : 'credit'
      yield { ...entry, achFileId, id, batchPosition, position, direction, traceNumber: null, reversesEntry: entry.id }
    }
  }
}
