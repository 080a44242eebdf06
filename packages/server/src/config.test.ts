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

test('live mode needs the https address it is reached at, and opens no private network by itself', () => {
  expect(() => readConfig('live', {})).toThrow('FISTWORKS_PUBLIC_ORIGIN')
  expect(() => readConfig('live', { FISTWORKS_PUBLIC_ORIGIN: 'http://ach.example.com' })).toThrow('https')
  expect(readConfig('live', live).privateSftpNetworks).toEqual([])
})
