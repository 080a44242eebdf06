import type { EventType } from '@fistworks/contract'
import { formatCents } from '@fistworks/contract'
import { accessStore } from '../access/access-store.ts'
import { oneLine, userMail } from '../mail/mail-job.ts'
import { NOTICES } from './notices.ts'
import type { EventRow } from './table.ts'

/** Things that one mail names; of more it tells the number. */
const NAMED = 10

export interface NoticeData extends Record<string, string | number> {
  type: EventType
  count: number
  /** One line for each thing. */
  things: string
  /** The page to look at. */
  page: string
}

/** What one mail about these events says. */
export function noticeData(type: EventType, rows: readonly EventRow[]): NoticeData {
  const [first] = rows
  const page = NOTICES[type]?.page
  const isOne = rows.length === 1
  const things = rows.slice(0, NAMED).map(thingWords)
  if (rows.length > NAMED) things.push(`and ${rows.length - NAMED} more`)
  const list = isOne ? '/payments' : sectionOf(page, first)
  return {
    type,
    count: rows.length,
    things: things.join('\n'),
    page: isOne && first !== undefined && page !== undefined ? page(first) : list,
  }
}

const sectionOf = (page: ((event: EventRow) => string) | undefined, event: EventRow | undefined) =>
  `/${(page === undefined || event === undefined ? '' : page(event)).split('/')[1] ?? ''}`

/** “Payroll”, 12 payments, $1,200.00: the reason. */
function thingWords({ about, objectType }: EventRow): string {
  const text = (key: string) => (typeof about[key] === 'string' ? oneLine(about[key]) : '')
  const cents = Number(about['creditCents'] ?? 0) + Number(about['debitCents'] ?? 0)
  const count = objectType === 'achFile' ? Number(about['count'] ?? 0) : 0
  const parts = [
    text('name') === '' ? '' : `“${text('name')}”`,
    text('code'),
    count > 0 ? `${count} ${count === 1 ? 'payment' : 'payments'}` : '',
    cents > 0 ? formatCents(cents) : '',
    text('dueAt') === '' ? '' : `by ${text('dueAt').slice(0, 10)}`,
  ].filter((part) => part !== '')
  const what = parts.length === 0 ? 'One' : parts.join(', ')
  const reason = typeof about['reason'] === 'string' ? about['reason'].replaceAll(/\s+/g, ' ').slice(0, 300) : ''
  return reason === '' ? what : `${what}: ${reason}`
}

/** Tells somebody of the organization what has happened. */
export const EVENT_MAIL = userMail<NoticeData>('event', async ({ type, count, things, page }, desk) => {
  const notice = NOTICES[type]
  const organization = await accessStore(desk.control.read).organization(desk.owner)
  const name = organization?.name ?? 'your organization'
  const { one = '', many = '', says = '' } = notice ?? {}
  const subject = count === 1 ? `${one}: ${things}` : `${count} ${many}`
  return {
    subject: `${oneLine(subject)} (${oneLine(name).slice(0, 40)})`,
    text: `${name}\n\n${count === 1 ? one : `${count} ${many}`}:\n${things}\n\n${says}\n\n${desk.publicOrigin}${page}`,
  }
})
