import type { AuthenticatorAppConfirm, AuthenticatorAppOffer, PortalSession } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** The authenticator app of the person who is signed in (RFC 6238). */
export class AuthenticatorApps extends Resource {
  /**
   * A new seed, told this once: show it as a QR code, and never keep it. Throws `PermissionError` (`step-up-required`)
   * when neither the sign-in nor a step-up is fresh.
   * @example
   * const { secret, uri } = await fist.authenticatorApp.begin()
   */
  async begin(options?: RequestOptions): Promise<AuthenticatorAppOffer> {
    const path = '/v1/session/authenticator-app/seeds'
    return this.send({ operation: 'authenticatorApp.begin', method: 'POST', path, options })
  }

  /**
   * Takes the app into use with the first code it shows, within ten minutes. The browser gets a new cookie; the
   * anti-forgery token of the answer replaces the one before.
   * @example
   * const session = await fist.authenticatorApp.confirm({ code: '123456' })
   */
  async confirm(input: AuthenticatorAppConfirm, options?: RequestOptions): Promise<PortalSession> {
    const path = '/v1/session/authenticator-app'
    return this.send({ operation: 'authenticatorApp.confirm', method: 'POST', path, body: input, options })
  }

  /**
   * Its codes confirm nothing any more.
   * @example
   * await fist.authenticatorApp.remove()
   */
  async remove(options?: RequestOptions): Promise<void> {
    const path = '/v1/session/authenticator-app/remove'
    return this.send({ operation: 'authenticatorApp.remove', method: 'POST', path, isSilent: true, options })
  }
}
