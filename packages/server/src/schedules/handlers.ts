import type { JobWorld } from '../jobs/job-context.ts'
import type { Databases } from '../storage/directory.ts'
import type { Vault } from '../vault/vault.ts'
import { createCutoffHandlers } from './missed-cutoffs.ts'
import { createScheduleHandlers } from './run-schedule.ts'

/** What a clock starts: files of schedules, and the last moment of each file that waits. */
export function createSchedulingHandlers(world: Omit<JobWorld, 'vaultFor'> & { databases: Databases; vault: Vault }) {
  const deps = { ...world, vaultFor: (organizationId: string) => world.vault.forOrganization(organizationId) }
  return { ...createScheduleHandlers(deps), ...createCutoffHandlers(deps) }
}
