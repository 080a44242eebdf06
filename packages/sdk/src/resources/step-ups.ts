import type { PasskeyChallenge, PortalSession, StepUp } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** The fresh proof that the person who is signed in is there. */
export class StepUps extends Resource {
  /**
   * What to hand to `navigator.credentials.get`.
   * @example
   * const { options } = await fist.stepUp.begin()
   */
  async begin(options?: RequestOptions): Promise<PasskeyChallenge> {
    return this.send({ operation: 'stepUp.begin', method: 'POST', path: '/v1/session/step-up/challenges', options })
  }

  /**
   * Counts for five minutes. The browser gets a new cookie; the anti-forgery token of the answer replaces the one before.
   * @example
   * const session = await fist.stepUp.verify({ credential }) // or { code } of the app, or { recoveryCode }
   */
  async verify(input: StepUp, options?: RequestOptions): Promise<PortalSession> {
    return this.send({
      operation: 'stepUp.verify',
      method: 'POST',
      path: '/v1/session/step-up',
      body: input,
      options,
    })
  }
}
