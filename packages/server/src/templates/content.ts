import type { FieldProblem, Id } from '@fistworks/contract'
import { bankingDayOnOrAfter } from '@fistworks/nacha'
import { draftProblems } from '../ach-files/draft-problems.ts'
import { newYorkTime } from '../ach-files/new-york-time.ts'
import { completed, readDraft } from '../ach-files/read-draft.ts'
import type { ReadContext } from '../context.ts'
import { invalid } from '../problem-error.ts'
import { recipientStore } from '../recipients/store.ts'
import type { TemplateBatchContent } from './table.ts'

/** What a file pays, without its dates and the ids of what it paid. */
export async function contentOfFile(ctx: ReadContext, achFileId: Id<'ach'>): Promise<TemplateBatchContent[]> {
  const { batches } = await readDraft(ctx, achFileId)
  return batches.map(({ bankAccountId, secCode, companyEntryDescription, companyDiscretionaryData, entries }) => ({
    bankAccountId,
    secCode,
    companyEntryDescription,
    companyDiscretionaryData,
    entries: entries.map(({ recipientId, amountCents, direction, addenda }) => {
      return { recipientId, amountCents, direction, addenda }
    }),
  }))
}

export function totalsOfTemplate(batches: readonly TemplateBatchContent[]) {
  const totals = { batchCount: batches.length, entryCount: 0, creditCents: 0, debitCents: 0, openAmounts: 0 }
  for (const { direction, amountCents } of batches.flatMap(({ entries }) => entries)) {
    totals.entryCount++
    totals[`${direction}Cents`] += amountCents ?? 0
    if (amountCents === null) totals.openAmounts++
  }
  return totals
}

/**
 * A template holds what a file could hold today.
 * @throws ProblemError `validation-failed` with the JSON pointer of everything that is wrong
 */
export async function refuseWrongContent(ctx: ReadContext, batches: readonly TemplateBatchContent[]): Promise<void> {
  const archived = await archivedRecipients(ctx, batches)
  if (archived.length > 0) throw invalid(archived)
  const today = newYorkTime(ctx.now).date
  const effectiveDate = bankingDayOnOrAfter(today)
  const asDrafted = batches.map((batch) => ({
    ...batch,
    effectiveDate,
    entries: batch.entries.map((entry) => ({ ...entry, amountCents: entry.amountCents ?? 1, externalId: null })),
  }))
  const problems = await draftProblems(await completed(ctx, asDrafted), today)
  if (problems.length > 0) throw invalid(problems)
}

/** Recipients of a template that can no longer be paid, by name. */
export async function archivedRecipients(
  ctx: ReadContext,
  batches: readonly TemplateBatchContent[],
): Promise<FieldProblem[]> {
  const ids = batches.flatMap(({ entries }) => entries.map(({ recipientId }) => recipientId))
  const recipients = await recipientStore(ctx.db, ctx.organizationId).findPayable(ids)
  return batches.flatMap(({ entries }, batch) =>
    entries.flatMap(({ recipientId }, entry) => {
      const recipient = recipients.get(recipientId)
      if (recipient === undefined || recipient.archivedAt === null) return []
      const message = `“${recipient.name}” was archived and is not paid any more: choose another recipient in the template`
      return [{ pointer: `/batches/${batch}/entries/${entry}/recipientId`, code: 'archived', message }]
    }),
  )
}
