import type { Actor, ProblemCode } from '@fistworks/contract'
import { actorOf, type Principal, principalKey, viaOf } from '../access/principal.ts'
import { homeOf, RefusedCaller } from '../access/refused-caller.ts'
import type { Standing } from '../access/tenant.ts'
import type { AuditEventInput } from '../audit/audit.ts'
import { type Denial, type Home, SERVER } from '../audit/denials.ts'
import { ProblemError } from '../problem-error.ts'
import { networkOf } from './rate-limits.ts'

/** What is known of a request by the time it is refused. */
export interface Refused {
  now: Date
  requestId: string
  address: string | undefined
  userAgent: string | undefined
  /** It came with a key, a session or a cookie, whatever that was worth. */
  hasCredential: boolean
  principal: Principal | null
  standing: Standing | null
  /** The id in the path. */
  id: string
  /** The organization and the platform that were named. */
  organization: string | undefined
  platform: string | undefined
}

const DENIED: ReadonlySet<ProblemCode> = new Set([
  'unauthenticated',
  'session-expired',
  'forbidden',
  'origin-not-allowed',
  'network-not-allowed',
  'forged-request',
  'person-required',
  'second-person-required',
  'step-up-required',
  'not-found',
])

/** The audit event of a refusal, or `null` where nobody was kept from anything. */
export function denialOf(error: unknown, operation: { id: string }, request: Refused): Denial | null {
  if (!(error instanceof ProblemError) || !DENIED.has(error.code)) return null
  const who = error.cause instanceof RefusedCaller ? error.cause.who : null
  const { principal, now: at } = request
  // A passkey that did not fit leaves an event of its own.
  if (error.code === 'step-up-required' && principal === null) return null
  if (who === null && principal === null && !request.hasCredential && error.code !== 'forged-request') return null
  const isKnown = principal !== null
  const network = networkOf(request.address)
  const caller =
    who ?? (principal === null ? { home: { ownerId: SERVER }, actor: STRANGER, via: undefined } : callerOf(principal))
  const home = placeOf(request.standing) ?? caller.home
  const event: AuditEventInput = {
    // Asking for a passkey is the ordinary way of what needs one, and no attack: it has a name of its own.
    action: who?.action ?? (error.code === 'step-up-required' ? 'access.stepUpAsked' : 'access.denied'),
    actor: caller.actor,
    via: caller.via,
    targetType: 'operation',
    targetId: operation.id,
    outcome: 'denied',
    requestId: request.requestId,
    ip: request.address,
    userAgent: request.userAgent,
    data: { code: error.code, ...(who === null ? {} : { reason: who.reason }), ...askedFor(request) },
  }
  const counted = principal === null ? `${network} ${caller.actor.id}` : principalKey(principal)
  return { home, who: counted, isKnown, at, event }
}

/** What is refused where a caller works stands in the chain of that place. */
function placeOf(standing: Standing | null): Home | null {
  if (standing === null) return null
  if (standing.organizationId !== null) return { organizationId: standing.organizationId }
  return standing.platformId === null ? null : { ownerId: standing.platformId }
}

const STRANGER: Actor = { type: 'anonymous', id: 'unknown' }
const OUR_ID = /^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/

/** Ids as they were sent, where they are ids: what else stands there could be anything. */
function askedFor({ id, organization, platform }: Refused): Record<string, string> {
  return {
    ...(platform !== undefined && OUR_ID.test(platform) ? { platform } : {}),
    ...(OUR_ID.test(id) ? { id } : {}),
    ...(organization !== undefined && OUR_ID.test(organization) ? { organization } : {}),
  }
}

function callerOf(principal: Principal): { home: Home; actor: Actor; via: AuditEventInput['via'] } {
  const home = principal.type === 'user' ? { ownerId: principal.userId } : homeOf(principal)
  return { home, actor: actorOf(principal), via: viaOf(principal) }
}
