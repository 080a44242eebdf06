import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWithin, readNetwork } from './networks.ts'

test.each([
  ['203.0.113.0/24', '203.0.113.0/24'],
  ['203.0.113.7', '203.0.113.7/32'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['2001:DB8::/48', '2001:db8::/48'],
  ['2001:db8::/32', '2001:db8::/32'],
  ['2001:db8::1', '2001:db8::1/128'],
])('%s is kept as %s', (text, network) => {
  expect(readNetwork(text)).toEqual({ network })
})

test.each([
  ['', 'like'],
  ['office', 'like'],
  ['203.0.113.0/24/1', 'like'],
  ['203.0.113', 'like'],
  ['3405803776', 'like'],
  ['0xcb.0.113.0/24', 'like'],
  ['010.0.0.0/8', 'like'],
  ['10.00.0.0/8', 'like'],
  ['fe80::1%eth0', 'like'],
  ['203.0.113.0/33', 'up to /32'],
  ['2001:db8::/129', 'up to /128'],
  ['0.0.0.0/0', 'too wide'],
  ['128.0.0.0/1', 'too wide'],
  ['::/0', 'too wide'],
  ['2000::/3', 'too wide'],
  ['2001:db8::/31', 'too wide'],
  ['10.0.0.0/7', 'too wide'],
  ['203.0.113.7/24', 'must begin with its first address: 203.0.113.0/24'],
  ['10.128.0.0/8', 'must begin with its first address: 10.0.0.0/8'],
  ['2001:db8::1/48', 'must begin with its first address: 2001:db8::/48'],
  ['::ffff:203.0.113.7', 'written as IPv4: 203.0.113.7'],
])('%s is no network: it says %s', (text, why) => {
  expect(readNetwork(text)).toEqual({ wrong: expect.stringContaining(why) })
})

test('an address is in a network when its first bits are the same', () => {
  const office = ['203.0.113.0/25', '2001:db8:7::/48']
  expect(isWithin('203.0.113.0', office)).toBe(true)
  expect(isWithin('203.0.113.127', office)).toBe(true)
  expect(isWithin('203.0.113.128', office)).toBe(false)
  expect(isWithin('203.0.112.255', office)).toBe(false)
  expect(isWithin('2001:db8:7:ffff::1', office)).toBe(true)
  expect(isWithin('2001:db8:8::1', office)).toBe(false)
})

test('an IPv4 address is the same address when the socket shows it as IPv6', () => {
  expect(isWithin('::ffff:203.0.113.5', ['203.0.113.0/24'])).toBe(true)
  expect(isWithin('::ffff:203.0.114.5', ['203.0.113.0/24'])).toBe(false)
})

test('an address that is not known, or none, is in no network', () => {
  for (const address of [undefined, '', 'unknown', '203.0.113.5, 10.0.0.1']) {
    expect(isWithin(address, ['203.0.113.0/24'])).toBe(false)
    expect(isWithin(address, [])).toBe(true)
  }
})

test('every address is in the networks cut from it, and in no other of the same size', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 8, max: 32 }), (mine, other, prefix) => {
      const read = readNetwork(`${mine}/${prefix}`)
      const network = 'network' in read ? read.network : /: (.*)$/.exec(read.wrong)?.[1]
      if (network === undefined) throw new Error('neither a network nor a hint')
      expect(readNetwork(network)).toEqual({ network })
      expect(isWithin(mine, [network])).toBe(true)
      const bits = (text: string) =>
        text
          .split('.')
          .map((part) => Number(part).toString(2).padStart(8, '0'))
          .join('')
      expect(isWithin(other, [network])).toBe(bits(mine).slice(0, prefix) === bits(other).slice(0, prefix))
    }),
  )
})
