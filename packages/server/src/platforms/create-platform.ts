import { MACHINE_SCOPES, NETWORK_BOUND_SCOPES, type Scope } from '@fistworks/contract'
import { accessStore, accessWriter } from '../access/access-store.ts'
import { apiKeyWriter } from '../api-keys/store.ts'
import { daysAfter, networksOf } from '../api-keys/rules.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import { type Config, keyModeOf } from '../config.ts'
import { newId } from '../new-id.ts'
import { openDatabases } from '../storage/directory.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { platforms } from '../storage/table.ts'
import type { Tx } from '../storage/transaction.ts'
import { platformWriter } from './store.ts'

const KEY_DAYS = 365

/** What may be said of a new platform besides its name. */
export interface NewPlatform {
  /** The e-mail address of the person who looks after it first. */
  administrator?: string | undefined
  /** Networks its key may be used from. */
  networks?: readonly string[] | undefined
}

/**
 * Adds an accounting product and its first API key. In live mode a key without networks has no permission that needs one.
 * @returns the key, which is never readable again
 */
export async function addPlatform(
  tx: Tx,
  mode: Config['mode'],
  name: string,
  now: Date,
  { administrator, networks = [] }: NewPlatform = {},
): Promise<{ platformId: string; apiKey: string }> {
  const platformId = newId('plt', now)
  const keyMode = keyModeOf({ mode })
  const needsNetwork = (scope: Scope) => (NETWORK_BOUND_SCOPES as readonly Scope[]).includes(scope)
  const isOpen = keyMode === 'test' || networks.length > 0
  const scopes = MACHINE_SCOPES.filter((scope) => isOpen || !needsNetwork(scope))
  const createdAt = now.toISOString()
  const draft = {
    id: newId('key', now),
    platformId,
    name: `${name} back end`,
    scopes,
    allowedNetworks: networksOf(keyMode, scopes, networks),
    createdAt,
    expiresAt: daysAfter(now, KEY_DAYS),
  }
  await tx.insert(platforms).values({ id: platformId, name, createdAt })
  return onBehalfOf(platformId, async () => {
    const { row, secret } = await apiKeyWriter(tx, platformId).add(keyMode, draft)
    const userId = administrator === undefined ? null : await userOf(tx, administrator, now)
    if (userId !== null) await platformWriter(tx).addAdministrator(platformId, userId, createdAt)
    await appendControlAuditEvent(tx, platformId, now, {
      action: 'platform.created',
      actor: { type: 'system', id: 'command-line' },
      via: { type: 'commandLine', id: null },
      targetType: 'platform',
      targetId: platformId,
      outcome: 'succeeded',
      requestId: null,
      data: { name, apiKey: row.id, expiresAt: row.expiresAt, ...(userId === null ? {} : { administrator: userId }) },
    })
    return { platformId, apiKey: secret }
  })
}

/** Somebody who is not known yet can sign in with the address from now on. */
async function userOf(tx: Tx, email: string, now: Date): Promise<string> {
  const known = await accessStore(tx).userByEmail(email)
  if (known !== undefined) return known.id
  const id = newId('usr', now)
  await accessWriter(tx).addUser({ id, email, name: email.split('@')[0] ?? email, createdAt: now.toISOString() })
  return id
}

/** The same from the command line; the server must not be running on this data folder. */
export async function createPlatform(config: Config, name: string, more: NewPlatform = {}): Promise<string> {
  const databases = await openDatabases({
    dataFolder: config.dataFolder,
    servers: config.databases,
    isGuarded: config.isSqlGuarded,
  })
  try {
    const add = (tx: Tx) => addPlatform(tx, config.mode, name, new Date(), more)
    return (await databases.control.write(add)).apiKey
  } finally {
    await databases.close()
  }
}
