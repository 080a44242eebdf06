import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashSecret, makeToken, parseToken, secretMatches, TOKEN_PREFIXES } from './token.ts'

const ID = '01m7yrd1hcechv6nb2ne0f5e99'

test('a token is taken apart into the id and secret it was made of', () => {
  const { token, secretHash } = makeToken(TOKEN_PREFIXES.testKey, ID)
  const parsed = parseToken(TOKEN_PREFIXES.testKey, token)
  expect(parsed?.idSuffix).toBe(ID)
  expect(hashSecret(parsed?.secret ?? '')).toEqual(secretHash)
})

test('two tokens never share a secret', () => {
  expect(makeToken(TOKEN_PREFIXES.embed, ID).token).not.toBe(makeToken(TOKEN_PREFIXES.embed, ID).token)
})

test('a token of another kind is not taken', () => {
  const { token } = makeToken(TOKEN_PREFIXES.liveKey, ID)
  expect(parseToken(TOKEN_PREFIXES.testKey, token)).toBeNull()
})

test('a token of another length is not taken, whatever its checksum', () => {
  for (const body of ['', ID, `${ID}${'A'.repeat(42)}`, `${ID}${'A'.repeat(44)}`]) {
    const text = `${TOKEN_PREFIXES.testKey}${body}`
    const token = `${text}_${crc32(text).toString(16).padStart(8, '0')}`
    expect(parseToken(TOKEN_PREFIXES.testKey, token), token).toBeNull()
  }
})

test('a token has the same form whatever its checksum, so that scanners find it', () => {
  const text = `${TOKEN_PREFIXES.testKey}${ID}`
  for (let n = 0; n < 500; n++) {
    const { token } = makeToken(TOKEN_PREFIXES.testKey, ID)
    expect(token).toMatch(/^fw_test_sk_[0-9a-z]{26}[A-Za-z0-9_-]{43}_[0-9a-f]{8}$/)
    expect(parseToken(TOKEN_PREFIXES.testKey, token)?.secret).toBe(token.slice(text.length, text.length + 43))
  }
})

test('any changed character makes a token invalid', () => {
  const { token, secretHash } = makeToken(TOKEN_PREFIXES.testKey, ID)
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...'aZ0_-x'), (at, character) => {
      fc.pre(token[at] !== character)
      const changed = token.slice(0, at) + character + token.slice(at + 1)
      const parsed = parseToken(TOKEN_PREFIXES.testKey, changed)
      expect(parsed !== null && parsed.idSuffix === ID && secretMatches(parsed.secret, secretHash)).toBe(false)
    }),
  )
})

test('no row never matches, whatever the secret', () => {
  expect(secretMatches('', undefined)).toBe(false)
  expect(secretMatches('x', undefined)).toBe(false)
})
