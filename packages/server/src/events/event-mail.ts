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
  const things = rows
    .slice(0, NAMED)
    .map(thingWords)
    .filter((words) => words !== '')
  if (rows.length > NAMED) things.push(`and ${rows.length - NAMED} more`)
  return { type, count: rows.length, things: things.join('\n'), page: pageOf(type, rows) }
}

/** The page of the thing; of several things the list they are in. */
function pageOf(type: EventType, rows: readonly EventRow[]): string {
  const pages = new Set(rows.map((row) => NOTICES[type]?.page(row) ?? '/'))
  const [first = '/'] = pages
  return pages.size === 1 ? first : `/${first.split('/')[1] ?? ''}`
}

/** “Payroll”, 12 payments, $1,200.00: the reason. */
function thingWords({ about, objectType }: EventRow): string {
  const text = (key: string) => (typeof about[key] === 'string' ? oneLine(about[key]) : '')
  const cents = sumOf([about['creditCents'], about['debitCents'], about['amountCents']])
  const count = objectType === 'achFile' ? Number(about['count'] ?? 0) : 0
  const parts = [
    text('name') === '' ? '' : `“${text('name')}”`,
    text('code'),
    count > 0 ? `${count} ${count === 1 ? 'payment' : 'payments'}` : '',
    cents > 0 ? formatCents(cents) : '',
    text('dueAt') === '' ? '' : `by ${text('dueAt').slice(0, 10)}`,
  ].filter((part) => part !== '')
  const what = parts.join(', ')
  const reason =
    typeof about['reason'] === 'string'
      ? about['reason'].replaceAll(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ').slice(0, 300)
      : ''
  return [what, reason].filter((part) => part !== '').join(': ')
}

const sumOf = (values: readonly unknown[]) => values.reduce<number>((sum, value) => sum + Number(value ?? 0), 0)

/** Tells somebody of the organization what has happened. */
export const EVENT_MAIL = userMail<NoticeData>('event', async ({ type, count, things, page }, desk) => {
  const notice = NOTICES[type]
  const organization = await accessStore(desk.control.read).organization(desk.owner)
  const name = organization?.name ?? 'your organization'
  const { one = '', many = '', says = '' } = notice ?? {}
  const named = things === '' ? one : `${one}: ${things}`
  const subject = count === 1 ? named : `${count} ${many}`
  return {
    subject: `${oneLine(subject)} (${oneLine(name).slice(0, 40)})`,
    text: `${name}\n\n${count === 1 ? one : `${count} ${many}`}:\n${things}\n\n${says}\n\n${desk.publicOrigin}${page}`,
  }
})
