import type { PortalSession } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** The portal session this client speaks with. */
export class PortalSessions extends Resource {
  /**
   * Who is signed in, and where they may work.
   * @example
   * const { user, organizations } = await fist.portalSession.retrieve()
   */
  async retrieve(options?: RequestOptions): Promise<PortalSession> {
    return this.send({ operation: 'portalSession.retrieve', method: 'GET', path: '/v1/session', options })
  }

  /**
   * Signs out.
   * @example
   * await fist.portalSession.end()
   */
  async end(options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'portalSession.end',
      method: 'POST',
      path: '/v1/session/end',
      isSilent: true,
      options,
    })
  }
}
