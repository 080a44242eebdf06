import type { FlattenedJWSInput } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSigningKeys, KeysUnavailable } from './signing-keys.ts'
import { newKey, TEST_ENTRA, TestIssuer } from './testing/test-issuer.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const TOKEN = {} as FlattenedJWSInput
/** The library looks at the clock itself. */
const clock = Date.now
let now: number
let issuer: TestIssuer
let keys: ReturnType<typeof createSigningKeys>

beforeEach(() => {
  now = Date.parse('2026-11-23T15:00:00Z')
  Date.now = () => now
  issuer = new TestIssuer()
  keys = createSigningKeys(TEST_ENTRA.keysAddress, () => new Date(now), issuer.fetch)
})
afterEach(() => {
  Date.now = clock
})

const after = (ms: number) => (now += ms)
const find = (kid = 'key-1') => keys({ alg: 'RS256', kid }, TOKEN)
const fail = () => {
  issuer.keys = () => new Response(null, { status: 502 })
}

test('keys are read once in ten minutes', async () => {
  await find()
  after(10 * MINUTE - 1)
  await find()
  expect(issuer.asked).toBe(1)
  after(1)
  await find()
  expect(issuer.asked).toBe(2)
})

test('an unknown key is looked for again, but not more often than every half minute', async () => {
  await find()
  after(30_000)
  for (let n = 0; n < 5; n++) await expect(find('key-9')).rejects.toThrow('no applicable key')
  expect(issuer.asked).toBe(2)
})

test('a new key of the provider is found half a minute later at most', async () => {
  await find()
  const next = newKey()
  issuer.keys = () => Response.json({ keys: [issuer.jwk(), issuer.jwk(next, 'key-2')] })
  after(30_000)
  await expect(find('key-2')).resolves.toBeDefined()
})

test('a key that the provider took back is good for ten more minutes at most', async () => {
  await find()
  issuer.keys = () => Response.json({ keys: [issuer.jwk(newKey(), 'key-2')] })
  after(10 * MINUTE)
  await expect(find()).rejects.toThrow('no applicable key')
})

test('while the provider is away the keys it had last count for a day, and then none', async () => {
  await find()
  fail()
  after(24 * HOUR)
  await expect(find()).resolves.toBeDefined()
  await expect(find('key-9')).rejects.toThrow('no applicable key')
  after(1)
  await expect(find()).rejects.toThrow(KeysUnavailable)
})

test('a provider that is away is asked every half minute, not at every sign-in', async () => {
  fail()
  for (let n = 0; n < 5; n++) await expect(find()).rejects.toThrow(KeysUnavailable)
  expect(issuer.asked).toBe(1)
  issuer.keys = () => Response.json({ keys: [issuer.jwk()] })
  after(30_000)
  await expect(find()).resolves.toBeDefined()
})

test.each([
  ['a page', () => new Response('<html>', { status: 200 })],
  ['another address', () => Response.redirect('https://evil.example/keys', 302)],
  ['no keys', () => Response.json({ keys: 'none' })],
  ['very much', () => new Response(`{"keys":[],"x":"${'x'.repeat(1_100_000)}"}`)],
])('%s instead of the keys changes nothing of those that were read before', async (_, answer) => {
  await find()
  issuer.keys = answer
  after(HOUR)
  await expect(find()).resolves.toBeDefined()
})

test('a key set that holds a secret or a private key gives no key', async () => {
  issuer.keys = () => Response.json({ keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'key-1', alg: 'RS256' }] })
  await expect(find()).rejects.toThrow('no applicable key')
})
