import type { EntraToken, PortalSession, SignIn, SignInCodeRequest, SignInMethods } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** Signing in to the hosted portal. */
export class SignIns extends Resource {
  /**
   * Which ways to sign in there are.
   * @example
   * const { mailedCode, entra } = await fist.signIn.methods()
   */
  async methods(options?: RequestOptions): Promise<SignInMethods> {
    return this.send({ operation: 'signIn.methods', method: 'GET', path: '/v1/sign-in/methods', options })
  }

  /**
   * Mails a one-time code. The answer is the same whether the address is known or not.
   * @example
   * await fist.signIn.requestCode({ email: 'robin@example.com' })
   */
  async requestCode(input: SignInCodeRequest, options?: RequestOptions): Promise<void> {
    return this.send({
      operation: 'signIn.requestCode',
      method: 'POST',
      path: '/v1/sign-in/codes',
      body: input,
      isSilent: true,
      options,
    })
  }

  /**
   * Starts a session; the browser gets its cookie.
   * @example
   * const session = await fist.signIn.verifyCode({ email: 'robin@example.com', code: '12345678' })
   */
  async verifyCode(input: SignIn, options?: RequestOptions): Promise<PortalSession> {
    return this.send({
      operation: 'signIn.verifyCode',
      method: 'POST',
      path: '/v1/sign-in/sessions',
      body: input,
      options,
    })
  }

  /**
   * Starts a session with the ID token of the identity provider; the browser gets its cookie.
   * @example
   * const session = await fist.signIn.withEntra({ token: idToken })
   */
  async withEntra(input: EntraToken, options?: RequestOptions): Promise<PortalSession> {
    return this.send({
      operation: 'signIn.withEntra',
      method: 'POST',
      path: '/v1/sign-in/entra',
      body: input,
      options,
    })
  }
}
