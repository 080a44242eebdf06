import { type AchFile, type AchFileSummary, type Batch, type Entry, maskedRoutingNumber } from '@fistworks/contract'
import type { ReadContext } from '../context.ts'
import type { RecipientRow } from '../recipients/table.ts'
import { approvalState, presentApprovals } from './approval-state.ts'
import { readDraft, type StoredDraft } from './read-draft.ts'
import { achFileStore } from './store.ts'
import type { AchEntryRow, AchFileRow } from './table.ts'
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

/**
 * A file with its batches, the decision that stands, and what was generated.
 * @param draft its batches, where they were read already
 */
export async function presentFile(ctx: ReadContext, row: AchFileRow, draft?: StoredDraft): Promise<AchFile> {
  const store = achFileStore(ctx.db, ctx.organizationId)
  const approval = row.approvalId === null ? undefined : await store.approval(row.approvalId)
  const generated = await store.generated(row.id)
  const content = draft ?? (await readDraft(ctx, row.id))
  return {
    ...presentSummary(row),
    batches: presentBatches(content),
    transmit: row.transmit,
    submitOnApproval: row.submitOnApproval,
    plannedTransmission: await presentTransmission(ctx, row, content),
    approval:
      approval && approval.decision !== 'withdrawn'
        ? { decision: approval.decision, by: approval.decidedBy, at: approval.decidedAt, reason: approval.reason }
        : null,
    ...presentApprovals(await approvalState(ctx, row, null)),
    generated: generated ?? null,
  }
}

function presentBatches({ batchRows, entryRows, recipients }: StoredDraft): Batch[] {
  return batchRows.map((row, index) => ({
    id: row.id,
    bankAccountId: row.bankAccountId,
    secCode: row.secCode,
    companyEntryDescription: row.companyEntryDescription,
    companyDiscretionaryData: row.companyDiscretionaryData,
    effectiveDate: row.effectiveDate,
    entries: (entryRows[index] ?? []).map((entry) => presentEntry(entry, recipients.get(entry.recipientId))),
  }))
}

/** What was paid stays as it was paid, whatever the recipient is called now. */
function presentEntry(row: AchEntryRow, recipient: RecipientRow | undefined): Entry {
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
  }
}
