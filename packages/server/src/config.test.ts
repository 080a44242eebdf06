import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const live = { FISTWORKS_PUBLIC_ORIGIN: 'https://ach.example.com', FISTWORKS_ALLOW_LOCAL_KEY_FILE: 'yes' }

test.each(['0.0.0.0', '::', '192.168.1.4', 'dev.example.com', '127.0.0.1.example.com'])(
  'development does not listen on %s: its mailbox shows sign-in codes',
  (host) => {
    expect(() => readConfig('development', { FISTWORKS_HOST: host })).toThrow('FISTWORKS_HOST')
    expect(readConfig('live', { ...live, FISTWORKS_HOST: host }).host).toBe(host)
  },
)

test.each(['127.0.0.1', 'localhost', '::1'])('development listens on %s', (host) => {
  expect(readConfig('development', { FISTWORKS_HOST: host }).host).toBe(host)
})

test('proxies are trusted by name alone, and a network that holds everybody is refused', () => {
  expect(readConfig('live', live).trustedProxies.has('127.0.0.1')).toBe(false)
  const { trustedProxies } = readConfig('live', { ...live, FISTWORKS_TRUSTED_PROXIES: '10.1.0.0/16, 2001:db8::5' })
  expect(['10.1.2.3', '2001:db8::5', '10.2.0.1', 'proxy'].map((at) => trustedProxies.has(at))).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(() => readConfig('live', { ...live, FISTWORKS_TRUSTED_PROXIES: '0.0.0.0/0' })).toThrow('anybody')
})

test('webhooks to this machine are opened on purpose, and never in live mode', () => {
  expect(readConfig('development', {}).isWebhookLoopbackAllowed).toBe(false)
  expect(readConfig('development', { FISTWORKS_WEBHOOK_LOOPBACK: 'on' }).isWebhookLoopbackAllowed).toBe(true)
  expect(() => readConfig('live', { ...live, FISTWORKS_WEBHOOK_LOOPBACK: 'on' })).toThrow('cannot be on in live mode')
})

test('live mode needs the https address it is reached at, and opens no private network by itself', () => {
  expect(() => readConfig('live', {})).toThrow('FISTWORKS_PUBLIC_ORIGIN')
  expect(() => readConfig('live', { FISTWORKS_PUBLIC_ORIGIN: 'http://ach.example.com' })).toThrow('https')
  expect(readConfig('live', live).privateSftpNetworks).toEqual([])
})
