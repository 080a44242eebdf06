import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientAddress, readTrustedProxies } from './client-address.ts'

const proxies = readTrustedProxies('X', ['10.0.0.0/24', '2001:db8:ffff::/48', '127.0.0.1'])
const who = (socket: string | undefined, forwarded?: string) => clientAddress(socket, forwarded, proxies)

test('without a proxy of ours the header is nobody’s word', () => {
  expect(who('203.0.113.9', '192.0.2.1')).toBe('203.0.113.9')
  expect(who('203.0.113.9', '10.0.0.1')).toBe('203.0.113.9')
  expect(who('203.0.113.9')).toBe('203.0.113.9')
  expect(who(undefined, '192.0.2.1')).toBeUndefined()
})

test.each([
  ['one proxy', '10.0.0.1', '192.0.2.1', '192.0.2.1'],
  ['two proxies', '10.0.0.1', '192.0.2.1, 10.0.0.2', '192.0.2.1'],
  ['what the client made up', '10.0.0.1', '198.51.100.1, 192.0.2.1', '192.0.2.1'],
  ['a made-up proxy of ours', '10.0.0.1', '198.51.100.1, 10.0.0.9, 192.0.2.1, 10.0.0.2', '192.0.2.1'],
  ['a proxy that says nothing', '10.0.0.1', undefined, '10.0.0.1'],
  ['a chain of ours alone', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['no address', '10.0.0.1', '192.0.2.1, unknown', '10.0.0.1'],
  ['no address behind a second proxy', '10.0.0.1', '_hidden, 10.0.0.2', '10.0.0.2'],
  ['nothing between commas', '10.0.0.1', '192.0.2.1,, ', '10.0.0.1'],
  ['a port', '10.0.0.1', '192.0.2.1:5123', '192.0.2.1'],
  ['IPv6 with a port', '10.0.0.1', '[2001:db8::1]:5123', '2001:db8::1'],
  ['IPv6', '2001:db8:ffff::1', '2001:db8::7', '2001:db8::7'],
  ['an IPv4 address as IPv6', '::ffff:10.0.0.1', '::ffff:192.0.2.1', '192.0.2.1'],
  ['a number that programs read as an address', '10.0.0.1', '3232235777', '10.0.0.1'],
  ['an octal address', '10.0.0.1', '0300.0250.0.1', '10.0.0.1'],
])('%s', (_, socket, forwarded, expected) => {
  expect(who(socket, forwarded)).toBe(expected)
})

test('whatever the client sends before what our proxy adds, it is who our proxy saw', () => {
  const invented = fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('10.0.0.7'), fc.string()), { maxLength: 40 })
  fc.assert(
    fc.property(invented, (words) => {
      const sent = words.map((word) => word.replaceAll(',', '')).join(', ')
      expect(who('10.0.0.1', `${sent}, 203.0.113.5`)).toBe('203.0.113.5')
    }),
  )
})

test('a very long chain is read at its end only', () => {
  expect(who('10.0.0.1', `192.0.2.1, ${Array.from({ length: 10_000 }, () => '10.0.0.2').join(', ')}`)).toBe('10.0.0.2')
})

test.each([
  '0.0.0.0/0',
  '10.0.0.0/4',
  '::/0',
  '2001::/8',
  '10.0.0.0/33',
  'proxy.example.com',
  '10.0.0',
  'fe80::1%eth0/64',
])('%s is no network to trust', (network) => {
  expect(() => readTrustedProxies('FISTWORKS_TRUSTED_PROXIES', [network])).toThrow('FISTWORKS_TRUSTED_PROXIES')
})
