import { FISTWorksError } from './error.ts'

/**
 * No access token was given for `clientId` and `clientSecret`. `oauthCode` is the server's word (RFC 6749, section 5.2), such as
 * `invalid_client`; `null` when there was no such answer.
 */
export class ClientTokenError extends FISTWorksError {
  readonly oauthCode: string | null

  constructor(message: string, oauthCode: string | null = null) {
    super('access-token-unavailable', message)
    this.oauthCode = oauthCode
  }
}

// Set by hand, so that minified code keeps the name.
ClientTokenError.prototype.name = 'ClientTokenError'
