import type { AuditCheckpointList, AuditEvent, AuditEventQuery, AuditExport } from '@fistworks/contract'
import type { FileAnswer } from '../http.ts'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { Resource } from '../resource.ts'

/** Who did what, in a chain that only grows. */
export class AuditEvents extends Resource {
  /**
   * Events, newest first, all or those of a filter.
   * @example
   * for await (const event of fist.auditEvents.list({ action: 'recipient' })) console.log(event.at, event.action)
   */
  list(query?: AuditEventQuery, options?: RequestOptions): PagePromise<AuditEvent> {
    return this.page('auditEvents.list', '/v1/audit-events', query, options)
  }

  /**
   * What the logs were signed over last, and the public keys: to be kept where nobody of the server can change them.
   * @example
   * const { data } = await fist.auditEvents.checkpoints()
   * for (const { log, note } of data) await keep(log, note)
   */
  checkpoints(options?: RequestOptions): Promise<AuditCheckpointList> {
    return this.send({
      operation: 'auditEvents.checkpoints',
      method: 'GET',
      path: '/v1/audit-events/checkpoints',
      options,
    })
  }

  /**
   * Events as one file, read while it is written: `jsonl` with proofs for `fistworks audit verify`, `csv` or `ocsf`.
   * @example
   * const { fileName, body } = await fist.auditEvents.export({ format: 'jsonl' })
   * await writeFile(fileName, body)
   */
  export(input: AuditExport, options?: RequestOptions): Promise<FileAnswer> {
    const path = '/v1/audit-events/export'
    return this.open({ operation: 'auditEvents.export', method: 'POST', path, body: input, options })
  }
}
