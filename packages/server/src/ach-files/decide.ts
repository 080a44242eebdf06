import type { AchFile, Id } from '@fistworks/contract'
import type { WriteContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import { authorKeys } from './authors.ts'
import { approvalHash } from './content-hash.ts'
import { keptActor } from './draft.ts'
import { presentFile } from './present.ts'
import { type Examined, examine } from './examine.ts'
import { connectionOf, type DraftOutline, readOutline } from './read-draft.ts'
import { auditFile } from './service.ts'
import { achFileWriter } from './store.ts'
import type { AchApprovalRow, AchFileRow } from './table.ts'

/** A file that somebody decides about: what is wrong with it today, and the hash of what an approval is bound to. */
export async function fileAsDecided(
  ctx: WriteContext,
  file: AchFileRow,
): Promise<Pick<Examined, 'problems'> & { outline: DraftOutline; approved: string }> {
  const outline = await readOutline(ctx, file)
  const connection = await connectionOf(ctx, outline)
  if (!connection) throw new ProblemError('state-conflict', 'The bank connection of this file is gone.')
  const { problems, content } = await examine(ctx, file, { outline, connection })
  return { outline, problems, approved: approvalHash(content, outline, connection) }
}

type NewDecision = Pick<AchApprovalRow, 'decision'> & Partial<Pick<AchApprovalRow, 'reason' | 'withdraws'>>

/** Keeps what a person decided, in the present round. */
export async function addDecision(
  ctx: WriteContext,
  file: AchFileRow,
  content: string,
  decision: NewDecision,
): Promise<Id<'apv'>> {
  const id = ctx.newId('apv')
  await achFileWriter(ctx.db, ctx.organizationId).addApproval({
    id,
    achFileId: file.id,
    round: file.approvalRound,
    decidedBy: keptActor(ctx.actor),
    people: authorKeys(ctx),
    decidedAt: ctx.now.toISOString(),
    reason: null,
    withdraws: null,
    contentHash: content,
    ...decision,
  })
  return id
}

/** Brings the file where a decision leads, with its audit event. Only what changes its status makes another version of it. */
export async function moved(
  ctx: WriteContext,
  before: AchFileRow,
  action: `achFile.${string}`,
  change: Partial<AchFileRow>,
  data: Record<string, unknown>,
): Promise<AchFile> {
  const isElsewhere = change.status !== undefined && change.status !== before.status
  const version = before.version + (isElsewhere ? 1 : 0)
  const after = { ...before, ...change, version, updatedAt: ctx.now.toISOString() }
  await achFileWriter(ctx.db, ctx.organizationId).change(before.id, after)
  await auditFile(ctx, action, before.id, {
    before: { status: before.status, version: before.version },
    after: { status: after.status, version: after.version },
    ...data,
  })
  return presentFile(ctx, after)
}
