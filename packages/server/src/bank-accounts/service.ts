import type { BankAccount, BankAccountCreate, BankAccountUpdate, Id, Page, PageQuery } from '@fistworks/contract'
import { filesInPreparationFrom, reopenFilesFrom } from '../ach-files/reopen.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { invalid, notFound, ProblemError } from '../problem-error.ts'
import { auditBankAccount, presentBankAccount } from './present.ts'
import { sealAccount, sealNewAccount } from './sealed-account.ts'
import { bankAccountStore, bankAccountWriter } from './store.ts'
import type { BankAccountRow } from './table.ts'

export async function createBankAccount(ctx: WriteContext, input: BankAccountCreate): Promise<BankAccount> {
  const count = await bankAccountStore(ctx.db, ctx.organizationId).count()
  if (count >= LIMITS.bankAccountsPerOrganization) {
    throw new ProblemError(
      'limit-exceeded',
      `An organization has at most ${LIMITS.bankAccountsPerOrganization} bank accounts: archive one that is not used.`,
    )
  }
  await refuseUnknownConnection(ctx, input.bankConnectionId)
  const id = ctx.newId('bac')
  const row: BankAccountRow = {
    organizationId: ctx.organizationId,
    id,
    name: input.name,
    bankConnectionId: input.bankConnectionId as Id<'bcn'>,
    accountType: input.accountType,
    ...sealAccount(ctx.vault, { table: 'bank_accounts', row: id }, input),
    companyName: input.companyName,
    companyId: input.companyId,
    createdAt: ctx.now.toISOString(),
    archivedAt: null,
  }
  await bankAccountWriter(ctx.db, ctx.organizationId).add(row)
  await ctx.audit({
    action: 'bankAccount.created',
    targetType: 'bankAccount',
    targetId: id,
    data: { after: auditBankAccount(row) },
  })
  return presentBankAccount(row)
}

/** Changes what is named. Files that wait for approval or are approved and pay from it become drafts again. */
export async function updateBankAccount(ctx: WriteContext, id: string, input: BankAccountUpdate): Promise<BankAccount> {
  const before = await mustFind(ctx, id)
  refuseArchived(before)
  if (input.bankConnectionId !== undefined) await refuseUnknownConnection(ctx, input.bankConnectionId)
  const after: BankAccountRow = { ...before, ...changesOf(ctx, before, input) }
  await bankAccountWriter(ctx.db, ctx.organizationId).change(before.id, after)
  const accountChanged = after.accountNumber !== before.accountNumber
  const isPaidDifferently =
    accountChanged ||
    after.bankConnectionId !== before.bankConnectionId ||
    after.companyName !== before.companyName ||
    after.companyId !== before.companyId
  const reopenedFiles = isPaidDifferently
    ? await reopenFilesFrom(ctx, before.id, `the bank account “${after.name}” was changed`)
    : []
  await ctx.audit({
    action: 'bankAccount.updated',
    targetType: 'bankAccount',
    targetId: id,
    data: { before: auditBankAccount(before), after: auditBankAccount(after), accountChanged, reopenedFiles },
  })
  return presentBankAccount(after)
}

/** @throws ProblemError `state-conflict` naming a file in preparation that still pays from it */
export async function archiveBankAccount(ctx: WriteContext, id: string): Promise<BankAccount> {
  const before = await mustFind(ctx, id)
  refuseArchived(before)
  const [used] = await filesInPreparationFrom(ctx, before.id)
  if (used !== undefined) {
    throw new ProblemError(
      'state-conflict',
      `The file “${used.name}” (${used.id}) pays from this account: submit or cancel it, or choose another account there.`,
    )
  }
  const after: BankAccountRow = { ...before, archivedAt: ctx.now.toISOString() }
  await bankAccountWriter(ctx.db, ctx.organizationId).change(before.id, { archivedAt: after.archivedAt })
  await ctx.audit({
    action: 'bankAccount.archived',
    targetType: 'bankAccount',
    targetId: id,
    data: { before: { archivedAt: null }, after: { archivedAt: after.archivedAt } },
  })
  return presentBankAccount(after)
}

export async function retrieveBankAccount(ctx: ReadContext, id: string): Promise<BankAccount> {
  return presentBankAccount(await mustFind(ctx, id))
}

export async function listBankAccounts(ctx: ReadContext, query: PageQuery): Promise<Page<BankAccount>> {
  const store = bankAccountStore(ctx.db, ctx.organizationId)
  return listPage(ctx, { name: 'bankAccounts', query, read: store.list, present: presentBankAccount })
}

async function mustFind(ctx: ReadContext, id: string): Promise<BankAccountRow> {
  const row = await bankAccountStore(ctx.db, ctx.organizationId).find(id)
  if (row === undefined) throw notFound('bank account')
  return row
}

function refuseArchived(row: BankAccountRow): void {
  if (row.archivedAt !== null) {
    throw new ProblemError('state-conflict', 'This bank account is archived: it can be neither changed nor paid from.')
  }
}

async function refuseUnknownConnection(ctx: WriteContext, id: string): Promise<void> {
  const connection = await bankConnectionStore(ctx.db, ctx.organizationId).find(id)
  if (connection && connection.archivedAt === null) return
  const message = 'is not a bank connection of this organization that is in use'
  throw invalid([{ pointer: '/bankConnectionId', code: 'not-found', message }])
}

function changesOf(ctx: WriteContext, row: BankAccountRow, input: BankAccountUpdate): Partial<BankAccountRow> {
  return {
    name: input.name ?? row.name,
    bankConnectionId: (input.bankConnectionId ?? row.bankConnectionId) as Id<'bcn'>,
    accountType: input.accountType ?? row.accountType,
    companyName: input.companyName ?? row.companyName,
    companyId: input.companyId ?? row.companyId,
    ...sealNewAccount(ctx.vault, { table: 'bank_accounts', row: row.id }, input),
  }
}
