import type { Passkey, PasskeyChallenge, PasskeyCreate, PasskeyList } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** The passkeys of whoever is signed in to the portal. */
export class Passkeys extends Resource {
  /**
   * All of them.
   * @example
   * const { data } = await fist.passkeys.list()
   */
  async list(options?: RequestOptions): Promise<PasskeyList> {
    return this.send({ operation: 'passkeys.list', method: 'GET', path: '/v1/session/passkeys', options })
  }

  /**
   * What to hand to `navigator.credentials.create`. Throws `PermissionError` (`step-up-required`) when neither the
   * sign-in nor a step-up is fresh.
   * @example
   * const { options } = await fist.passkeys.begin()
   */
  async begin(options?: RequestOptions): Promise<PasskeyChallenge> {
    return this.send({ operation: 'passkeys.begin', method: 'POST', path: '/v1/session/passkeys/challenges', options })
  }

  /**
   * Keeps the public half of what the browser made.
   * @example
   * await fist.passkeys.create({ name: 'Work laptop', credential })
   */
  async create(input: PasskeyCreate, options?: RequestOptions): Promise<Passkey> {
    return this.send({
      operation: 'passkeys.create',
      method: 'POST',
      path: '/v1/session/passkeys',
      body: input,
      options,
    })
  }

  /**
   * It confirms nothing any more.
   * @example
   * await fist.passkeys.remove('pky_…')
   */
  async remove(id: string, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'passkeys.remove',
      method: 'POST',
      path: path`/v1/session/passkeys/${id}/remove`,
      isSilent: true,
      options,
    })
  }
}
