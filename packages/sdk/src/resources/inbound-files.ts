import type { InboundFile, InboundFileQuery, InboundPollList } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import type { PagePromise } from '../page.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Files that banks put down for the organization: returns, notifications of change, acknowledgements. */
export class InboundFiles extends Resource {
  /**
   * Files of the banks, newest first.
   * @example
   * const odd = await fist.inboundFiles.list({ state: 'notUnderstood' })
   */
  list(query?: InboundFileQuery, options?: RequestOptions): PagePromise<InboundFile> {
    return this.page('inboundFiles.list', '/v1/inbound-files', query, options)
  }

  /**
   * One file, and how much it brought.
   * @example
   * const { counts } = await fist.inboundFiles.retrieve('inb_…')
   */
  async retrieve(id: string, options?: RequestOptions): Promise<InboundFile> {
    return this.send({
      operation: 'inboundFiles.retrieve',
      method: 'GET',
      path: path`/v1/inbound-files/${id}`,
      options,
    })
  }

  /**
   * When the bank connections were and will be looked at for files, and what went wrong the last time.
   * @example
   * const { data } = await fist.inboundFiles.polls()
   */
  async polls(options?: RequestOptions): Promise<InboundPollList> {
    return this.send({ operation: 'inboundFiles.polls', method: 'GET', path: '/v1/inbound-polls', options })
  }
}
