import type { EmbedRaise, EmbedRaiseCreate, EmbedSessionState } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** The embed session of our own frame, and the page on which a person raises it. */
export class EmbedFrame extends Resource {
  /**
   * What the session this client speaks with is, and what it may do now.
   * @example
   * const { scopes, risable, raised } = await fist.embedSession.retrieve()
   */
  async retrieve(options?: RequestOptions): Promise<EmbedSessionState> {
    return this.send({ operation: 'embedSession.retrieve', method: 'GET', path: '/v1/embed-session', options })
  }

  /**
   * Adds to a session, for the frame that has the secret of `secretHash`, what its platform allows and the person's role
   * has. Only the portal's own page can do it, after a step-up.
   * @example
   * await fist.embedSession.raise({ embedSessionId: 'ems_…', secretHash })
   */
  async raise(input: EmbedRaiseCreate, options?: RequestOptions): Promise<EmbedRaise> {
    return this.send({
      operation: 'embedSession.raise',
      method: 'POST',
      path: '/v1/session/embed-raises',
      body: input,
      options,
    })
  }
}
