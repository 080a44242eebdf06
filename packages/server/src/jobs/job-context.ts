import type { Actor, Id } from '@fistworks/contract'
import { appendAuditEvent } from '../audit/audit.ts'
import type { WriteContext } from '../context.ts'
import type { newId } from '../new-id.ts'
import type { Tx } from '../storage/transaction.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import type { Job } from './job.ts'

export interface JobWorld {
  vaultFor(organizationId: string): Promise<OrganizationVault>
  now(): Date
  newId: typeof newId
}

/** What services need when a job calls them: the system acts, and the log names the job. */
export function jobContext(
  world: Pick<JobWorld, 'newId'>,
  given: { job: Job; tx: Tx; vault: OrganizationVault; actor: Actor; now: Date },
): WriteContext {
  const { job, tx, vault, actor, now } = given
  const organizationId = job.organizationId as Id<'org'>
  return {
    organizationId,
    actor,
    isPerson: false,
    requestId: job.id,
    now,
    newId: (prefix) => world.newId(prefix, now),
    vault,
    db: tx,
    audit: (entry) =>
      appendAuditEvent(tx, organizationId, now, {
        ...entry,
        actor,
        via: { type: 'worker', id: job.id },
        outcome: entry.outcome ?? 'succeeded',
        requestId: null,
      }),
  }
}
