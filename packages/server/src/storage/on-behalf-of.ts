import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * The work that belongs to no single organization, each with the tables it may touch. Everything else is refused by the
 * guard unless it runs on behalf of one organization. The list is short on purpose: a test shows who uses it.
 */
export const SYSTEM_WORK = {
  migrate: { tables: 'all', because: 'a migration changes every row of a database' },
  'find-caller': {
    tables: ['api_keys', 'access_tokens', 'embed_sessions', 'embed_raises', 'members'],
    because: 'whose key, session or membership a request shows is how its organization becomes known',
  },
  'list-memberships': { tables: ['members'], because: 'a person is shown all organizations they belong to' },
  'found-organization': {
    tables: ['members', 'control_audit_events'],
    because: 'a person who works nowhere yet becomes the owner of an organization, or looks after a platform',
  },
  'find-invitation': {
    tables: ['invitations'],
    because: 'whose invitation a link or an address shows is how its organization becomes known',
  },
  'close-account': {
    tables: ['members', 'invitations'],
    because: 'a person who goes leaves every organization, and none without an owner',
  },
  'look-after-api-keys': {
    tables: ['api_keys'],
    because: 'when keys were last used, and which end soon, is written and asked for all of them together',
  },
  'members-second-factors': {
    tables: ['authenticator_apps', 'recovery_codes', 'failed_proofs', 'members'],
    because:
      'what a member confirms with is the person’s own; administrators see whether there is any, and take it away where it guards nothing that others decide about',
  },
  'look-after-keys': {
    tables: ['tenant_keys'],
    because: 'a start asks whether there are keys; a new master key wraps the keys of all organizations',
  },
  'sign-audit-log': {
    tables: ['audit_events', 'control_audit_events'],
    because: 'a checkpoint is over the log of a whole database; only hashes are read',
  },
  'show-audit-trail': {
    tables: ['control_audit_events', 'members'],
    because: 'the sign-ins of the members of an organization stand in the chains of these people',
  },
  'poll-banks': {
    tables: ['bank_connections', 'inbound_polls'],
    because: 'which return directories are to be looked at now is asked of all organizations together',
  },
  'prune-jobs': { tables: ['jobs'], because: 'what was done long ago goes, whoever it was done for' },
  'prune-ended': {
    tables: [
      'webhook_deliveries',
      'webhook_attempts',
      'idempotency_keys',
      'embed_sessions',
      'embed_raises',
      'access_tokens',
    ],
    because: 'what came to its end long ago goes, whosever it was',
  },
  'claim-job': { tables: ['jobs'], because: 'one queue per database: the job that was claimed names its organization' },
} as const satisfies Record<string, { tables: 'all' | readonly string[]; because: string }>

export type SystemReason = keyof typeof SYSTEM_WORK

/** For whom the code that runs now works. */
export interface Work {
  /** An organization; in the control plane also a platform or a user. */
  owner: string | null
  reason: SystemReason | null
}

const NOBODY: Work = { owner: null, reason: null }
const current = new AsyncLocalStorage<Work>()

/** For whom the code that runs now works. */
export function workUnderWay(): Work {
  return current.getStore() ?? NOBODY
}

/**
 * Runs `work` for one organization (in the control plane also for a platform or a user): its statements must name this
 * owner in every table of tenants they touch. Work for one owner cannot begin work for another.
 */
export function onBehalfOf<T>(owner: string, work: () => PromiseLike<T> | T): Promise<T> {
  const outer = workUnderWay().owner
  if (outer !== null && outer !== owner) {
    throw new Error(`Work on behalf of ${outer} cannot go on on behalf of ${owner}.`)
  }
  return current.run({ owner, reason: null }, async () => await work())
}

/** Runs `work` over all organizations, in the tables that its reason names. */
export function acrossTenants<T>(reason: SystemReason, work: () => PromiseLike<T> | T): Promise<T> {
  return current.run({ owner: workUnderWay().owner, reason }, async () => await work())
}

/** Whether the work under way is one that may touch this table whoever the rows belong to. */
export function isSystemWorkOn(reason: SystemReason | null, table: string): boolean {
  if (reason === null) return false
  const { tables } = SYSTEM_WORK[reason]
  return tables === 'all' || (tables as readonly string[]).includes(table)
}
