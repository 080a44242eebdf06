import type { Id } from '@fistworks/contract'
import { accessStore } from '../access/access-store.ts'
import { enqueueJob, type Job, type JobOutcome, type Lease } from '../jobs/jobs.ts'
import { newId } from '../new-id.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import { ownedBy } from '../storage/owned-by.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import { type Mailer, MailFault } from './mailer.ts'

export const MAIL_JOB = 'mail.send'
export const ADMINISTRATORS_JOB = 'mail.tellAdministrators'

/** What a job may carry: ids and words for a person, never a secret. It lies in clear in the database. */
export type MailData = Readonly<Record<string, string | number | null>>

export interface Letter {
  to: string
  subject: string
  text: string
}

/** What a template may ask while it writes. No transaction is open, and nothing waits for it. */
export interface MailDesk {
  /** Whose job it is: an organization, or in the control plane also a platform or a person. */
  owner: string
  /** The control plane, for the work of this owner. */
  control: Storage
  publicOrigin: string
  now: Date
}

/** A mail that must arrive. */
export interface MailTemplate<D extends MailData = MailData> {
  /** Jobs that wait name it, so it never changes. */
  name: string
  /**
   * Asked at each attempt. A secret for a link is made here, its hash stored and the one before made worthless, so that
   * no job holds one. `null`: there is nothing to send any more.
   */
  write(data: D, desk: MailDesk): Promise<Letter | null>
}

/** A template for a mail to one person of the portal, named by `userId`. */
export function userMail<D extends MailData>(
  name: string,
  write: (data: D, desk: MailDesk) => Omit<Letter, 'to'> | Promise<Omit<Letter, 'to'>>,
): MailTemplate<D & { userId: string }> {
  return {
    name,
    async write(data, desk) {
      const user = await accessStore(desk.control.read).user(data.userId)
      return user === undefined ? null : { to: user.email, ...(await write(data, desk)) }
    },
  }
}

/** Words of people in a subject: no control characters, none that cannot be seen, and short. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 80)
}

export interface MailOrder<D> {
  /** Whose work it is: the organization, or in the control plane also the platform or the person. */
  owner: string
  data: D
  /** A second mail with the same key is not sent. */
  dedupeKey: string
  now: Date
}

/** Some 40 minutes of trying on average: long enough for a mail server that puts strangers off. */
const MAX_ATTEMPTS = 13

/** Sends a mail once the transaction is committed, from whichever database it writes to. */
export function enqueueMail<D extends MailData>(tx: Tx, template: MailTemplate<D>, order: MailOrder<D>): Promise<void> {
  return enqueue(tx, MAIL_JOB, template.name, order)
}

/** The same mail to each administrator that the organization has when the job is done. */
export function enqueueMailToAdministrators<D extends MailData>(
  tx: Tx,
  template: MailTemplate<D & { userId: string }>,
  order: MailOrder<D>,
): Promise<void> {
  return enqueue(tx, ADMINISTRATORS_JOB, template.name, order)
}

function enqueue(tx: Tx, kind: string, template: string, order: MailOrder<MailData>): Promise<void> {
  const { owner, data, dedupeKey, now } = order
  const job = {
    id: newId('job', now),
    organizationId: owner,
    kind,
    payload: { template, data },
    dedupeKey: `${kind}:${template}:${dedupeKey}`,
    runAt: now,
    maxAttempts: MAX_ATTEMPTS,
  }
  return onBehalfOf(owner, () => enqueueJob(tx, job))
}

export interface MailHandlerOptions {
  /** The database whose jobs these are. */
  storage: Storage
  control: Storage
  /** `null` where no mail server is set up: such jobs are given up, and the log tells. */
  mailer: Mailer | null
  templates: readonly MailTemplate[]
  publicOrigin: string
  now(): Date
}

interface MailPayload {
  template: string
  data: MailData
}

/** What does the jobs that `enqueueMail` adds. */
export function createMailHandlers(options: MailHandlerOptions) {
  const { storage, control, mailer, publicOrigin, now } = options
  const templates = new Map(options.templates.map((template) => [template.name, template]))
  return {
    async [MAIL_JOB](job: Job, lease: Pick<Lease, 'assertHeld'>): Promise<JobOutcome> {
      if (mailer === null) return { dead: true, error: 'No mail server is set up (FISTWORKS_MAIL).' }
      const { template, data } = job.payload as MailPayload
      const owner = job.organizationId
      const desk: MailDesk = { owner, control: ownedBy(owner, control), publicOrigin, now: now() }
      const written = await templates.get(template)?.write(data, desk)
      if (written === undefined) return { dead: true, error: `There is no mail ${template}.` }
      if (written === null) return { done: true }
      await lease.assertHeld()
      try {
        await mailer.send({ ...written, at: now(), id: job.id })
        return { done: true }
      } catch (error) {
        if (error instanceof MailFault && error.isFinal) return { dead: true, error: error.message }
        throw error
      }
    },

    async [ADMINISTRATORS_JOB](job: Job): Promise<JobOutcome> {
      const { template, data } = job.payload as MailPayload
      const organizationId = job.organizationId as Id<'org'>
      const people = await accessStore(ownedBy(organizationId, control).read).administratorsOf(organizationId)
      await onBehalfOf(organizationId, () =>
        storage.write(async (tx) => {
          for (const { id: userId } of people) {
            const order = {
              owner: organizationId,
              data: { ...data, userId },
              dedupeKey: `${job.id}:${userId}`,
              now: now(),
            }
            await enqueue(tx, MAIL_JOB, template, order)
          }
        }),
      )
      return { done: true }
    },
  }
}
