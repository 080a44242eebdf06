import type { AuditEvent, PageQuery } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { Resource } from '../resource.ts'

/** Who did what, in a chain that only grows. */
export class AuditEvents extends Resource {
  /**
   * Events, newest first.
   * @example
   * for await (const event of fist.auditEvents.list()) console.log(event.at, event.action)
   */
  list(query?: PageQuery, options?: RequestOptions): PagePromise<AuditEvent> {
    return this.page('auditEvents.list', '/v1/audit-events', query, options)
  }
}
