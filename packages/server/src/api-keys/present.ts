import type { ApiKey } from '@fistworks/contract'
import type { ApiKeyRow } from './store.ts'

/** A key as people see it: never its secret or the hash of it. */
export function presentApiKey(row: ApiKeyRow): ApiKey {
  return {
    type: 'apiKey',
    id: row.id as ApiKey['id'],
    name: row.name,
    lastFour: row.lastFour,
    scopes: row.scopes as ApiKey['scopes'],
    allowedNetworks: row.allowedNetworks,
    organizationIds: row.onlyOrganizations as ApiKey['organizationIds'],
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    lastUsedAt: row.lastUsedAt,
    replacedBy: row.replacedBy as ApiKey['replacedBy'],
  }
}
