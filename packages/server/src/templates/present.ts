import type { Template, TemplateSummary } from '@fistworks/contract'
import type { ReadContext } from '../context.ts'
import { recipientStore } from '../recipients/store.ts'
import type { TemplateSummaryRow } from './store.ts'
import type { TemplateRow } from './table.ts'

export function presentTemplateSummary(row: TemplateSummaryRow): TemplateSummary {
  return {
    type: 'template',
    id: row.id,
    name: row.name,
    version: row.version,
    batchCount: row.batchCount,
    entryCount: row.entryCount,
    creditCents: row.creditCents,
    debitCents: row.debitCents,
    openAmounts: row.openAmounts,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    archivedAt: row.archivedAt,
  }
}

/** With the names of those it pays as they are now. */
export async function presentTemplate(ctx: ReadContext, row: TemplateRow): Promise<Template> {
  const ids = row.batches.flatMap(({ entries }) => entries.map(({ recipientId }) => recipientId))
  const recipients = await recipientStore(ctx.db, ctx.organizationId).findPayable(ids)
  return {
    ...presentTemplateSummary(row),
    batches: row.batches.map((batch) => ({
      ...batch,
      entries: batch.entries.map((entry) => {
        const recipient = recipients.get(entry.recipientId)
        const { name = '', accountNumberLast4 = '', archivedAt } = recipient ?? {}
        return { ...entry, recipientName: name, accountNumberLast4, isArchived: archivedAt !== null }
      }),
    })),
  }
}
