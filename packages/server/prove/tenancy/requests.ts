import type { Described } from './described.ts'
import { accountOf, connectionOf, endpointOf, fileOf, recipientOf, scheduleOf, templateOf } from './things.ts'
import { type Ids, UNKNOWN } from './world.ts'

/** One call of an operation that is about these ids. */
export interface Request {
  method: string
  path: string
  body: unknown
}

const ID_OF: Record<string, (ids: Ids) => string> = {
  organizations: (ids) => ids.organization,
  platforms: (ids) => ids.platform,
  'api-keys': (ids) => ids.apiKey,
  'embed-sessions': (ids) => ids.embedSession,
  'access-reviews': (ids) => ids.accessReview,
  members: (ids) => ids.member,
  invitations: (ids) => ids.invitation,
  'bank-connections': (ids) => ids.bankConnection,
  'bank-accounts': (ids) => ids.bankAccount,
  recipients: (ids) => ids.recipient,
  'ach-files': (ids) => ids.achFile,
  submissions: (ids) => ids.submission,
  'inbound-files': (ids) => ids.inboundFile,
  returns: (ids) => ids.return,
  corrections: (ids) => ids.correction,
  'webhook-endpoints': (ids) => ids.webhookEndpoint,
  'webhook-deliveries': (ids) => ids.webhookDelivery,
  templates: (ids) => ids.template,
  schedules: (ids) => ids.schedule,
  session: () => 'pky_01m7yrd1hcechv6nb2ne0f5e97',
}

const version = { version: 1 }
let count = 0

/** A valid body of each operation that takes one. */
const BODIES: Record<string, (ids: Ids) => object> = {
  'organizations.create': () => ({ name: 'Another company' }),
  'organizations.close': () => ({ name: 'not its name' }),
  'accessReviews.decide': (ids) => ({ subjectId: ids.member, decision: 'confirmed' }),
  'accessReviews.configure': () => ({ everyDays: 90 }),
  'members.changeRole': () => ({ role: 'viewer' }),
  'invitations.create': () => ({ email: `new${++count}@example.com`, role: 'viewer' }),
  'invitations.createFirstOwner': () => ({ email: 'owner-of-all@example.com' }),
  'platforms.create': () => ({ name: 'Another product' }),
  'platforms.update': () => ({ name: 'changed' }),
  'platforms.inviteAdministrator': () => ({ email: 'nobody@example.com' }),
  'platforms.removeAdministrator': () => ({ email: 'nobody@example.com' }),
  'apiKeys.create': () => ({ name: 'new', scopes: ['recipients:read'] }),
  'apiKeys.rotate': () => ({}),
  'embedSessions.create': () => ({
    endUser: { externalId: 'u', name: 'U' },
    components: { recipients: { features: [] } },
    allowedOrigins: ['https://books.example'],
  }),
  'embedSession.raise': (ids) => ({ embedSessionId: ids.embedSession, secretHash: '0'.repeat(64) }),
  'bankConnections.create': () => connectionOf('new'),
  'bankConnections.update': () => ({ name: 'changed' }),
  'bankConnections.makeNextKey': () => ({ use: 'signIn' }),
  'bankConnections.useNextKey': () => ({ use: 'signIn' }),
  'bankConnections.scanHostKey': () => ({ host: '127.0.0.1', port: 22 }),
  'bankAccounts.create': (ids) => accountOf('new', ids),
  'bankAccounts.update': () => ({ name: 'changed' }),
  'recipients.create': () => recipientOf('new', String(++count).padStart(4, '0')),
  'recipients.update': () => ({ name: 'changed' }),
  'recipients.reveal': () => ({ purpose: 'verifyWithPayee' }),
  'approvalPolicy.update': () => ({ version: 99, rules: [{ fromCents: 0, approvals: 1 }], expiresAfterDays: 7 }),
  'approvalPolicy.confirm': () => ({ number: 99 }),
  'approvalPolicy.discard': () => ({ number: 99 }),
  'achFiles.create': (ids) => fileOf('new', ids),
  'achFiles.update': () => ({ ...version, name: 'changed' }),
  'achFiles.addEntries': (ids) => ({
    ...version,
    batchId: 'bat_01m7yrd1hcechv6nb2ne0f5e97',
    entries: [{ recipientId: ids.recipient, amountCents: 100 }],
  }),
  'achFiles.requestApproval': () => version,
  'achFiles.approve': () => version,
  'achFiles.reject': () => ({ ...version, reason: 'no' }),
  'achFiles.withdrawApproval': () => version,
  'achFiles.submit': () => version,
  'achFiles.reverse': () => ({ ...version, reason: 'duplicate', discoveredAt: '2026-11-23T15:00:00Z' }),
  'achFiles.cancel': () => version,
  'submissions.retry': () => ({}),
  'templates.create': (ids) => templateOf('new', ids),
  'templates.update': () => ({ ...version, name: 'changed' }),
  'templates.archive': () => version,
  'templates.use': () => ({ effectiveDate: '2026-11-25' }),
  'schedules.create': (ids) => scheduleOf('new', ids),
  'schedules.update': () => ({ ...version, name: 'changed' }),
  'schedules.confirm': () => version,
  'schedules.pause': () => version,
  'schedules.resume': () => version,
  'schedules.end': () => version,
  'schedules.skip': () => ({ ...version, dueOn: '2027-01-15' }),
  'submissions.resolve': () => ({ outcome: 'delivered', reason: 'the bank said so' }),
  'webhookEndpoints.create': () => endpointOf('new'),
  'webhookEndpoints.update': () => ({ description: 'changed' }),
  'webhookEndpoints.rotateSecret': () => ({ overlapHours: 1 }),
  'webhookEndpoints.redeliverFailed': () => ({ since: '2026-01-01T00:00:00Z' }),
  'submissions.confirmResolution': () => ({ outcome: 'delivered' }),
  'submissions.rejectResolution': () => ({ reason: 'the bank said otherwise' }),
  'deliveries.stop': () => ({ reason: 'something is wrong' }),
  'deliveries.resume': () => ({ reason: 'it is right again' }),
  'inboundFiles.fetch': () => ({}),
  'returns.match': () => ({ entryId: 'ent_01m7yrd1hcechv6nb2ne0f5e9e', reason: 'the bank said so' }),
  'returns.retry': () => ({}),
  'corrections.match': () => ({ entryId: 'ent_01m7yrd1hcechv6nb2ne0f5e9e', reason: 'the bank said so' }),
  'corrections.dismiss': () => ({ reason: 'it is right' }),
  'corrections.updatePolicy': () => ({ apply: 'byPerson' }),
  'auditEvents.export': () => ({ format: 'csv' }),
}

/** Operations whose body names things of the organization. */
const NAMES_THINGS = new Set([
  'bankAccounts.create',
  'achFiles.create',
  'achFiles.addEntries',
  'templates.create',
  'schedules.create',
])

/** Whether a request of this operation names anything that could be another tenant's. */
export const namesThings = (operation: Described) => operation.hasId || NAMES_THINGS.has(operation.id)

/** @throws Error for an operation that nobody has said how to call */
export function requestOf(operation: Described, ids: Ids = UNKNOWN): Request {
  const { id, method, hasId, hasBody, scope } = operation
  const idOf = ID_OF[operation.path.split('/')[2] ?? '']
  if (hasId && idOf === undefined) throw new Error(`Say in prove/tenancy/requests.ts which id ${id} takes.`)
  const bodyOf = BODIES[id]
  if (hasBody && scope !== null && bodyOf === undefined) {
    throw new Error(`Say in prove/tenancy/requests.ts what a valid body of ${id} is.`)
  }
  const body = method === 'GET' ? undefined : (bodyOf?.(ids) ?? {})
  return { method, path: operation.path.replace('{id}', idOf?.(ids) ?? ''), body }
}
