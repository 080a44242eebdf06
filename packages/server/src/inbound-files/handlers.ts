import type { Id } from '@fistworks/contract'
import { remindOfCorrection } from '../corrections/reminders.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import { type InboundDependencies, pollBank } from './poll.ts'
import { processInboundFile } from './process.ts'

type Handler = (job: Job, lease: Lease) => Promise<JobOutcome>

/** The work on what banks put down, by kind of job. */
export function createInboundHandlers(
  deps: InboundDependencies,
): Record<'inboundFile.poll' | 'inboundFile.process' | 'correction.remind', Handler> {
  return {
    'inboundFile.poll': (job, lease) => pollBank(deps, job, lease),
    'inboundFile.process': (job, lease) => processAgain(deps, job, lease),
    'correction.remind': (job, lease) => remindOfCorrection(deps, job, lease),
  }
}

async function processAgain(deps: InboundDependencies, job: Job, lease: Lease): Promise<JobOutcome> {
  const { inboundFileId } = job.payload as { inboundFileId: Id<'inb'> }
  const organizationId = job.organizationId as Id<'org'>
  const storage = await deps.databases.tenantOf(organizationId)
  const vault = await deps.vaultFor(organizationId)
  const { now, newId, checkpoint } = deps
  await processInboundFile(
    { storage, vault, organizationId, lease, jobId: job.id, now, newId, checkpoint },
    inboundFileId,
  )
  return { done: true }
}
