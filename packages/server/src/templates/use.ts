import { type AchFile, AchFileCreate, type TemplateUse } from '@fistworks/contract'
import * as z from 'zod/mini'
import { createAchFile } from '../ach-files/service.ts'
import type { WriteContext } from '../context.ts'
import { invalid } from '../problem-error.ts'
import { archivedRecipients } from './content.ts'
import type { TemplateRow } from './table.ts'

/** How a template becomes a draft. */
export type Use = z.output<typeof TemplateUse>

/**
 * Makes a draft of a template. Whoever wrote or changed the template is among its authors.
 * @param alsoBy others who had a hand in it
 * @throws ProblemError `validation-failed` naming archived recipients and amounts that are open
 */
export async function draftFromTemplate(
  ctx: WriteContext,
  template: TemplateRow,
  use: Use,
  alsoBy: readonly string[] = [],
): Promise<AchFile> {
  const archived = await archivedRecipients(ctx, template.batches)
  if (archived.length > 0) throw invalid(archived)
  const amounts = amountsOf(template, use)
  const batches = template.batches.map((batch, batchIndex) => ({
    ...batch,
    effectiveDate: use.effectiveDate,
    entries: batch.entries.map((entry, index) => ({
      ...entry,
      amountCents: amounts.get(placeOf(batchIndex, index)) ?? 0,
    })),
  }))
  const { transmit, submitOnApproval } = use
  const input = z.parse(AchFileCreate, { name: use.name ?? template.name, batches, transmit, submitOnApproval })
  return createAchFile(ctx, input, {
    authors: [...template.authors, ...alsoBy],
    told: { templateId: template.id, templateVersion: template.version },
  })
}

const placeOf = (batch: number, entry: number) => `${batch}/${entry}`

/** The amount of every place, those of the template and what was said now. */
function amountsOf({ batches }: TemplateRow, use: Use): Map<string, number> {
  const found = new Map<string, number>()
  for (const [batch, { entries }] of batches.entries()) {
    for (const [entry, { amountCents }] of entries.entries()) {
      if (amountCents !== null) found.set(placeOf(batch, entry), amountCents)
    }
  }
  const unknown = use.amounts.flatMap(({ batch, entry, amountCents }, index) => {
    if (batches[batch]?.entries[entry] === undefined) {
      return [
        { pointer: `/amounts/${index}`, code: 'not-found', message: 'names an entry that the template does not have' },
      ]
    }
    found.set(placeOf(batch, entry), amountCents)
    return []
  })
  if (unknown.length > 0) throw invalid(unknown)
  const open = batches.flatMap(({ entries }, batch) =>
    entries.flatMap((_entry, entry) => {
      if (found.has(placeOf(batch, entry))) return []
      const message = `is open in the template (batch ${batch + 1}, entry ${entry + 1}): say it`
      return [{ pointer: '/amounts', code: 'required', message }]
    }),
  )
  if (open.length > 0) throw invalid(open.slice(0, OPEN_NAMED_MAX))
  return found
}

const OPEN_NAMED_MAX = 20
