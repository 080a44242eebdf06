import type {
  AchFile,
  Id,
  Page,
  Template,
  TemplateCreate,
  TemplateQuery,
  TemplateSummary,
  TemplateUpdate,
} from '@fistworks/contract'
import type * as z from 'zod/mini'
import { authorsOf, withAuthor } from '../ach-files/authors.ts'
import { keptActor } from '../ach-files/draft.ts'
import { retrieveAchFile } from '../ach-files/service.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { schedulesOfTemplate } from '../schedules/store.ts'
import { contentOfFile, refuseWrongContent, totalsOfTemplate } from './content.ts'
import { presentTemplate, presentTemplateSummary } from './present.ts'
import { templateStore, templateWriter } from './store.ts'
import type { TemplateRow } from './table.ts'
import { draftFromTemplate, type Use } from './use.ts'

export async function createTemplate(ctx: WriteContext, input: z.output<typeof TemplateCreate>): Promise<Template> {
  const count = await templateStore(ctx.db, ctx.organizationId).count()
  if (count >= LIMITS.templatesPerOrganization) {
    const most = LIMITS.templatesPerOrganization
    throw new ProblemError('limit-exceeded', `An organization has at most ${most} templates: archive some.`)
  }
  const { achFileId } = input
  const origin = achFileId === undefined ? null : await ofFile(ctx, achFileId)
  const batches = origin?.batches ?? input.batches ?? []
  await refuseWrongContent(ctx, batches)
  const now = ctx.now.toISOString()
  const row: TemplateRow = {
    organizationId: ctx.organizationId,
    id: ctx.newId('tpl'),
    name: input.name,
    version: 1,
    batches,
    ...totalsOfTemplate(batches),
    authors: withAuthor(origin?.authors ?? [], ctx),
    createdBy: keptActor(ctx.actor),
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  }
  await templateWriter(ctx.db, ctx.organizationId).add(row)
  const from = achFileId === undefined ? {} : { achFileId }
  await auditTemplate(ctx, 'template.created', row.id, { after: told(row), ...from })
  return presentTemplate(ctx, row)
}

/** Replaces what is named. Schedules that use it make no file before they are confirmed; they are named in the log. */
export async function updateTemplate(
  ctx: WriteContext,
  id: string,
  input: z.output<typeof TemplateUpdate>,
): Promise<Template> {
  const before = await inUse(ctx, id, input.version)
  const batches = input.batches ?? before.batches
  if (input.batches !== undefined) await refuseWrongContent(ctx, batches)
  const after: TemplateRow = {
    ...before,
    name: input.name ?? before.name,
    batches,
    ...totalsOfTemplate(batches),
    version: before.version + 1,
    authors: withAuthor(before.authors, ctx),
    updatedAt: ctx.now.toISOString(),
  }
  await templateWriter(ctx.db, ctx.organizationId).change(before.id, after)
  const schedules = await schedulesOfTemplate(ctx.db, ctx.organizationId, before.id)
  await auditTemplate(ctx, 'template.updated', before.id, {
    before: told(before),
    after: told(after),
    batchesReplaced: input.batches !== undefined,
    schedulesToConfirm: schedules.map((schedule) => schedule.id),
  })
  return presentTemplate(ctx, after)
}

/** Drafts and schedules that were ended keep what they are; one that still runs keeps its template. */
export async function archiveTemplate(ctx: WriteContext, id: string, input: { version: number }): Promise<Template> {
  const before = await inUse(ctx, id, input.version)
  const [used] = await schedulesOfTemplate(ctx.db, ctx.organizationId, before.id)
  if (used !== undefined) {
    const message = `The schedule “${used.name}” (${used.id}) makes files of this template: end it first.`
    throw new ProblemError('state-conflict', message)
  }
  const at = ctx.now.toISOString()
  const after: TemplateRow = { ...before, archivedAt: at, updatedAt: at, version: before.version + 1 }
  await templateWriter(ctx.db, ctx.organizationId).change(before.id, after)
  await auditTemplate(ctx, 'template.archived', before.id, { before: { archivedAt: null }, after: { archivedAt: at } })
  return presentTemplate(ctx, after)
}

export async function templateUsed(ctx: WriteContext, id: string, input: Use): Promise<AchFile> {
  const template = await mustFind(ctx, id)
  refuseArchived(template)
  return draftFromTemplate(ctx, template, input)
}

export async function retrieveTemplate(ctx: ReadContext, id: string): Promise<Template> {
  return presentTemplate(ctx, await mustFind(ctx, id))
}

export async function listTemplates(ctx: ReadContext, query: TemplateQuery): Promise<Page<TemplateSummary>> {
  const store = templateStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'templates',
    filter: { archived: query.archived },
    query,
    read: (before, limit) => store.list(query.archived === 'true', before, limit),
    present: presentTemplateSummary,
  })
}

/** Whoever wrote the file wrote what the template says, and so every file that is made from it. */
async function ofFile(ctx: WriteContext, achFileId: Id<'ach'>) {
  // Unknown and another tenant's file are one answer.
  await retrieveAchFile(ctx, achFileId)
  const batches = await contentOfFile(ctx, achFileId)
  const authors = await authorsOf(ctx.db, ctx.organizationId, achFileId)
  if (batches.length > 0) return { batches, authors }
  throw new ProblemError('state-conflict', 'This file has no batches: there is nothing to keep as a template.')
}

async function mustFind(ctx: ReadContext, id: string): Promise<TemplateRow> {
  const row = await templateStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('template')
  return row
}

async function inUse(ctx: ReadContext, id: string, version: number): Promise<TemplateRow> {
  const row = await mustFind(ctx, id)
  refuseArchived(row)
  if (row.version === version) return row
  throw new ProblemError(
    'version-mismatch',
    `The template is at version ${row.version} now, not ${version}: read it again.`,
  )
}

function refuseArchived(row: TemplateRow): void {
  if (row.archivedAt !== null) {
    throw new ProblemError('state-conflict', 'This template is archived: it can be neither changed nor used.')
  }
}

async function auditTemplate(
  ctx: WriteContext,
  action: `template.${string}`,
  targetId: Id<'tpl'>,
  data: Record<string, unknown>,
): Promise<void> {
  await ctx.audit({ action, targetType: 'template', targetId, data })
}

/** What the audit log keeps of a template. */
function told({ name, version, batchCount, entryCount, creditCents, debitCents, openAmounts }: TemplateRow) {
  return { name, version, batchCount, entryCount, creditCents, debitCents, openAmounts }
}
