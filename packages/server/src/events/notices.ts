import type { EventType, Scope } from '@fistworks/contract'
import type { EventRow } from './table.ts'

/** Who is told of an event by mail, and in which words. */
export interface Notice {
  /** Members whose role has this permission. */
  to?: Scope
  /** Whoever wrote the file it is about: told too, alone, or not even when the permission is theirs. */
  authors?: 'also' | 'only' | 'never'
  /** The subject for one; its name stands after it. */
  one: string
  /** The subject for several, after their number. */
  many: string
  /** What it means and what to do. */
  says: string
  /** The page of the portal to look at. */
  page: (event: Pick<EventRow, 'objectId' | 'about'>) => string
  /** Such events come in numbers: they are collected for so long, and told in one mail. */
  collectMs?: number
}

const COLLECT_MS = 60_000

const payment: Notice['page'] = ({ objectId, about }) => {
  const id = about['achFileId'] ?? objectId
  return typeof id === 'string' && id.startsWith('ach_') ? `/payments/${id}` : '/payments'
}
const at = (path: string) => () => path
const connection: Notice['page'] = ({ objectId }) => `/bank-connections/${objectId}`

const senders = { to: 'ach-files:submit', authors: 'also', page: payment } as const
const authors = { authors: 'only', page: payment } as const
const banks = { to: 'bank-connections:write', page: connection } as const
const oneReturn: Notice['page'] = ({ objectId }) => (objectId.startsWith('ret_') ? `/returns/${objectId}` : '/returns')
const returns = { to: 'returns:write', page: oneReturn, collectMs: COLLECT_MS } as const
const corrections = { ...returns, page: at('/returns/corrections') } as const
const schedule: Notice['page'] = ({ objectId }) => `/schedules/${objectId}`
const schedules = { to: 'schedules:write', page: schedule } as const

/** For each type of event the mail that tells of it; `null` for what goes as it should, which nobody is mailed. */
export const NOTICES: Readonly<Record<EventType, Notice | null>> = {
  'achFile.approvalRequested': {
    to: 'ach-files:approve',
    authors: 'never',
    page: payment,
    one: 'Approval needed',
    many: 'payment files need your approval',
    says: 'Look at who is paid how much, and approve it or reject it. Nothing is sent before that.',
  },
  'achFile.approved': {
    ...authors,
    one: 'Approved',
    many: 'of your payment files were approved',
    says: 'It can be sent to the bank.',
  },
  'achFile.rejected': {
    ...authors,
    one: 'Not approved',
    many: 'of your payment files were not approved',
    says: 'It is a draft again: change it, or cancel it.',
  },
  'achFile.approvalExpired': {
    ...authors,
    one: 'Nobody decided in time',
    many: 'of your payment files were not decided about in time',
    says: 'It is a draft again. Look at its dates and ask for approval anew.',
  },
  'achFile.submitted': null,
  'achFile.canceled': null,
  'achFile.reversed': {
    ...senders,
    one: 'Reversed',
    many: 'payment files were reversed',
    says: 'A file that takes the payments back was made. It needs approval like any other.',
  },
  'submission.delivered': null,
  'submission.acknowledged': null,
  'submission.rejectedByBank': {
    ...senders,
    one: 'The bank rejected a file',
    many: 'files were rejected by the bank',
    says: 'Nothing of it was paid. Look at the reason, and call the bank if it is not clear.',
  },
  'submission.failed': {
    ...senders,
    one: 'A file was not delivered',
    many: 'files were not delivered',
    says: 'The bank does not have it. Somebody must look at the reason and try again, or the payments will not be made.',
  },
  'submission.unknown': {
    ...senders,
    one: 'It is not known whether the bank has a file',
    many: 'files: it is not known whether the bank has them',
    says: 'It is not sent again by itself, so that nobody is paid twice. Ask the bank, and say in the portal what it answered.',
  },
  'submission.resolutionProposed': {
    to: 'submissions:resolve',
    authors: 'never',
    page: payment,
    one: 'A second person must confirm what the bank said',
    many: 'answers of the bank must be confirmed by a second person',
    says: 'Ask the bank yourself before you confirm.',
  },
  'submission.resolved': {
    ...senders,
    one: 'Settled with the bank',
    many: 'deliveries were settled with the bank',
    says: 'The bank has acknowledged it, or two people have said what the bank answered.',
  },
  'submission.canceled': {
    ...authors,
    one: 'Sending was canceled',
    many: 'of your files were canceled before they were sent',
    says: 'The bank gets nothing of it.',
  },
  'submission.cutoffMissed': {
    ...senders,
    one: 'A cutoff of the bank was missed',
    many: 'files missed the cutoff of the bank',
    says: 'It was not sent late by itself. Look at its dates, and send it later on purpose or make it anew.',
  },
  'deliveries.stopped': {
    to: 'deliveries:stop',
    page: at('/payments'),
    one: 'All deliveries to banks are stopped',
    many: 'stops of deliveries to banks',
    says: 'Nothing is sent until somebody who may do so lets it go on.',
  },
  'deliveries.resumed': {
    to: 'deliveries:stop',
    page: at('/payments'),
    one: 'Deliveries to banks go on',
    many: 'times deliveries to banks were let go on',
    says: 'What waited is sent now, unless its time is over.',
  },
  'bankConnection.hostKeyChanged': {
    ...banks,
    one: 'The server of a bank shows another key',
    many: 'servers of banks show another key',
    says: 'Nothing is sent there. Call the bank under a number you know, and compare the new key before you accept it.',
  },
  'bankConnection.unreachable': {
    ...banks,
    one: 'A bank cannot be reached',
    many: 'banks cannot be reached',
    says: 'It is tried again by itself. Files wait until then.',
  },
  'bankConnection.reachable': {
    ...banks,
    one: 'A bank can be reached again',
    many: 'banks can be reached again',
    says: 'What waited is sent now, unless its time is over.',
  },
  'bankConnection.legacyAlgorithmsEnding': {
    ...banks,
    one: 'A permission for old encryption ends soon',
    many: 'permissions for old encryption end soon',
    says: 'Ask the bank whether its server takes current encryption. After the end the connection does not work.',
  },
  'bankConnection.answersChanged': {
    ...banks,
    one: 'Where answers of a bank are looked for was changed',
    many: 'changes of where answers of banks are looked for',
    says: 'If nobody told you of it, ask who did it and why: returns and rejections could stay unseen.',
  },
  'schedule.fileCreated': {
    ...schedules,
    page: payment,
    one: 'A schedule has made a payment file',
    many: 'payment files were made by schedules',
    says: 'Look at it, and ask for approval if the schedule does not.',
    collectMs: COLLECT_MS,
  },
  'schedule.failed': {
    ...schedules,
    one: 'A schedule could not make its payment file',
    many: 'schedules could not make their payment file',
    says: 'Look at the reason: without a file nothing is paid.',
  },
  'schedule.ended': {
    ...schedules,
    one: 'A schedule has ended',
    many: 'schedules have ended',
    says: 'It makes no more payment files.',
  },
  'inboundFile.received': null,
  'inboundFile.notUnderstood': {
    ...returns,
    page: at('/returns/files'),
    one: 'A file of the bank was not understood',
    many: 'files of the bank were not understood',
    says: 'It is kept as it came. Look at it: it may hold returns.',
  },
  'return.received': {
    ...returns,
    one: 'A payment came back',
    many: 'payments came back',
    says: 'Look at the reason and at what can be done, and until when.',
  },
  'return.unmatched': {
    ...returns,
    one: 'A return fits no payment',
    many: 'returns fit no payment',
    says: 'Look at it with the bank: the payment may have been made elsewhere.',
  },
  'return.retried': null,
  'correction.received': {
    ...corrections,
    one: 'A bank asks for a correction',
    many: 'corrections were asked for by banks',
    says: 'Change the account of the recipient as the bank says, within six banking days.',
  },
  'correction.applied': null,
  'correction.dueSoon': {
    ...corrections,
    one: 'A correction must be made soon',
    many: 'corrections must be made soon',
    says: 'After the day that is named the rules of the network are broken.',
  },
  'correction.overdue': {
    ...corrections,
    one: 'A correction is overdue',
    many: 'corrections are overdue',
    says: 'Make it before the account is paid or charged again.',
  },
  'returnRate.warning': {
    ...returns,
    page: at('/returns/rates'),
    one: 'Many debits come back',
    many: 'warnings that many debits come back',
    says: 'Banks and the network end the service of those who pass the limit. Look at why they come back.',
  },
  'webhookEndpoint.disabled': {
    to: 'webhooks:write',
    page: at('/webhooks'),
    one: 'A webhook endpoint was disabled',
    many: 'webhook endpoints were disabled',
    says: 'Your systems are not told of anything there. Mend it, enable it, and send anew what it missed.',
  },
  'webhookEndpoint.tested': null,
}
