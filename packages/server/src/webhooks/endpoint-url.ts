import { isIP } from 'node:net'
import { isAddressAllowed } from '../banks/address-guard.ts'

/** Loopback, for whoever tries webhooks on their own machine; never in live mode. */
const LOOPBACK = ['127.0.0.0/8', '::1/128']

export interface WebhookPolicy {
  /** Whether endpoints may be on this very machine, at any port and without TLS. */
  isLoopbackAllowed: boolean
}

/** Private ranges that are open under this policy. */
export const openRanges = ({ isLoopbackAllowed }: WebhookPolicy): readonly string[] =>
  isLoopbackAllowed ? LOOPBACK : []

export const isLoopback = (address: string) => isAddressAllowed(address, LOOPBACK) && !isAddressAllowed(address, [])

/** The name or address of a URL, an address without its brackets. */
export const hostOf = ({ hostname }: URL) => (hostname.startsWith('[') ? hostname.slice(1, -1) : hostname)

export const isLocalName = (host: string) => host === 'localhost' || host.endsWith('.localhost')

/** What is wrong with the address of an endpoint, as far as it can be told without asking the internet; `null` for nothing. */
export function urlProblem(text: string, policy: WebhookPolicy): string | null {
  if (!URL.canParse(text)) return 'must be an address like https://books.example.com/webhooks'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password'
  const host = hostOf(url)
  const isHere = isLocalName(host) || (isIP(host) !== 0 && isLoopback(host))
  if (policy.isLoopbackAllowed && isHere) return null
  if (url.protocol !== 'https:') return 'must begin with https://'
  if (url.port !== '') return 'must be on port 443, the one of https'
  if (isHere || (isIP(host) !== 0 && !isAddressAllowed(host, []))) return 'must be at a public internet address'
  return null
}
