import { MACHINE_SCOPES } from '@fistworks/contract'
import { accessWriter } from '../access/access-store.ts'
import { makeToken, TOKEN_PREFIXES } from '../access/token.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import type { Config } from '../config.ts'
import { newId } from '../new-id.ts'
import { openDatabases } from '../storage/directory.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { platforms } from '../storage/table.ts'
import type { Tx } from '../storage/transaction.ts'

const KEY_DAYS = 365

/** Adds an accounting product and its first API key. @returns the key, which is never readable again */
export async function addPlatform(
  tx: Tx,
  mode: Config['mode'],
  name: string,
  now: Date,
): Promise<{ platformId: string; apiKey: string }> {
  const platformId = newId('plt', now)
  const keyId = newId('key', now)
  const prefix = mode === 'live' ? TOKEN_PREFIXES.liveKey : TOKEN_PREFIXES.testKey
  const { token, secretHash } = makeToken(prefix, keyId.slice('key_'.length))
  const expiresAt = new Date(now.getTime() + KEY_DAYS * 86_400_000).toISOString()
  const createdAt = now.toISOString()
  await tx.insert(platforms).values({ id: platformId, name, createdAt })
  const key = {
    id: keyId,
    platformId,
    name: `${name} back end`,
    scopes: [...MACHINE_SCOPES],
    secretHash,
    createdAt,
    expiresAt,
  }
  await onBehalfOf(platformId, () => accessWriter(tx).addApiKey(key))
  await onBehalfOf(platformId, () =>
    appendControlAuditEvent(tx, platformId, now, {
      action: 'platform.created',
      actor: { type: 'system', id: 'command-line' },
      via: { type: 'commandLine', id: null },
      targetType: 'platform',
      targetId: platformId,
      outcome: 'succeeded',
      requestId: null,
      data: { name, apiKey: keyId, expiresAt },
    }),
  )
  return { platformId, apiKey: token }
}

/** The same from the command line; the server must not be running on this data folder. */
export async function createPlatform(config: Config, name: string): Promise<string> {
  const databases = await openDatabases({
    dataFolder: config.dataFolder,
    servers: config.databases,
    isGuarded: config.isSqlGuarded,
  })
  try {
    const { apiKey } = await databases.control.write((tx) => addPlatform(tx, config.mode, name, new Date()))
    return apiKey
  } finally {
    await databases.close()
  }
}
