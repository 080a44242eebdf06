import { setImmediate } from 'node:timers/promises'
import type { AchFile, AchFileRelease } from '@fistworks/contract'
import { mayBeOne } from '../approval-policies/people.ts'
import { isMet } from '../approval-policies/rules.ts'
import type { WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'
import { createSubmission } from '../submissions/create.ts'
import { approvalState } from './approval-state.ts'
import { approvalHash } from './content-hash.ts'
import { contentWriter } from './content-store.ts'
import { encryptOnce } from './encrypted-file.ts'
import { type Examined, examine } from './examine.ts'
import { nameOfFile } from './file-name.ts'
import { createFileMaker, type FileMaker } from './generate.ts'
import { generateReversal } from './generate-reversal.ts'
import { statusAfter } from './life-cycle.ts'
import { newYorkTime } from './new-york-time.ts'
import { acknowledgedDuplicates } from './possible-duplicates.ts'
import { presentFile } from './present.ts'
import { connectionOf, type DraftOutline, readOutline } from './read-draft.ts'
import { sequences } from './sequence-store.ts'
import { auditFile, fileToDecide } from './service.ts'
import { achFileStore, achFileWriter } from './store.ts'
import type { StoredPart } from './stored-parts.ts'
import type { AchFileRow } from './table.ts'
import { tellOfFile, tellOfReversal } from './tell.ts'
import type { Transmission } from '../transmissions/plan-transmission.ts'
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
  const outline = await readOutline(ctx, file)
  const connection = await connectionOf(ctx, outline)
  if (!connection || connection.archivedAt !== null) {
    throw new ProblemError('state-conflict', `The bank connection of this file is not in use any more. ${HOW_TO_MEND}`)
  }
  const order = await orderOf(ctx, file, outline, connection)
  const maker = await makerOf(ctx, file, order)
  try {
    // The bytes are made of the very rows that are looked at.
    const examined = await examine(ctx, file, order, paying(ctx, file, maker))
    const policyVersion = await refuseUnapproved(ctx, file, approvalHash(examined.content, outline, connection))
    refuseProblems(examined)
    const transmission = await refuseUnreachable(ctx, outline)
    await refuseSubmittedBefore(ctx, examined.content)
    const known = await acknowledgedDuplicates(ctx, file, outline, input.acknowledgedDuplicates)
    const made = await generated(ctx, order, maker)
    return await released(ctx, file, { ...examined, ...made, status, policyVersion, transmission, known, connection })
  } finally {
    await maker.done()
  }
}

type Generating = Awaited<ReturnType<typeof generated>>

interface Released extends Generating {
  status: AchFileRow['status']
  policyVersion: number
  content: string
  transmission: Transmission
  known: Awaited<ReturnType<typeof acknowledgedDuplicates>>
  connection: Connection
}

/** Hands the file to the delivery and tells of it. */
async function released(ctx: WriteContext, file: AchFileRow, release: Released): Promise<AchFile> {
  const { status, policyVersion, content, transmission, known, connection, sent, encrypted, told } = release
  const submission = await createSubmission(ctx, {
    achFileId: file.id,
    bankConnectionId: connection.id,
    fileName: told.fileName,
    ...sent,
    contentSha256: told.sha256,
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
    ...told,
    encrypted,
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

function refuseProblems({ problems: errors }: Examined): void {
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

/**
 * What is told of a file before its entries are looked at, with all numbers that it takes: were one taken after them, the
 * COMMIT of a large file would read its log again for the page that holds them.
 */
async function orderOf(ctx: WriteContext, file: AchFileRow, outline: DraftOutline, connection: Connection) {
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
  const sequence = await numbers.file()
  return { achFileId: file.id, outline, connection, fileIdModifier, sequence, created, takeTraces: numbers.traces }
}

type Order = Awaited<ReturnType<typeof orderOf>>

/** A reversal is made of the bytes that it takes back, everything else of its entries. */
async function makerOf(ctx: WriteContext, file: AchFileRow, order: Order): Promise<FileMaker> {
  if (file.kind !== 'reversal') return createFileMaker(ctx.vault, order)
  const effectiveDate = order.outline.batchRows[0]?.effectiveDate ?? order.created.date
  const made = () => generateReversal(ctx, file, { ...order, effectiveDate })
  return { add: undefined, made, done: async () => {} }
}

/** Entries are put into the file, and what they pay is kept; those of a reversal keep what their originals paid. */
function paying(ctx: WriteContext, file: AchFileRow, maker: FileMaker) {
  const { add } = maker
  if (add === undefined) return undefined
  const { pay } = contentWriter(ctx.db, ctx.organizationId)
  return (part: StoredPart) => {
    const { batch, from, entries } = part
    return pay(file.id, { batchPosition: batch, from, count: entries.length }, add(part))
  }
}

async function generated(ctx: WriteContext, order: Order, maker: FileMaker) {
  const { achFileId, connection, created, fileIdModifier, sequence } = order
  const { sealedBytes: bytes, sizeBytes, sha256 } = await maker.made()
  const encrypted = await encryptOnce(ctx, achFileId, connection, bytes)
  const sent = { sizeBytes: encrypted?.sizeBytes ?? sizeBytes, sha256: encrypted?.sha256 ?? sha256 }
  const fileName = await nameOfFile(ctx, connection, {
    ...created,
    sequence,
    modifier: fileIdModifier,
    sha256: sent.sha256,
  })
  const told = { fileName, fileIdModifier, sizeBytes, sha256 }
  // Storing megabytes is one statement: others go before and after it.
  await setImmediate()
  const generatedAt = ctx.now.toISOString()
  await achFileWriter(ctx.db, ctx.organizationId).addGenerated({ achFileId, ...told, bytes, generatedAt })
  await setImmediate()
  return { told, encrypted, sent }
}
