import type {
  FilesAtBank,
  InboundContent,
  InboundContentQuery,
  InboundFetch,
  InboundFile,
  InboundFileQuery,
  InboundPoll,
  InboundPollList,
} from '@fistworks/contract'
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

  /**
   * What lies in the return directory of the bank now.
   * @example
   * const { files } = await fist.inboundFiles.listAtBank('bcn_…')
   */
  async listAtBank(bankConnectionId: string, options?: RequestOptions): Promise<FilesAtBank> {
    return this.send({
      operation: 'inboundFiles.listAtBank',
      method: 'POST',
      path: path`/v1/bank-connections/${bankConnectionId}/list-inbound-files`,
      options,
    })
  }

  /**
   * Fetches files of the bank now, all or those named. A job does it: they show in the list when they are there.
   * @example
   * await fist.inboundFiles.fetch('bcn_…', { names: ['RET1123.ach'] })
   */
  async fetch(bankConnectionId: string, input: InboundFetch = {}, options?: RequestOptions): Promise<InboundPoll> {
    return this.send({
      operation: 'inboundFiles.fetch',
      method: 'POST',
      path: path`/v1/bank-connections/${bankConnectionId}/fetch-inbound-files`,
      body: input,
      options,
    })
  }

  /**
   * Processes a kept file once more. What it brought already changes nothing.
   * @example
   * await fist.inboundFiles.reprocess('inb_…')
   */
  async reprocess(id: string, options?: RequestOptions): Promise<InboundFile> {
    return this.send({
      operation: 'inboundFiles.reprocess',
      method: 'POST',
      path: path`/v1/inbound-files/${id}/reprocess`,
      options,
    })
  }

  /**
   * Lines of a file in words, with accounts, banks and names hidden.
   * @example
   * const { lines, nextLine } = await fist.inboundFiles.content('inb_…', { from: '1' })
   */
  async content(id: string, query?: InboundContentQuery, options?: RequestOptions): Promise<InboundContent> {
    return this.send({
      operation: 'inboundFiles.content',
      method: 'GET',
      path: path`/v1/inbound-files/${id}/content`,
      query,
      options,
    })
  }
}
