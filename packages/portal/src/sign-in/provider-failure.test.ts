import { expect, test } from 'vitest'
import { providerFailure, StrayAnswer } from './provider-failure.ts'

const text = (error: unknown) => providerFailure(error, 'Microsoft').text

test.each([
  ['a cancelled sign-in', { errorCode: 'access_denied', errorMessage: 'x' }, /was cancelled/],
  ['a provider that is away', { errorCode: 'endpoints_resolution_error' }, /could not be reached/],
  ['an answer to another question', { errorCode: 'state_mismatch' }, /Start again/],
  ['an answer with another nonce', { errorCode: 'nonce_mismatch' }, /Start again/],
  ['an answer nobody asked for', new StrayAnswer(), /Start again/],
  ['something unknown', 'oops', /did not sign you in/],
])('%s is told in words', (_, error, said) => {
  expect(text(error)).toMatch(said)
})

test('what the provider says is shown in one line of text, not all of it', () => {
  const error = { errorCode: 'server_error', errorMessage: `AADSTS50105: not assigned.\u202e\r\nTrace ID: 1` }
  expect(text(error)).toBe('Microsoft did not sign you in. It says: AADSTS50105: not assigned.')
  expect(text({ errorCode: 'server_error', errorMessage: 'x'.repeat(5000) }).length).toBeLessThan(400)
})
