import type { Page, Submission, SubmissionQuery, SubmissionRetry } from '@fistworks/contract'
import { newYorkTime } from '../ach-files/new-york-time.ts'
import type { ReadContext, WriteContext } from '../context.ts'
import { listPage } from '../list-page.ts'
import { ProblemError } from '../problem-error.ts'
import { isPastLastTry } from './deadline.ts'
import { destinationNow, mustFind, refuseAuthor, startAgain, type SubmissionDependencies } from './people.ts'
import { presentSubmission } from './present.ts'
import { submissionStore } from './store.ts'
import type { SubmissionRow } from './table.ts'

export async function retrieveSubmission(ctx: ReadContext, id: string): Promise<Submission> {
  const row = await mustFind(ctx, id)
  return presentSubmission(row, await submissionStore(ctx.db, ctx.organizationId).steps([row.id]), ctx)
}

export async function listSubmissions(ctx: ReadContext, query: SubmissionQuery): Promise<Page<Submission>> {
  const { achFileId, state, ...page } = query
  const store = submissionStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'submissions',
    filter: { achFileId, state },
    query: page,
    async read(before, limit) {
      const rows = await store.list({ achFileId, state }, before, limit)
      const steps = await store.steps(rows.map(({ id }) => id))
      return rows.map((row) => ({
        id: row.id,
        row,
        steps: steps.filter(({ submissionId }) => submissionId === row.id),
      }))
    },
    present: ({ row, steps }) => presentSubmission(row, steps, ctx),
  })
}

/**
 * Delivers again what failed. Only there is it certain that nothing reached the bank. Where the connection leads
 * elsewhere by now, a person who neither wrote the file nor changed the connection lets it go there; where the bank's
 * cutoff is too close or has passed, a person says that it goes out late.
 */
export async function retrySubmission(
  deps: SubmissionDependencies,
  ctx: WriteContext,
  id: string,
  input: SubmissionRetry = {},
): Promise<Submission> {
  const row = await mustFind(ctx, id)
  if (row.state !== 'failed') {
    throw new ProblemError('state-conflict', 'Only a delivery that failed can be tried again.')
  }
  const isLate = isPastLastTry(row, ctx.now)
  if (isLate) refuseUnlessMeant(ctx, row, input)
  const destination = await destinationNow(ctx, row)
  if (row.destinationHash !== null && row.destinationHash !== destination.destinationHash)
    await refuseAuthor(deps, ctx, row)
  const detail = isLate ? 'Another try was asked for, although the cutoff has passed.' : 'Another try was asked for.'
  const { acknowledgedDuplicates } = input
  const again = { destination, detail, acknowledgedDuplicates, ...(isLate ? { isLate } : {}) }
  const known = await startAgain(deps, ctx, row, again)
  await ctx.audit({
    action: 'submission.retried',
    targetType: 'submission',
    targetId: id,
    data: {
      achFileId: row.achFileId,
      fileName: row.fileName,
      ...(isLate ? { late: true, deliverBy: row.deliverBy } : {}),
      ...known,
    },
  })
  return retrieveSubmission(ctx, id)
}

function refuseUnlessMeant(ctx: WriteContext, row: SubmissionRow, { late = false }: SubmissionRetry): void {
  if (!late) {
    const { date, time } = newYorkTime(new Date(row.deliverBy ?? ctx.now))
    const clock = `${time.slice(0, 2)}:${time.slice(2)}`
    const detail = `There is no time left before the bank’s cutoff, on ${date} at ${clock} in New York. Ask the bank what it does with a late file; to send it all the same, say that it goes out late.`
    const message = 'must be true to send it after the cutoff'
    throw new ProblemError('state-conflict', detail, { errors: [{ pointer: '/late', code: 'cutoff-passed', message }] })
  }
  if (!ctx.isPerson) throw new ProblemError('person-required', 'A person has to decide that a file goes out late.')
}
