import type { Event, EventQuery } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { Resource } from '../resource.ts'

/** What happened: the same events that webhooks bring. */
export class Events extends Resource {
  /**
   * Events after one that is known, oldest first. Keep the id of the last one you have dealt with.
   * @example
   * for await (const event of fist.events.list({ after: lastId })) await deal(event)
   */
  list(query?: EventQuery, options?: RequestOptions): PagePromise<Event> {
    return this.page('events.list', '/v1/events', query, options)
  }
}
