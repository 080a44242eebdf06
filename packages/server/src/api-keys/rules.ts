import { NETWORK_BOUND_SCOPES, type Scope } from '@fistworks/contract'
import { readNetwork } from '../access/networks.ts'
import { LIMITS } from '../limits.ts'
import { invalid, ProblemError } from '../problem-error.ts'

export type KeyMode = 'test' | 'live'

const DAY_MS = 86_400_000

export const daysAfter = (now: Date, days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString()

/**
 * Networks as they are kept.
 * @throws ProblemError `validation-failed` for what is no network, or where these permissions need one and there is none
 */
export function networksOf(mode: KeyMode, scopes: readonly Scope[], texts: readonly string[]): string[] {
  const read = texts.map(readNetwork)
  const wrong = read.flatMap((one, index) =>
    'wrong' in one ? [{ pointer: `/allowedNetworks/${index}`, code: 'network', message: one.wrong }] : [],
  )
  if (wrong.length > 0) throw invalid(wrong)
  const bound = NETWORK_BOUND_SCOPES.find((scope) => scopes.includes(scope))
  if (mode === 'live' && bound !== undefined && texts.length === 0) {
    const message = `must name a network, because the key has the permission ${bound}`
    throw invalid([{ pointer: '/allowedNetworks', code: 'too_small', message }])
  }
  return [...new Set(read.flatMap((one) => ('network' in one ? [one.network] : [])))]
}

/** What takes two people. */
const FOUR_EYES: readonly Scope[] = ['ach-files:approve', 'submissions:resolve']

/**
 * Whoever administers an organization could otherwise make a key, name two end users who do not exist, and approve with
 * one what the other wrote, or confirm with one what the other said of the bank. A platform's key is made by the people of
 * another company, so it may have both.
 * @throws ProblemError `validation-failed`
 */
export function refuseApprovalOfOneself(scopes: readonly Scope[]): void {
  const both = FOUR_EYES.find((scope) => scopes.includes(scope))
  if (!scopes.includes('embed-sessions:write') || both === undefined) return
  const message = `has embed-sessions:write and ${both}, which no key of one organization has together`
  throw invalid([{ pointer: '/scopes', code: 'four_eyes', message }])
}

export function refuseTooMany(open: number): void {
  if (open < LIMITS.apiKeysPerOwner) return
  const detail = `There can be ${LIMITS.apiKeysPerOwner} keys in use at a time. Revoke one that is not needed.`
  throw new ProblemError('limit-exceeded', detail)
}
