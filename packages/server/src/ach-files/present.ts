import {
  type AchFile,
  type AchFileSummary,
  type Batch,
  ENTRIES_PER_REQUEST_MAX,
  type Entry,
  type EntryOutcome,
  maskedRoutingNumber,
} from '@fistworks/contract'
import type { ReadContext } from '../context.ts'
import { type PayableRecipient, recipientStore } from '../recipients/store.ts'
import { outcomeCounts, outcomesOf } from '../returns/outcomes.ts'
import { reversalStore } from './reversal-store.ts'
import { mayBeOne } from '../approval-policies/people.ts'
import { approvalState, presentApprovals } from './approval-state.ts'
import { authorKeys } from './authors.ts'
import { encryptedFileStore } from './encrypted-file.ts'
import { readDraft, readOutline } from './read-draft.ts'
import { achFileStore } from './store.ts'
import type { AchBatchRow, AchEntryRow, AchFileRow } from './table.ts'
import { presentTransmission } from './transmission.ts'

/** A file in a list. */
export function presentSummary(row: AchFileRow): AchFileSummary {
  return {
    type: 'achFile',
    id: row.id,
    name: row.name,
    status: row.status,
    version: row.version,
    totals: {
      batchCount: row.batchCount,
      entryCount: row.entryCount,
      creditCents: row.creditCents,
      debitCents: row.debitCents,
    },
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    submittedAt: row.submittedAt,
    acknowledgedAt: row.acknowledgedAt,
    submissionId: row.submissionId,
  }
}

/** A file with its batches, the decision that stands, and what was generated. */
export async function presentFile(ctx: ReadContext, row: AchFileRow): Promise<AchFile> {
  const store = achFileStore(ctx.db, ctx.organizationId)
  const approval = row.approvalId === null ? undefined : await store.approval(row.approvalId)
  const generated = await store.generated(row.id)
  const encrypted = generated && (await encryptedFileStore(ctx.db, ctx.organizationId).find(row.id))
  const decisions = await approvalState(ctx, row, null)
  const content = row.entryCount > ENTRIES_PER_REQUEST_MAX ? await inOutline(ctx, row) : await inFull(ctx, row)
  return {
    ...presentSummary(row),
    batches: content.batches,
    outcome: await outcomeCounts(ctx.db, ctx.organizationId, row.id),
    transmit: row.transmit,
    submitOnApproval: row.submitOnApproval,
    plannedTransmission: await presentTransmission(ctx, row, content.draft),
    approval:
      approval && approval.decision !== 'withdrawn'
        ? { decision: approval.decision, by: approval.decidedBy, at: approval.decidedAt, reason: approval.reason }
        : null,
    kind: row.kind,
    reverses: row.reverses,
    reversalReason: row.reversalReason,
    reversedBy: await reversedBy(ctx, row),
    possibleDuplicates: row.possibleDuplicates,
    reopenedBecause: row.reopenedBecause,
    ...presentApprovals(decisions),
    you: {
      isAuthor: authorKeys(ctx).some((key) => row.authors.includes(key)),
      hasApproved: decisions.approvals.some(({ people }) => mayBeOne(people, authorKeys(ctx))),
    },
    generated: generated ? { ...generated, encrypted: encrypted ?? null } : null,
  }
}

const NONE: ReadonlyMap<string, EntryOutcome> = new Map()

/** A page of entries, in the order of the file. */
export async function presentEntries(ctx: ReadContext, entries: readonly AchEntryRow[]): Promise<Entry[]> {
  const { findPayable } = recipientStore(ctx.db, ctx.organizationId)
  const recipients = await findPayable(entries.map(({ recipientId }) => recipientId))
  const achFileId = entries[0]?.achFileId
  const ids = entries.map(({ id }) => id)
  const outcomes = achFileId === undefined ? NONE : await outcomesOf(ctx.db, ctx.organizationId, achFileId, ids)
  return entries.map((entry) => presentEntry(entry, recipients.get(entry.recipientId), outcomes.get(entry.id)))
}

/** The entries of a large file are listed by themselves: nobody waits for a hundred thousand of them. */
async function inOutline(ctx: ReadContext, row: AchFileRow) {
  const draft = await readOutline(ctx, row)
  return { draft, batches: draft.batchRows.map((batch, index) => presentBatch(batch, draft.counts[index] ?? 0, [])) }
}

async function inFull(ctx: ReadContext, row: AchFileRow) {
  const draft = await readDraft(ctx, row.id)
  const outcomes = row.submittedAt === null ? NONE : await outcomesOf(ctx.db, ctx.organizationId, row.id)
  const batches = draft.batchRows.map((batch, index) => {
    const entries = (draft.entryRows[index] ?? []).map((entry) =>
      presentEntry(entry, draft.recipients.get(entry.recipientId), outcomes.get(entry.id)),
    )
    return presentBatch(batch, entries.length, entries)
  })
  return { draft, batches }
}

function presentBatch(row: AchBatchRow, entryCount: number, entries: Entry[]): Batch {
  return {
    id: row.id,
    bankAccountId: row.bankAccountId,
    secCode: row.secCode,
    companyEntryDescription: row.companyEntryDescription,
    companyDiscretionaryData: row.companyDiscretionaryData,
    effectiveDate: row.effectiveDate,
    entryCount,
    entries,
  }
}

/** What was paid stays as it was paid, whatever the recipient is called now. */
function presentEntry(
  row: AchEntryRow,
  recipient: PayableRecipient | undefined,
  outcome: EntryOutcome | undefined,
): Entry {
  return {
    id: row.id,
    recipientId: row.recipientId,
    recipientName: row.paidName ?? recipient?.name ?? '',
    accountNumberLast4: row.paidAccountNumberLast4 ?? recipient?.accountNumberLast4 ?? '',
    routingNumberMasked: maskedRoutingNumber(row.paidRoutingNumberLast4 ?? recipient?.routingNumberLast4 ?? ''),
    amountCents: row.amountCents,
    direction: row.direction,
    addenda: row.addenda,
    externalId: row.externalId,
    traceNumber: row.traceNumber,
    outcome: outcome ?? null,
  }
}

async function reversedBy(ctx: ReadContext, row: AchFileRow): Promise<AchFile['reversedBy']> {
  if (row.submittedAt === null || row.kind === 'reversal') return []
  return (await reversalStore(ctx.db, ctx.organizationId).reversing(row.id)).map(({ id }) => id)
}
