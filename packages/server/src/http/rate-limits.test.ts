import { expect, onTestFinished, test } from 'vitest'
import { createTestApi } from '../testing/api.ts'
import { networkOf } from './rate-limits.ts'

test.each([
  ['192.0.2.7', '192.0.2.7', true],
  ['192.0.2.7', '192.0.2.8', false],
  ['::ffff:192.0.2.7', '192.0.2.7', true],
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
  ['2001:db8:1:2::1', '2001:0DB8:0001:0002::1', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['fe80::1%eth0', 'fe80::2%eth0', true],
])('%s and %s are one caller: %s', (one, other, areOne) => {
  expect(networkOf(one) === networkOf(other)).toBe(areOne)
})

test('an address that is not known is a caller too', () => {
  expect(networkOf(undefined)).toBe('unknown')
})

test('three hundred requests a minute from one address before it is known who asks; known callers go on', async () => {
  const api = await createTestApi()
  onTestFinished(() => api.close())
  const { apiKey } = await api.addPlatform('Tidewater')
  const paths = ['/v1/organizations', '/v1/nothing', '/v1/session', '/v1/recipients']
  const guess = (n: number) => api.send('GET', paths[n % paths.length] ?? '', { key: `fw_test_sk_${n}` })
  const known = await api.send('GET', '/v1/organizations', { key: apiKey })
  expect(known.headers.get('ratelimit-policy')).toBe('"read";q=1200;w=60')
  expect(known.headers.get('ratelimit')).toBe('"read";r=1199;t=60')
  for (let n = 0; n < 300; n++) expect([401, 404]).toContain((await guess(n)).status)
  const refused = await guess(300)
  expect(refused.status).toBe(429)
  const wait = Number(refused.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(0)
  expect(refused.headers.get('ratelimit-policy')).toBe('"address";q=300;w=60')
  expect(refused.headers.get('ratelimit')).toBe(`"address";r=0;t=${wait}`)
  expect(await refused.json()).toMatchObject({ code: 'rate-limited', retryAfterSeconds: wait })
  api.network.address = '192.0.2.99'
  for (let n = 0; n < 400; n++) expect((await api.send('GET', '/v1/organizations', { key: apiKey })).status).toBe(200)
})

test('a budget belongs to a key and a class: another key and another class have their own', async () => {
  const api = await createTestApi()
  onTestFinished(() => api.close())
  const one = await api.addPlatform('Tidewater')
  const other = await api.addPlatform('Ledgerly')
  const read = (key: string) => api.send('GET', '/v1/organizations', { key })
  for (let n = 0; n < 1200; n++) await read(one.apiKey)
  expect((await read(one.apiKey)).status).toBe(429)
  expect((await read(other.apiKey)).status).toBe(200)
  const body = { name: 'Bakery' }
  const made = await api.send('POST', '/v1/organizations', {
    key: one.apiKey,
    body,
    headers: { 'Idempotency-Key': 'k' },
  })
  expect([made.status, made.headers.get('ratelimit')]).toEqual([201, '"write";r=599;t=60'])
})
