import { describe, expect, test } from 'vitest'
import { checkedAddress, isAddressAllowed } from './address-guard.ts'
import { BankFault } from './bank-fault.ts'

const refused = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.88.99.1',
  '192.168.0.1',
  '192.168.1.1',
  '192.175.48.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:169.254.169.254',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  'fe80::1%eth0',
  '8.8.8.8%1',
  '',
  'bank.example',
  '1.2.3.4.5',
  '999.1.1.1',
]
const accepted = [
  '8.8.8.8',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
]
/** Spellings that the system's resolver expands to an address of this machine. */
const spellings = [
  '127.1',
  '0x7f.1',
  '0x7f000001',
  '2130706433',
  '017700000001',
  '0',
  '[::1]',
  'localhost',
  '[::ffff:127.0.0.1]',
  '0177.0.0.1',
]

const nothingPrivate = { privateRanges: [], ports: [22, 2222] }

async function codeOf(work: Promise<unknown>): Promise<string> {
  const fault: unknown = await work.catch((error: unknown) => error)
  return fault instanceof BankFault ? fault.code : `no fault: ${String(fault)}`
}

describe('addresses', () => {
  test.each(refused)('%s may not be contacted', (address) => {
    expect(isAddressAllowed(address, [])).toBe(false)
  })
  test.each(accepted)('%s may be contacted', (address) => {
    expect(isAddressAllowed(address, [])).toBe(true)
  })
  test('the table is long enough to mean something', () => {
    expect(refused.length + accepted.length + spellings.length).toBeGreaterThanOrEqual(60)
  })

  test('a range that the operator opened is open, and only that', () => {
    expect(isAddressAllowed('10.1.2.3', ['10.1.0.0/16'])).toBe(true)
    expect(isAddressAllowed('10.2.2.3', ['10.1.0.0/16'])).toBe(false)
    expect(isAddressAllowed('127.0.0.1', ['127.0.0.1/32'])).toBe(true)
    expect(isAddressAllowed('127.0.0.2', ['127.0.0.1/32'])).toBe(false)
    expect(isAddressAllowed('fd00::5', ['fd00::/8'])).toBe(true)
    expect(isAddressAllowed('::ffff:10.1.2.3', ['10.1.0.0/16'])).toBe(false)
  })

  test.each(['169.254.169.254', 'fe80::1', '0.0.0.0', '255.255.255.255', '224.0.0.1', '::'])(
    '%s stays closed even where an operator opens everything',
    (address) => {
      expect(isAddressAllowed(address, ['0.0.0.0/0', '::/0'])).toBe(false)
    },
  )
})

describe('hosts', () => {
  test.each(spellings)('%s is judged by the address it comes to', async (host) => {
    expect(await codeOf(checkedAddress(host, 22, nothingPrivate))).toBe('addressRefused')
  })

  test('one address that is not public refuses the whole name', async () => {
    const resolve = async () => ['8.8.8.8', '10.0.0.1']
    expect(await codeOf(checkedAddress('bank.example', 22, nothingPrivate, resolve))).toBe('addressRefused')
  })

  test('the address that was checked is the one to connect to: a later answer changes nothing', async () => {
    const answers = [['8.8.8.8'], ['127.0.0.1']]
    const resolve = async () => answers.shift() ?? []
    expect(await checkedAddress('bank.example', 22, nothingPrivate, resolve)).toBe('8.8.8.8')
    expect(answers).toHaveLength(1)
    expect(await codeOf(checkedAddress('bank.example', 22, nothingPrivate, resolve))).toBe('addressRefused')
  })

  test('a name without an address is unknown', async () => {
    expect(await codeOf(checkedAddress('bank.example', 22, nothingPrivate, async () => []))).toBe('addressUnknown')
  })

  test('public addresses are contacted on the allowed ports only', async () => {
    const resolve = async () => ['8.8.8.8']
    expect(await codeOf(checkedAddress('bank.example', 25, nothingPrivate, resolve))).toBe('portRefused')
    const mine = { privateRanges: ['127.0.0.1/32'], ports: [] }
    expect(await checkedAddress('sandbox', 40_123, mine, async () => ['127.0.0.1'])).toBe('127.0.0.1')
  })
})
