import type { PortalSession, SignIn, SignInCodeRequest } from '@fistworks/contract'
import type { RequestOptions } from '../options.ts'
import { Resource } from '../resource.ts'

/** Signing in to the hosted portal. */
export class SignIns extends Resource {
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
}
