/** Where clients get access tokens (RFC 6749, section 3.2). */
export const TOKEN_PATH = '/v1/oauth/token'
