import * as z from 'zod/mini'
import { BATCHES_MAX, Direction, DraftSecCode, ENTRIES_MAX } from './ach-file.ts'
import { Actor } from './actor.ts'
import { idOf } from './id.ts'
import { AmountCents } from './money.ts'
import { PageQuery, pageOf } from './page.ts'
import { Transmit } from './transmit.ts'
import { achText, BankingDate, Instant, Label, optionalAchText } from './text.ts'

const TemplateEntryDraft = z.strictObject({
  recipientId: idOf('rcp'),
  /** `null`: said each time the template is used. */
  amountCents: z._default(z.nullable(AmountCents), null),
  direction: z._default(Direction, 'credit'),
  addenda: z._default(
    z
      .array(achText('paymentRelatedInformation'))
      .check(z.maxLength(1, { error: 'PPD and CCD carry at most one addenda' })),
    [],
  ),
})

const TemplateBatchDraft = z.strictObject({
  bankAccountId: idOf('bac'),
  secCode: DraftSecCode,
  companyEntryDescription: achText('companyEntryDescription'),
  companyDiscretionaryData: z._default(optionalAchText('companyDiscretionaryData'), ''),
  entries: z
    .array(TemplateEntryDraft)
    .check(z.minLength(1, { error: 'a batch needs at least one entry' }), z.maxLength(ENTRIES_MAX)),
})

const TemplateBatches = z
  .array(TemplateBatchDraft)
  .check(
    z.minLength(1, { error: 'a template needs at least one batch' }),
    z.maxLength(BATCHES_MAX, { error: `a template has at most ${BATCHES_MAX} batches` }),
  )

/** Either from scratch (`batches`) or from a file (`achFileId`), whose dates and external ids are left out. */
export const TemplateCreate = z
  .strictObject({
    name: Label,
    batches: z.optional(TemplateBatches),
    achFileId: z.optional(idOf('ach')),
  })
  .check(
    z.refine(({ batches, achFileId }) => (batches === undefined) !== (achFileId === undefined), {
      error: 'name either the batches or the file that they are taken from',
      path: ['batches'],
    }),
  )
export type TemplateCreate = z.input<typeof TemplateCreate>

/** Replaces what is named. Schedules go on with what they were confirmed for until they are confirmed anew. */
export const TemplateUpdate = z.strictObject({
  version: z.int(),
  name: z.optional(Label),
  batches: z.optional(TemplateBatches),
})
export type TemplateUpdate = z.input<typeof TemplateUpdate>

export const TemplateBatch = z.object({
  bankAccountId: idOf('bac'),
  secCode: DraftSecCode,
  companyEntryDescription: z.string(),
  companyDiscretionaryData: z.string(),
  entries: z.array(
    z.object({
      recipientId: idOf('rcp'),
      recipientName: z.string(),
      accountNumberLast4: z.string(),
      /** An archived one is not paid: choose another before the template is used. */
      isArchived: z.boolean(),
      amountCents: z.nullable(z.int()),
      direction: Direction,
      addenda: z.array(z.string()),
    }),
  ),
})
export type TemplateBatch = z.infer<typeof TemplateBatch>

const summary = {
  type: z.literal('template'),
  id: idOf('tpl'),
  name: z.string(),
  version: z.int(),
  batchCount: z.int(),
  entryCount: z.int(),
  creditCents: z.int(),
  debitCents: z.int(),
  /** Entries whose amount is said each time. */
  openAmounts: z.int(),
  createdBy: Actor,
  createdAt: Instant,
  updatedAt: Instant,
  archivedAt: z.nullable(Instant),
}
export const TemplateSummary = z.object(summary)
export type TemplateSummary = z.infer<typeof TemplateSummary>
export const TemplatePage = pageOf(TemplateSummary)

/** A file without its dates: it is used again and again. */
export const Template = z.object({ ...summary, batches: z.array(TemplateBatch) })
export type Template = z.infer<typeof Template>

export const TemplateQuery = z.extend(PageQuery, {
  /** `true` lists the archived ones. */
  archived: z.optional(z.enum(['true', 'false'])),
})
export type TemplateQuery = z.infer<typeof TemplateQuery>

/** What the caller saw: a template changed since then is refused. */
export const TemplateDecision = z.strictObject({ version: z.int() })
export type TemplateDecision = z.infer<typeof TemplateDecision>

/** Makes a draft: every batch gets the date, and the named entries other amounts. */
export const TemplateUse = z.strictObject({
  /** Of the file; the template's own unless named. */
  name: z.optional(Label),
  effectiveDate: BankingDate,
  /** By place, counted from 0. */
  amounts: z._default(
    z
      .array(
        z.strictObject({
          batch: z.int().check(z.nonnegative()),
          entry: z.int().check(z.nonnegative()),
          amountCents: AmountCents,
        }),
      )
      .check(z.maxLength(ENTRIES_MAX)),
    [],
  ),
  transmit: z._default(Transmit, { when: 'now' }),
  submitOnApproval: z._default(z.boolean(), false),
})
export type TemplateUse = z.input<typeof TemplateUse>
