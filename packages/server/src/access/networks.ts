import ipaddr from 'ipaddr.js'

/** The widest blocks that still say where somebody is; wider ones would allow what a list is there to prevent. */
const WIDEST = { ipv4: 8, ipv6: 32 }

/**
 * A network as it is kept: `203.0.113.0/24`. One address alone is a network of itself.
 * @returns the network, or in `wrong` what is wrong with the text
 */
export function readNetwork(text: string): { network: string } | { wrong: string } {
  const [address = '', bits, ...more] = text.split('/')
  if (more.length > 0 || !/^\d{1,3}$/.test(bits ?? '0') || !isPlainAddress(address)) {
    return { wrong: 'must be a network like 203.0.113.0/24 or 2001:db8::/48' }
  }
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress()) {
    return { wrong: `must be written as IPv4: ${parsed.toIPv4Address().toString()}` }
  }
  const kind = parsed.kind()
  const most = kind === 'ipv4' ? 32 : 128
  const prefix = bits === undefined ? most : Number(bits)
  if (prefix > most) return { wrong: `must end in a number up to /${most}` }
  if (prefix < WIDEST[kind]) return { wrong: `is too wide: name networks of /${WIDEST[kind]} or smaller` }
  const first = networkAddress(parsed, prefix)
  if (first !== parsed.toString()) return { wrong: `must begin with its first address: ${first}/${prefix}` }
  return { network: `${first}/${prefix}` }
}

/** Four decimal parts without leading zeros, or IPv6 without a zone: other forms are read differently by different programs. */
function isPlainAddress(text: string): boolean {
  if (text.includes(':')) return !text.includes('%') && ipaddr.IPv6.isValid(text)
  return ipaddr.IPv4.isValidFourPartDecimal(text) && !/(^|\.)0\d/.test(text)
}

function networkAddress(address: ipaddr.IPv4 | ipaddr.IPv6, prefix: number): string {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, prefix - index * 8))
    return byte & (0xff00 >> kept) & 0xff
  })
  return ipaddr.fromByteArray(bytes).toString()
}

/** Whether an address is in one of these networks; everywhere is allowed when there are none, and nowhere is known to be. */
export function isWithin(address: string | undefined, networks: readonly string[]): boolean {
  if (networks.length === 0) return true
  if (address === undefined || !ipaddr.isValid(address)) return false
  const from = ipaddr.process(address)
  return networks.some((network) => {
    const [first, prefix] = ipaddr.parseCIDR(network)
    return first.kind() === from.kind() && from.match(first, prefix)
  })
}
