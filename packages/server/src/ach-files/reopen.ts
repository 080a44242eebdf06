import type { Id } from '@fistworks/contract'
import type { WriteContext } from '../context.ts'
import { withAuthor } from './authors.ts'
import { achFileStore, achFileWriter } from './store.ts'
import type { AchFileRow } from './table.ts'

/**
 * The rule of changed accounts: whoever changes where the money of a file in preparation goes becomes an author of it
 * (and so cannot approve it), and if it waited for approval or was approved it is a draft again, in the same
 * transaction as the change. Gives the ids of those; the audit event of the change names them.
 * @param because goes into the answer to the next person: "the recipient “Acme” was changed"
 */
export async function reopenFilesPaying(ctx: WriteContext, id: Id<'rcp'>, because: string): Promise<Id<'ach'>[]> {
  return reopen(ctx, await achFileStore(ctx.db, ctx.organizationId).inPreparationPaying(id), because)
}

/** The same for the files that pay from this bank account. */
export async function reopenFilesFrom(ctx: WriteContext, id: Id<'bac'>, because: string): Promise<Id<'ach'>[]> {
  return reopen(ctx, await achFileStore(ctx.db, ctx.organizationId).inPreparationFrom(id), because)
}

/**
 * The same for the files that go to the bank through this connection. Those that were submitted stay so, but their
 * delivery stops where the connection leads elsewhere, and whoever changed it is not the one who lets it go on.
 */
export async function reopenFilesThrough(ctx: WriteContext, id: Id<'bcn'>, because: string): Promise<Id<'ach'>[]> {
  return reopen(ctx, await achFileStore(ctx.db, ctx.organizationId).unfinishedThrough(id), because)
}

/** Files that are neither submitted nor canceled and pay from this bank account. */
export function filesInPreparationFrom(ctx: WriteContext, id: Id<'bac'>): Promise<AchFileRow[]> {
  return achFileStore(ctx.db, ctx.organizationId).inPreparationFrom(id)
}

async function reopen(ctx: WriteContext, files: AchFileRow[], because: string): Promise<Id<'ach'>[]> {
  const writer = achFileWriter(ctx.db, ctx.organizationId)
  const reopened: Id<'ach'>[] = []
  for (const file of files) {
    const authors = withAuthor(file.authors, ctx)
    if (file.status !== 'pendingApproval' && file.status !== 'approved') {
      if (authors.length > file.authors.length) await writer.change(file.id, { authors })
      continue
    }
    reopened.push(file.id)
    await writer.change(file.id, {
      authors,
      status: 'draft',
      version: file.version + 1,
      approvalId: null,
      reopenedBecause: because,
      updatedAt: ctx.now.toISOString(),
    })
  }
  return reopened
}
