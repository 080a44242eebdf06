import type { FilesAtBank, Id, InboundFetch, InboundPoll } from '@fistworks/contract'
import { openBankConnection } from '../bank-connections/open.ts'
import { bankConnectionStore } from '../bank-connections/store.ts'
import type { Bank } from '../banks/bank.ts'
import { BankFault } from '../banks/bank-fault.ts'
import type { AuditEntry, ReadContext, WriteContext } from '../context.ts'
import { enqueueJob } from '../jobs/jobs.ts'
import { LIMITS } from '../limits.ts'
import { notFound, ProblemError } from '../problem-error.ts'
import { reasonToLeave, shownName } from './names.ts'
import { presentPoll } from './present.ts'
import { inboundFileStore } from './store.ts'

export interface AtBankDependencies {
  bank: Bank
}

/** Names that are shown as left out: who lays down more of them is told by the others. */
const LEFT_OUT_MAX = 100

/**
 * What lies in the return directory now. Nothing is read or changed there.
 * @throws ProblemError `state-conflict` without such a directory, `bank-unreachable`
 */
export async function listAtBank(
  { bank }: AtBankDependencies,
  ctx: ReadContext,
  id: string,
): Promise<{ result: FilesAtBank; audit: AuditEntry }> {
  const { directory } = await connectionWithReturns(ctx, id)
  const { settings } = await openBankConnection(ctx.db, ctx.vault, ctx.organizationId, id)
  const { files, isAll } = await listOutside(bank, settings, directory)
  const known = new Map(
    (await inboundFileStore(ctx.db, ctx.organizationId).looks(id as Id<'bcn'>)).map((row) => [row.name, row]),
  )
  const judged = files.map((file) => ({ file, reason: reasonToLeave(file) }))
  const shown = judged
    .filter(({ reason }) => reason === null)
    .map(({ file: { name, sizeBytes, modifiedAt } }) => ({
      name,
      sizeBytes,
      modifiedAt: instantOf(modifiedAt),
      inboundFileId: known.get(name)?.inboundFileId ?? null,
    }))
    .toSorted((a, b) => (b.modifiedAt ?? '').localeCompare(a.modifiedAt ?? '') || a.name.localeCompare(b.name))
  const leftOut = judged.flatMap(({ file, reason }) =>
    reason === null ? [] : [{ name: shownName(file.name), reason }],
  )
  const result: FilesAtBank = {
    type: 'filesAtBank',
    bankConnectionId: id as Id<'bcn'>,
    directory,
    files: shown,
    leftOut: leftOut.slice(0, LEFT_OUT_MAX),
    hasMore: !isAll,
  }
  const data = { files: shown.length, leftOut: leftOut.length }
  return { result, audit: { action: 'inboundFile.listed', targetType: 'bankConnection', targetId: id, data } }
}

/** Fetches files now: a job does it, and the files show in the list when they are there. */
export async function fetchFromBank(ctx: WriteContext, id: string, { names }: InboundFetch): Promise<InboundPoll> {
  const { connection } = await connectionWithReturns(ctx, id)
  const jobId = ctx.newId('job')
  await enqueueJob(ctx.db, {
    id: jobId,
    organizationId: ctx.organizationId,
    kind: 'inboundFile.poll',
    queue: id,
    payload: { bankConnectionId: id, names: names ?? null },
    dedupeKey: `inboundFile.poll:${id}:${jobId}`,
    runAt: ctx.now,
  })
  await ctx.audit({
    action: 'inboundFile.fetchAsked',
    targetType: 'bankConnection',
    targetId: id,
    data: { names: names?.map(shownName) ?? null },
  })
  const polls = await inboundFileStore(ctx.db, ctx.organizationId).polls()
  return presentPoll(
    connection,
    polls.find((poll) => poll.bankConnectionId === id),
  )
}

async function connectionWithReturns(ctx: ReadContext, id: string) {
  const connection = await bankConnectionStore(ctx.db, ctx.organizationId).find(id)
  if (connection === undefined) throw notFound('bank connection')
  if (connection.archivedAt !== null) {
    throw new ProblemError('state-conflict', 'This bank connection is archived: it is used no more.')
  }
  const directory = connection.returnDirectory
  if (directory === null) {
    const detail = 'This bank connection has no return directory: say in it where the bank puts files for you.'
    throw new ProblemError('state-conflict', detail)
  }
  return { connection, directory }
}

async function listOutside(bank: Bank, settings: Parameters<Bank['connect']>[0], directory: string) {
  try {
    const session = await bank.connect(settings)
    try {
      return await session.listFiles(directory, LIMITS.inboundNames)
    } finally {
      await session.close()
    }
  } catch (fault) {
    if (!(fault instanceof BankFault)) throw fault
    throw new ProblemError('bank-unreachable', fault.message, { cause: fault })
  }
}

function instantOf(seconds: number | null): string | null {
  if (seconds === null) return null
  const date = new Date(seconds * 1_000)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
