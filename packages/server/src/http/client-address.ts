import ipaddr from 'ipaddr.js'

/** Networks of proxies that are ours, checked at the start. */
export interface TrustedProxies {
  /** Whether this address is a proxy of ours. */
  has(address: string): boolean
}

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]

/** @throws Error that names what is no network, or one so wide that anybody could be in it */
export function readTrustedProxies(setting: string, networks: readonly string[]): TrustedProxies {
  const trusted = networks.map((text) => networkOf(setting, text))
  return {
    has: (address) => {
      if (!ipaddr.isValid(address)) return false
      const at = ipaddr.process(address)
      return trusted.some(([network, bits]) => network.kind() === at.kind() && at.match(network, bits))
    },
  }
}

function networkOf(setting: string, text: string): Network {
  const whole = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`
  const isNetwork = text.includes(':')
    ? ipaddr.IPv6.isValidCIDR(whole) && !text.includes('%')
    : ipaddr.IPv4.isValidCIDRFourPartDecimal(whole)
  if (!isNetwork) {
    throw new Error(`${setting} must be addresses or networks like 10.0.0.0/24 with commas between, not ${text}`)
  }
  const [network, bits] = ipaddr.parseCIDR(whole)
  const least = network.kind() === 'ipv4' ? 8 : 16
  if (bits >= least) return [network, bits]
  throw new Error(
    `${setting} names ${text}: in so wide a network anybody could say who they are. Name the proxies alone`,
  )
}

/** A chain of proxies is short; what is longer was made up. */
const MOST_HOPS = 20

/**
 * Who asks. `X-Forwarded-For` is read from the right, each proxy having added whom it was asked by: the first address
 * that is no proxy of ours is the client's, and what stands left of it is the client's own invention. Without a proxy of
 * ours at the socket the header is not looked at.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  proxies: TrustedProxies,
): string | undefined {
  const hops = (forwardedFor ?? '').split(',').slice(-MOST_HOPS)
  let at = plain(socketAddress)
  while (at !== undefined && proxies.has(at)) {
    const next = plain(hops.pop()?.trim())
    if (next === undefined) return at
    at = next
  }
  return at
}

/** `192.0.2.1`, `192.0.2.1:443`, `[2001:db8::1]:443` or `::ffff:192.0.2.1` as one address; `undefined` when it is none. */
function plain(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const bare = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text
  if (!ipaddr.isValid(bare) || (!bare.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(bare))) return undefined
  return ipaddr.process(bare).toString()
}
