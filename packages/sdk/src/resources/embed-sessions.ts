import type { EmbedSession, EmbedSessionCreate } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** Sessions of at most fifteen minutes for components on your pages. Back ends only. */
export class EmbedSessions extends Resource {
  /**
   * Lets one end user use the named components from the named origins. `token` is shown once.
   * @example
   * const { token } = await fist.embedSessions.create(
   *   {
   *     endUser: { externalId: 'user-7', name: 'Robin Doe' },
   *     components: { recipients: { features: ['write'] } },
   *     allowedOrigins: ['https://app.example.com'],
   *   },
   *   { organization: 'org_…' },
   * )
   */
  async create(input: EmbedSessionCreate, options?: RequestOptions): Promise<EmbedSession> {
    return this.send({
      operation: 'embedSessions.create',
      method: 'POST',
      path: '/v1/embed-sessions',
      body: input,
      options,
    })
  }

  /**
   * Ends a session at once.
   * @example
   * await fist.embedSessions.revoke('ems_…')
   */
  async revoke(id: string, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'embedSessions.revoke',
      method: 'POST',
      path: path`/v1/embed-sessions/${id}/revoke`,
      isSilent: true,
      options,
    })
  }
}
