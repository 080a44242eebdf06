import type { AchFile, AchFileRelease } from '@fistworks/contract'
import { mayBeOne } from '../approval-policies/people.ts'
import { isMet } from '../approval-policies/rules.ts'
import type { WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'
import { createSubmission } from '../submissions/create.ts'
import { approvalState } from './approval-state.ts'
import { approvalHash, contentHash } from './content-hash.ts'
import { contentWriter, sealedRecipients } from './content-store.ts'
import { draftProblems } from './draft-problems.ts'
import { encryptOnce } from './encrypted-file.ts'
import { nameOfFile } from './file-name.ts'
import { type Generated, generateFile } from './generate.ts'
import { generateReversal } from './generate-reversal.ts'
import { statusAfter } from './life-cycle.ts'
import { newYorkTime } from './new-york-time.ts'
import { acknowledgedDuplicates } from './possible-duplicates.ts'
import { presentFile } from './present.ts'
import { connectionOf, readDraft, type StoredDraft } from './read-draft.ts'
import { traceReversal } from './reversal-store.ts'
import { sequences } from './sequence-store.ts'
import { auditFile, fileToDecide } from './service.ts'
import { achFileStore, achFileWriter } from './store.ts'
import type { AchFileRow } from './table.ts'
import { tellOfFile, tellOfReversal } from './tell.ts'
import { refuseUnreachable } from './transmission.ts'

const MODIFIERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/**
 * Generates the bytes of an approved file, once, and hands them to the delivery; all in this transaction, nothing is
 * sent here.
 * @throws ProblemError `state-conflict` when what was approved is not what would be sent; `duplicate` naming the file
 * that paid the very same before; `validation-failed` with the place in the file; `limit-exceeded` for the 37th of a day
 */
export async function submitAchFile(ctx: WriteContext, id: string, input: AchFileRelease): Promise<AchFile> {
  const file = await fileToDecide(ctx, id, input.version)
  const status = statusAfter(file, 'submit')
  const draft = await readDraft(ctx, file.id)
  const connection = await connectionOf(ctx, draft)
  if (!connection || connection.archivedAt !== null) {
    throw new ProblemError('state-conflict', `The bank connection of this file is not in use any more. ${HOW_TO_MEND}`)
  }
  const content = await contentHash(draft, connection)
  const policyVersion = await refuseUnapproved(ctx, file, approvalHash(content, draft, connection))
  await refuseProblems(ctx, draft)
  const transmission = await refuseUnreachable(ctx, draft)
  await refuseSubmittedBefore(ctx, content)
  const known = await acknowledgedDuplicates(ctx, file, draft, input.acknowledgedDuplicates)

  const { sent, ...made } = await generated(ctx, file, draft, connection)
  const submission = await createSubmission(ctx, {
    achFileId: file.id,
    bankConnectionId: connection.id,
    fileName: made.fileName,
    ...sent,
    contentSha256: made.sha256,
    notBefore: instantOf(transmission.notBefore),
    deliverBy: instantOf(transmission.deliverBy),
  })
  const now = ctx.now.toISOString()
  const after: AchFileRow = {
    ...file,
    status,
    version: file.version + 1,
    contentHash: content,
    submissionId: submission.id,
    submittedAt: now,
    policyVersion,
    ...known,
    updatedAt: now,
  }
  await achFileWriter(ctx.db, ctx.organizationId).change(file.id, after)
  await tellOfFile(ctx, 'achFile.submitted', after)
  if (file.reverses !== null) await tellOfReversal(ctx, file.reverses, file.id)
  await auditFile(ctx, 'achFile.submitted', file.id, {
    before: { status: file.status, version: file.version },
    after: { status, version: after.version },
    content,
    submissionId: submission.id,
    ...made,
    ...known,
  })
  return presentFile(ctx, after)
}

function instantOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

const HOW_TO_MEND = 'Reject the file, mend it and have it approved again.'

/**
 * The approvals stand, are of this very content and by people who did not write it, and are as many as the policies ask
 * for now. Gives the version of the policy that holds.
 */
async function refuseUnapproved(ctx: WriteContext, file: AchFileRow, content: string): Promise<number> {
  const given = await approvalState(ctx, file, null)
  if (given.approvals.length === 0) {
    throw new ProblemError('state-conflict', `The approval of this file is missing. ${HOW_TO_MEND}`)
  }
  if (given.approvals.some(({ people }) => mayBeOne(people, file.authors))) {
    throw new ProblemError('second-person-required', `It was approved by one of its authors. ${HOW_TO_MEND}`)
  }
  const { progress, policyVersion } = await approvalState(ctx, file, content)
  if (isMet(progress)) return policyVersion
  if (!isMet(given.progress)) {
    throw new ProblemError('state-conflict', `The approval policy asks for more approvals. ${HOW_TO_MEND}`)
  }
  throw new ProblemError(
    'state-conflict',
    `What would be sent is not what was approved: an account, a name or the bank connection was changed since. ${HOW_TO_MEND}`,
  )
}

async function refuseProblems(ctx: WriteContext, draft: StoredDraft): Promise<void> {
  const errors = await draftProblems(draft, newYorkTime(ctx.now).date)
  const first = errors[0]
  if (first === undefined) return
  throw new ProblemError('validation-failed', `${first.pointer} ${first.message}. ${HOW_TO_MEND}`, { errors })
}

async function refuseSubmittedBefore(ctx: WriteContext, content: string): Promise<void> {
  const earlier = await achFileStore(ctx.db, ctx.organizationId).findByContent(content)
  if (earlier === undefined) return
  throw new ProblemError(
    'duplicate',
    `The file “${earlier.name}” (${earlier.id}) made the very same payments and was submitted on ${newYorkTime(new Date(earlier.submittedAt ?? ctx.now)).date}. ` +
      'To pay the same again on purpose, make a file that differs in something, such as the note or the external id of a payment.',
  )
}

type Connection = NonNullable<Awaited<ReturnType<typeof connectionOf>>>

async function generated(ctx: WriteContext, file: AchFileRow, draft: StoredDraft, connection: Connection) {
  const numbers = sequences(ctx.db, ctx.organizationId)
  const created = newYorkTime(ctx.now)
  const ofDay = await numbers.fileOfDay(connection.immediateOrigin, connection.immediateDestination, created.date)
  const fileIdModifier = MODIFIERS[ofDay - 1]
  if (fileIdModifier === undefined) {
    throw new ProblemError(
      'limit-exceeded',
      `This bank has got ${LIMITS.filesPerDay} files on ${created.date}, the most that can be told apart: submit it tomorrow.`,
    )
  }
  const order = { achFileId: file.id, connection, fileIdModifier, created, takeTraces: numbers.traces }
  const result =
    file.kind === 'reversal'
      ? await generateReversal(ctx, file, { ...order, effectiveDate: draft.batches[0]?.effectiveDate ?? created.date })
      : await generateFile(ctx.vault, {
          ...order,
          draft,
          sealed: (some) => sealedRecipients(ctx.db, ctx.organizationId, file.id, some),
        })
  const { sealedBytes: bytes, sizeBytes, sha256, traces } = result
  const encrypted = await encryptOnce(ctx, file.id, connection, bytes)
  const sent = { sizeBytes: encrypted?.sizeBytes ?? sizeBytes, sha256: encrypted?.sha256 ?? sha256 }
  const fileName = await nameOfFile(ctx, connection, {
    ...created,
    sequence: await numbers.file(),
    modifier: fileIdModifier,
    sha256: sent.sha256,
  })
  await keepPaid(ctx, file, draft, traces)
  const told = { fileName, fileIdModifier, sizeBytes, sha256 }
  const generatedAt = ctx.now.toISOString()
  await achFileWriter(ctx.db, ctx.organizationId).addGenerated({ achFileId: file.id, ...told, bytes, generatedAt })
  return { ...told, encrypted, sent }
}

/** What each entry paid, as it is now, or as its original was. */
async function keepPaid(ctx: WriteContext, file: AchFileRow, draft: StoredDraft, traces: Generated['traces']) {
  const { pay } = contentWriter(ctx.db, ctx.organizationId)
  for (const [position, { entries }] of draft.batches.entries()) {
    const of = traces[position]
    if (of === undefined) throw new Error('A batch was left out of its file.')
    if (file.kind === 'reversal') await traceReversal(ctx.db, ctx.organizationId, file.id, { position, ...of })
    else await pay(file.id, position, entries.length, of)
  }
}
