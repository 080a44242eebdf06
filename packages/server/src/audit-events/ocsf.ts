import type { AuditEvent } from '@fistworks/contract'

/** Of the Open Cybersecurity Schema Framework. */
const VERSION = '1.6.0'

interface OcsfClass {
  class_uid: number
  class_name: string
  category_uid: number
  category_name: string
}

const IAM = { category_uid: 3, category_name: 'Identity & Access Management' }
const ACCOUNT_CHANGE: OcsfClass = { class_uid: 3001, class_name: 'Account Change', ...IAM }
const AUTHENTICATION: OcsfClass = { class_uid: 3002, class_name: 'Authentication', ...IAM }
const ENTITY_MANAGEMENT: OcsfClass = { class_uid: 3004, class_name: 'Entity Management', ...IAM }
const API_ACTIVITY: OcsfClass = {
  class_uid: 6003,
  class_name: 'API Activity',
  category_uid: 6,
  category_name: 'Application Activity',
}

const KINDS: Readonly<Record<string, OcsfClass>> = {
  member: ACCOUNT_CHANGE,
  apiKey: ACCOUNT_CHANGE,
  user: AUTHENTICATION,
  recipient: ENTITY_MANAGEMENT,
  bankConnection: ENTITY_MANAGEMENT,
  bankAccount: ENTITY_MANAGEMENT,
  organization: ENTITY_MANAGEMENT,
  achFile: ENTITY_MANAGEMENT,
  submission: ENTITY_MANAGEMENT,
}

const OTHER = 99
const SIGN_IN: Readonly<Record<string, number>> = { signedIn: 1, signInFailed: 1, steppedUp: 1, signedOut: 2 }
const ACCOUNT: Readonly<Record<string, number>> = {
  created: 1,
  invited: 1,
  disabled: 5,
  revoked: 5,
  removed: 6,
  passkeyAdded: 10,
  passkeyRemoved: 11,
}
const CHANGE: Readonly<Record<string, number>> = { created: 1, revealed: 2, updated: 3, archived: 4, canceled: 4 }

/** Severities: informational, low, medium. */
const SEVERITY = { succeeded: 1, failed: 2, denied: 3 } as const

/** One event in the shape that security logs share. What the shape has no place for stands under `unmapped`. */
export function ocsfEvent(event: AuditEvent): Record<string, unknown> {
  const [kind = '', verb = ''] = event.action.split('.')
  const of = classOf(kind, verb)
  const activity = activityOf(of, verb)
  const { actor, via, ip, userAgent, requestId, targetType, targetId, outcome } = event
  return {
    ...of,
    activity_id: activity,
    ...(activity === OTHER ? { activity_name: event.action } : {}),
    type_uid: of.class_uid * 100 + activity,
    time: Date.parse(event.at),
    message: event.action,
    severity_id: SEVERITY[outcome],
    status_id: outcome === 'succeeded' ? 1 : 2,
    status_detail: outcome,
    metadata: {
      version: VERSION,
      uid: event.id,
      sequence: event.sequence,
      log_name: event.chain,
      product: { name: 'FISTWorks', vendor_name: 'FISTWorks' },
    },
    actor: {
      user: { uid: actor.id, type: actor.type, ...(actor.name === undefined ? {} : { name: actor.name }) },
      ...(via?.id ? { session: { uid: via.id } } : {}),
    },
    ...(ip === null ? {} : { src_endpoint: { ip } }),
    ...(userAgent === null ? {} : { http_request: { user_agent: userAgent } }),
    ...targetOf(of, { targetType, targetId, requestId }),
    unmapped: { data: event.data, hash: event.hash, via: via?.type ?? null, request_id: requestId },
  }
}

function classOf(kind: string, verb: string): OcsfClass {
  if (verb === 'passkeyAdded' || verb === 'passkeyRemoved') return ACCOUNT_CHANGE
  return KINDS[kind] ?? API_ACTIVITY
}

function activityOf(of: OcsfClass, verb: string): number {
  const known = of === AUTHENTICATION ? SIGN_IN : of === ACCOUNT_CHANGE ? ACCOUNT : CHANGE
  return known[verb] ?? OTHER
}

function targetOf(
  of: OcsfClass,
  { targetType, targetId, requestId }: Pick<AuditEvent, 'targetType' | 'targetId' | 'requestId'>,
): Record<string, unknown> {
  if (of === ENTITY_MANAGEMENT) return { entity: { uid: targetId, type: targetType } }
  if (of === API_ACTIVITY) {
    const request = requestId === null ? {} : { request: { uid: requestId } }
    return { api: { operation: targetId, ...request }, resources: [{ uid: targetId, type: targetType }] }
  }
  return { user: { uid: targetId, type: targetType } }
}
