import type { Id, Page, Recipient, RecipientCreate, RecipientQuery, RecipientUpdate } from '@fistworks/contract'
import { reopenFilesPaying } from '../ach-files/reopen.ts'
import { sealAccount, sealNewAccount } from '../bank-accounts/sealed-account.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { auditRecipient, presentRecipient } from './present.ts'
import { recipientStore, recipientWriter } from './store.ts'
import type { RecipientRow } from './table.ts'

/** @throws ProblemError `duplicate` naming the recipient that has the account or external id already */
export async function createRecipient(ctx: WriteContext, input: RecipientCreate): Promise<Recipient> {
  const count = await recipientStore(ctx.db, ctx.organizationId).count()
  if (count >= LIMITS.recipientsPerOrganization) {
    throw new ProblemError(
      'limit-exceeded',
      `An organization has at most ${LIMITS.recipientsPerOrganization} recipients.`,
    )
  }
  const id = ctx.newId('rcp')
  const now = ctx.now.toISOString()
  const row: Omit<RecipientRow, 'organizationId'> = {
    id,
    name: input.name,
    holderType: input.holderType,
    accountType: input.accountType,
    ...sealAccount(ctx.vault, { table: 'recipients', row: id }, input),
    identification: sealIdentification(ctx, id, input.identification ?? ''),
    externalId: input.externalId ?? null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  }
  await refuseTaken(ctx, row, input.allowDuplicate === true)
  await recipientWriter(ctx.db, ctx.organizationId).add(row)
  const stored = { ...row, organizationId: ctx.organizationId }
  await ctx.audit({
    action: 'recipient.created',
    targetType: 'recipient',
    targetId: id,
    data: { after: auditRecipient(stored) },
  })
  return presentRecipient(stored)
}

/**
 * Changes what is named. Files that wait for approval or are approved and pay this recipient become drafts again: what
 * was approved is not what would be paid.
 */
export async function updateRecipient(ctx: WriteContext, id: string, input: RecipientUpdate): Promise<Recipient> {
  const before = await mustFind(ctx, id)
  refuseArchived(before)
  const after: RecipientRow = { ...before, ...changesOf(ctx, before, input) }
  const accountChanged = after.accountNumber !== before.accountNumber
  await refuseTaken(ctx, after, input.allowDuplicate === true || !accountChanged)
  await recipientWriter(ctx.db, ctx.organizationId).change(before.id, after)
  const isPaidDifferently =
    accountChanged ||
    after.identification !== before.identification ||
    after.name !== before.name ||
    after.accountType !== before.accountType ||
    after.holderType !== before.holderType
  const reopenedFiles = isPaidDifferently
    ? await reopenFilesPaying(ctx, before.id, `the recipient “${after.name}” was changed`)
    : []
  await ctx.audit({
    action: 'recipient.updated',
    targetType: 'recipient',
    targetId: id,
    data: {
      before: auditRecipient(before),
      after: auditRecipient(after),
      accountChanged,
      identificationChanged: after.identification !== before.identification,
      reopenedFiles,
    },
  })
  return presentRecipient(after)
}

/** An archived recipient stays in files of the past and is never paid again. */
export async function archiveRecipient(ctx: WriteContext, id: string): Promise<Recipient> {
  const before = await mustFind(ctx, id)
  refuseArchived(before)
  const now = ctx.now.toISOString()
  const after: RecipientRow = { ...before, archivedAt: now, updatedAt: now, version: before.version + 1 }
  await recipientWriter(ctx.db, ctx.organizationId).change(before.id, after)
  const reopenedFiles = await reopenFilesPaying(ctx, before.id, `the recipient “${before.name}” was archived`)
  await ctx.audit({
    action: 'recipient.archived',
    targetType: 'recipient',
    targetId: id,
    data: { before: { archivedAt: null }, after: { archivedAt: now }, reopenedFiles },
  })
  return presentRecipient(after)
}

export async function retrieveRecipient(ctx: ReadContext, id: string): Promise<Recipient> {
  const row = await recipientStore(ctx.db, ctx.organizationId).findMasked(id)
  if (row === undefined) throw notFound('recipient')
  return presentRecipient(row)
}

export async function listRecipients(ctx: ReadContext, query: RecipientQuery): Promise<Page<Recipient>> {
  const { search, externalId, archived } = query
  const filter = { search, externalId, isArchived: archived === 'true' }
  const store = recipientStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'recipients',
    filter: { search, externalId, archived },
    query,
    read: (before, limit) => store.list(filter, before as Id<'rcp'> | null, limit),
    present: presentRecipient,
  })
}

async function mustFind(ctx: ReadContext, id: string): Promise<RecipientRow> {
  const row = await recipientStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('recipient')
  return row
}

function refuseArchived(row: RecipientRow): void {
  if (row.archivedAt !== null) {
    throw new ProblemError('state-conflict', 'This recipient is archived: it can be neither changed nor paid.')
  }
}

/** Identifications have at most 15 characters; sealed they all have one length. */
const IDENTIFICATION_BYTES = 32

function sealIdentification(ctx: WriteContext, id: Id<'rcp'>, text: string): Uint8Array | null {
  if (text === '') return null
  return ctx.vault.seal({ table: 'recipients', column: 'identification', row: id }, text, {
    padTo: IDENTIFICATION_BYTES,
  })
}

function changesOf(ctx: WriteContext, row: RecipientRow, input: RecipientUpdate): Partial<RecipientRow> {
  const { identification } = input
  return {
    name: input.name ?? row.name,
    holderType: input.holderType ?? row.holderType,
    accountType: input.accountType ?? row.accountType,
    externalId: input.externalId ?? row.externalId,
    ...sealNewAccount(ctx.vault, { table: 'recipients', row: row.id }, input),
    ...(identification === undefined ? {} : { identification: sealIdentification(ctx, row.id, identification) }),
    version: row.version + 1,
    updatedAt: ctx.now.toISOString(),
  }
}

async function refuseTaken(
  ctx: WriteContext,
  row: Pick<RecipientRow, 'id' | 'externalId' | 'accountIndex'>,
  allowDuplicate: boolean,
): Promise<void> {
  const store = recipientStore(ctx.db, ctx.organizationId)
  const twin = row.externalId === null ? undefined : await store.findByExternalId(row.externalId, row.id)
  if (twin !== undefined) {
    throw new ProblemError('duplicate', `The recipient “${twin.name}” (${twin.id}) has this external id already.`, {
      errors: [{ pointer: '/externalId', code: 'duplicate', message: `belongs to ${twin.id}` }],
    })
  }
  if (allowDuplicate) return
  const same = await store.findByAccount(row.accountIndex, row.id)
  if (same === undefined) return
  throw new ProblemError(
    'duplicate',
    `The recipient “${same.name}” (${same.id}) has this account already. Pay that one, or say that both are wanted (allowDuplicate).`,
    { errors: [{ pointer: '/accountNumber', code: 'duplicate', message: `belongs to ${same.id}` }] },
  )
}
