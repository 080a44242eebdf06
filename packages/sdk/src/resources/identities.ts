import type { EntraChallenge, EntraToken, UserIdentity, UserIdentityList } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { path } from '../path.ts'
import { Resource } from '../resource.ts'

/** The accounts of the identity provider that sign in whoever is signed in to the portal. */
export class Identities extends Resource {
  /**
   * All of them.
   * @example
   * const { data } = await fist.identities.list()
   */
  async list(options?: RequestOptions): Promise<UserIdentityList> {
    return this.send({ operation: 'identities.list', method: 'GET', path: '/v1/session/identities', options })
  }

  /**
   * What to go to the identity provider with. Throws `PermissionError` (`step-up-required`) without a fresh proof.
   * @example
   * const { authority, clientId, nonce } = await fist.identities.begin()
   */
  async begin(options?: RequestOptions): Promise<EntraChallenge> {
    return this.send({
      operation: 'identities.begin',
      method: 'POST',
      path: '/v1/session/identities/challenges',
      options,
    })
  }

  /**
   * Connects the account that the ID token is about.
   * @example
   * await fist.identities.create({ token: idToken })
   */
  async create(input: EntraToken, options?: RequestOptions): Promise<UserIdentity> {
    return this.send({
      operation: 'identities.create',
      method: 'POST',
      path: '/v1/session/identities',
      body: input,
      options,
    })
  }

  /**
   * It signs nobody in any more.
   * @example
   * await fist.identities.remove('idn_…')
   */
  async remove(id: string, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'identities.remove',
      method: 'POST',
      path: path`/v1/session/identities/${id}/remove`,
      isSilent: true,
      options,
    })
  }
}
