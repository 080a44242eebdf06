import { expect, test } from 'vitest'
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
