import { type Event, type EventQuery, PAGE_LIMIT_DEFAULT, type Page } from '@fistworks/contract'
import type { ReadContext } from '../context.ts'
import { invalid } from '../problem-error.ts'
import { pageOf } from '../storage/cursor.ts'
import { presentEvent } from './present.ts'
import { eventStore } from './store.ts'

/**
 * Events after one that is known, oldest first. The places in the list are those of the commits, so an event that comes
 * later never comes before one that was read.
 * @throws ProblemError `validation-failed` for an event that is not the organization's
 */
export async function listEvents(ctx: ReadContext, query: EventQuery): Promise<Page<Event>> {
  const store = eventStore(ctx.db, ctx.organizationId)
  const limit = query.limit ?? PAGE_LIMIT_DEFAULT
  const { after, type, objectId } = query
  const known = after === undefined ? { sequence: 0 } : await store.find(after)
  if (known === undefined) {
    const message = 'is not the id of an event of this organization: start again without it'
    throw invalid([{ pointer: '/after', code: 'unknown', message }])
  }
  const rows = await store.list({ type, objectId }, known.sequence, limit + 1)
  const page = pageOf({ rows, limit, cursorOf: ({ id }) => id })
  return { ...page, data: page.data.map(presentEvent) }
}
