import type { EndedSessions, OpenSessionList } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Where whoever is signed in to the portal is signed in, this place among them. */
export class OpenSessions extends Resource {
  /**
   * All of them.
   * @example
   * const { data } = await fist.openSessions.list()
   */
  async list(options?: RequestOptions): Promise<OpenSessionList> {
    return this.send({ operation: 'openSessions.list', method: 'GET', path: '/v1/session/open-sessions', options })
  }

  /**
   * Signs out in one other place.
   * @example
   * await fist.openSessions.end('ses_…')
   */
  async end(id: string, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'openSessions.end',
      method: 'POST',
      path: path`/v1/session/open-sessions/${id}/end`,
      isSilent: true,
      options,
    })
  }

  /**
   * Signs out everywhere but here.
   * @example
   * const { count } = await fist.openSessions.endOthers()
   */
  async endOthers(options?: RequestOptions): Promise<EndedSessions> {
    return this.send({
      operation: 'openSessions.endOthers',
      method: 'POST',
      path: '/v1/session/open-sessions/end-others',
      options,
    })
  }
}
