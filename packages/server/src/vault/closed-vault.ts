import { createHmac, randomBytes } from 'node:crypto'
import { KeyUnavailable } from './key-provider.ts'
import type { OrganizationVault } from './organization-vault.ts'

/** Cursors of lists that were begun before a restart are refused after it. */
const cursorKey = randomBytes(32)

/**
 * Stands where the keys of an organization were, once it is being closed: nothing is sealed or opened, and asking for it
 * makes no new keys. What is left to read, the audit log, holds nothing sealed.
 */
export function closedVault(organizationId: string): OrganizationVault {
  const refuse = (): never => {
    throw new KeyUnavailable('This organization is closed: its keys are destroyed.')
  }
  return {
    organizationId,
    version: 0,
    seal: refuse,
    open: refuse,
    openText: refuse,
    openingKeys: refuse,
    tooOld: refuse,
    sealingKey: refuse,
    reseal: refuse,
    blindIndex: (purpose, ...parts) =>
      createHmac('sha256', cursorKey)
        .update(JSON.stringify([organizationId, purpose, ...parts]))
        .digest(),
  }
}
