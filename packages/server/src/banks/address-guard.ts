import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import { BankFault } from './bank-fault.ts'

/** Which hosts the server may contact for a tenant. Without an entry nothing but public addresses. */
export interface AddressPolicy {
  /** Ranges opened by name for banks in the own network or for the sandbox, such as `127.0.0.1/32`. Any port is allowed there. */
  privateRanges: readonly string[]
  /** Ports allowed at public addresses. */
  ports: readonly number[]
}

/** Ranges an operator may open. Link-local (cloud metadata), multicast and reserved ones stay closed always. */
const OPENABLE: ReadonlySet<string> = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat'])

export type Lookup = (host: string) => Promise<readonly string[]>

const systemLookup: Lookup = async (host) => (await lookup(host, { all: true })).map(({ address }) => address)

/** Whether this one address may be contacted: addresses are judged, never names or spellings. */
export function isAddressAllowed(address: string, privateRanges: readonly string[]): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() === 'unicast') return true
  return OPENABLE.has(parsed.range()) && privateRanges.some((range) => isWithin(parsed, range))
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, range: string): boolean {
  const [network, bits] = ipaddr.parseCIDR(range)
  return network.kind() === address.kind() && address.match([network, bits] as [ipaddr.IPv4, number])
}

/**
 * Resolves the name once and gives the address to connect to, so that a later answer of DNS changes nothing.
 * One address that is not allowed refuses the whole host.
 * @throws BankFault `addressUnknown`, `addressRefused`, `portRefused`
 */
export async function checkedAddress(
  host: string,
  port: number,
  policy: AddressPolicy,
  resolve: Lookup = systemLookup,
): Promise<string> {
  const addresses = await resolve(withoutBrackets(host)).catch((cause: unknown) => {
    throw new BankFault('addressUnknown', codeOf(cause))
  })
  const first = addresses[0]
  if (first === undefined) throw new BankFault('addressUnknown')
  for (const address of addresses) {
    if (!isAddressAllowed(address, policy.privateRanges)) throw new BankFault('addressRefused')
  }
  const isPublic = addresses.every((address) => isAddressAllowed(address, []))
  if (isPublic && !policy.ports.includes(port)) throw new BankFault('portRefused')
  return first
}

function withoutBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
}

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
}
