import { expect, test } from 'vitest'
import { OAuthError, readTokenRequest } from './token-request.ts'

const FORM = 'application/x-www-form-urlencoded'
const GRANT = 'grant_type=client_credentials'
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

function read(body: string, authorization?: string, contentType: string | undefined = FORM) {
  try {
    return readTokenRequest({ contentType, authorization, body })
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return error.code
  }
}

const CLIENT = { clientId: 'key_1', clientSecret: 'fw_test_sk_1', scopes: null, organization: null }

test.each([
  ['in the body', `${GRANT}&client_id=key_1&client_secret=fw_test_sk_1`, undefined],
  ['by Basic', GRANT, basic('key_1:fw_test_sk_1')],
  ['by Basic, encoded first', GRANT, basic('key%5F1:fw%5Ftest%5Fsk_1')],
  ['by Basic, with the same id in the body', `${GRANT}&client_id=key_1`, basic('key_1:fw_test_sk_1')],
  ['with a parameter that is none of ours', `${GRANT}&audience=x`, basic('key_1:fw_test_sk_1')],
  ['with empty parameters', `${GRANT}&scope=&organization=`, basic('key_1:fw_test_sk_1')],
])('a client authenticates %s', (_, body, authorization) => {
  expect(read(body, authorization)).toEqual(CLIENT)
})

test('what is asked for is read', () => {
  const asked = read(`${GRANT}&scope=recipients%3Aread+ach-files:read&organization=org_1`, basic('key_1:fw_test_sk_1'))
  expect(asked).toEqual({ ...CLIENT, scopes: ['recipients:read', 'ach-files:read'], organization: 'org_1' })
})

test.each([
  ['JSON', 'invalid_request', '{}', basic('a:b'), 'application/json'],
  ['no content type', 'invalid_request', GRANT, basic('a:b'), ''],
  ['a parameter twice', 'invalid_request', `${GRANT}&scope=a&scope=b`, basic('a:b')],
  ['two ways of authentication', 'invalid_request', `${GRANT}&client_secret=b`, basic('a:b')],
  ['two clients', 'invalid_request', `${GRANT}&client_id=c`, basic('a:b')],
  ['a body without end', 'invalid_request', `${GRANT}&scope=${'a'.repeat(9000)}`, basic('a:b')],
  ['no grant type', 'invalid_request', 'scope=a', basic('a:b')],
  ['an empty grant type', 'invalid_request', 'grant_type=', basic('a:b')],
  ['a password', 'unsupported_grant_type', 'grant_type=password', basic('a:b')],
  ['no client', 'invalid_client', GRANT, undefined],
  ['an id alone', 'invalid_client', `${GRANT}&client_id=a`, undefined],
  ['a bearer token', 'invalid_client', GRANT, 'Bearer fw_test_sk_1'],
  ['Basic without a colon', 'invalid_client', GRANT, basic('ab')],
  ['Basic that does not decode', 'invalid_client', GRANT, basic('a:%zz')],
  ['Basic that is no base64', 'invalid_client', GRANT, 'Basic ***'],
] as [string, string, string, string | undefined, string?][])(
  '%s is %s',
  (_, code, body, authorization, contentType) => {
    expect(read(body, authorization, contentType ?? FORM)).toBe(code)
  },
)
