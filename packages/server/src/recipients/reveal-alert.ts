import type { Id } from '@fistworks/contract'
import { accessStore } from '../access/access-store.ts'
import type { Job, JobOutcome } from '../jobs/jobs.ts'
import type { Mailer } from '../mail/mailbox.ts'
import { ownedBy } from '../storage/owned-by.ts'
import type { Storage } from '../storage/transaction.ts'

export const MANY_REVEALED_JOB = 'alert.manyRevealed'

/** What a job that tells of many revealed numbers carries. */
export interface ManyRevealed {
  name: string
  count: number
}

export interface RevealAlertDependencies {
  control: Storage
  /** Absent where there is no way to send mail; the audit log tells it there. */
  mailer: Mailer | null
  now(): Date
}

/** Mails the administrators of an organization that one person has looked at many full numbers. */
export function createRevealAlertHandlers(deps: RevealAlertDependencies) {
  return {
    async [MANY_REVEALED_JOB](job: Job): Promise<JobOutcome> {
      const { name, count } = job.payload as ManyRevealed
      const store = accessStore(ownedBy(job.organizationId, deps.control).read)
      const [organization, administrators] = await Promise.all([
        store.organization(job.organizationId),
        store.administratorsOf(job.organizationId as Id<'org'>),
      ])
      const subject = `${name} has looked at ${count} full account numbers`
      const text = `${name} has looked at ${count} full account numbers of ${organization?.name ?? 'your organization'} within 24 hours. The audit log names each, and what it was for. If that is not what you expect, remove the person and call your bank.`
      for (const { email } of administrators) await deps.mailer?.send({ to: email, subject, text, at: deps.now() })
      return { done: true }
    },
  }
}
