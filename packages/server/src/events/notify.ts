import { type EventType, type Id, ROLE_SCOPES, type Scope } from '@fistworks/contract'
import { withoutMails } from '../accounts/mail-choice.ts'
import { achFileStore } from '../ach-files/store.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import { enqueueMail } from '../mail/mail-job.ts'
import { type MemberRow, memberStore } from '../members/store.ts'
import { ownedBy } from '../storage/owned-by.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import { EVENT_MAIL, noticeData } from './event-mail.ts'
import { NOTICE_JOB } from './notice-job.ts'
import { type Notice, NOTICES } from './notices.ts'
import { eventStore, noteTold, toldUpTo } from './store.ts'
import type { EventRow } from './table.ts'

/** Events that one mail tells of at most; the next job tells of the rest. */
const AT_ONCE = 5_000

interface NoticeDependencies {
  /** The database whose jobs these are. */
  storage: Storage
  control: Storage
  now(): Date
}

/** Does the jobs that tell people of events: one mail for each person and type, whatever the number of events. */
export function createNoticeHandlers(deps: NoticeDependencies) {
  return {
    async [NOTICE_JOB](job: Job, lease: Pick<Lease, 'assertHeld'>): Promise<JobOutcome> {
      const { organizationId } = job
      const { type } = job.payload as { type: EventType }
      const notice = NOTICES[type]
      if (notice === null) return { done: true }
      const all = await memberStore(ownedBy(organizationId, deps.control).read, organizationId).list()
      const ids = all.map(({ id }) => id)
      const doWithout = await withoutMails(deps.control.read, ids, type)
      const members = all.filter(({ id }) => !doWithout.has(id))
      const hasMore = await ownedBy(organizationId, deps.storage).write(async (tx) => {
        await lease.assertHeld(tx)
        return tell(tx, { organizationId, type, notice, members, now: deps.now() })
      })
      return hasMore ? { retryAt: deps.now(), error: 'There are more events to tell of.' } : { done: true }
    },
  }
}

interface Telling {
  organizationId: string
  type: EventType
  notice: Notice
  members: readonly MemberRow[]
  now: Date
}

/** @returns whether there are more events of this type than were told */
async function tell(tx: Tx, { organizationId, type, notice, members, now }: Telling): Promise<boolean> {
  const after = await toldUpTo(tx, organizationId, type)
  const rows = await eventStore(tx, organizationId).list({ type }, after, AT_ONCE)
  const last = rows.at(-1)
  if (last === undefined) return false
  const byPerson = new Map<string, EventRow[]>()
  for (const row of rows) {
    const authors = notice.authors === undefined ? [] : await authorsOf(tx, row)
    for (const { id } of members.filter((member) => isTold(notice, member, authors))) {
      byPerson.set(id, [...(byPerson.get(id) ?? []), row])
    }
  }
  for (const [userId, events] of byPerson) {
    const data = { ...noticeData(type, events), userId }
    const dedupeKey = `${type}:${last.sequence}:${userId}`
    await enqueueMail(tx, EVENT_MAIL, { owner: organizationId, data, dedupeKey, now })
  }
  await noteTold(tx, organizationId, type, last.sequence)
  return rows.length === AT_ONCE
}

function isTold({ to, authors }: Notice, { id, role }: MemberRow, written: readonly string[]): boolean {
  const isAuthor = written.includes(`user:${id}`)
  if (authors === 'only') return isAuthor
  if (authors === 'never' && isAuthor) return false
  const scopes: readonly Scope[] = ROLE_SCOPES[role]
  return (authors === 'also' && isAuthor) || (to !== undefined && scopes.includes(to))
}

/** Who wrote the file that an event is about. */
async function authorsOf(
  tx: Tx,
  { organizationId, objectType, objectId, about }: EventRow,
): Promise<readonly string[]> {
  const id = objectType === 'achFile' ? objectId : about['achFileId']
  if (typeof id !== 'string') return []
  return (await achFileStore(tx, organizationId as Id<'org'>).find(id))?.authors ?? []
}
