import type { Dated } from './dated.ts'

/** `calendarThenBanking`: the banking day after the last of these calendar days. */
export interface Term {
  readonly count: number
  readonly unit: 'banking' | 'calendar' | 'calendarThenBanking'
}

interface DeadlineRow {
  /** Who does what. */
  readonly subject: string
  /** The day it is counted from. */
  readonly after: string
  readonly edge: 'opening' | 'close' | 'earliest'
  readonly terms: readonly Dated<Term>[]
  readonly note: string | null
  /** What two good sources do not agree on. */
  readonly unconfirmed?: string
}

/** The rules of today where no earlier ones are known. */
const ALWAYS = '1980-01-01'

function since(from: string, count: number, unit: Term['unit']): Dated<Term> {
  return { from, value: { count, unit } }
}

/** Time rules of returns, corrections and what follows (reference 4.1, 6.3). A change of a rule is one more term. */
export const DEADLINES = {
  return2bd: {
    subject: 'The receiving bank returns an entry (frame 2BD)',
    after: 'settlement of the entry',
    edge: 'opening',
    terms: [since(ALWAYS, 2, 'banking')],
    note: null,
  },
  returnRefusedCredit: {
    subject: 'The receiving bank returns a credit that the receiver refuses (R23)',
    after: 'the refusal',
    edge: 'opening',
    terms: [since(ALWAYS, 2, 'banking')],
    note: null,
  },
  return60cd: {
    subject: 'The receiving bank returns an unauthorized debit (frame 60CD)',
    after: 'settlement of the entry',
    edge: 'opening',
    terms: [since(ALWAYS, 60, 'calendarThenBanking')],
    note: null,
  },
  returnAfterStatement: {
    subject: 'The receiving bank returns a debit with a written statement, besides the 60 days',
    after: 'the day it finished checking the signed statement',
    edge: 'opening',
    terms: [since('2024-10-01', 6, 'banking')],
    note: 'Whichever of the two comes first.',
  },
  returnRequest: {
    subject: 'The receiving bank answers a request for return (R06)',
    after: 'the request',
    edge: 'close',
    terms: [since('2025-04-01', 10, 'banking')],
    note: 'An answer is due, not the return.',
  },
  dishonor: {
    subject: 'The originating bank dishonors a return (frame 5BD)',
    after: 'settlement of the return',
    edge: 'close',
    terms: [since(ALWAYS, 5, 'banking')],
    note: 'Sent to the Operator by then. Not for IAT.',
  },
  contest: {
    subject: 'The receiving bank contests or corrects a dishonored return (frame 2BD-D)',
    after: 'settlement of the dishonored return',
    edge: 'close',
    terms: [since(ALWAYS, 2, 'banking')],
    note: null,
  },
  noc: {
    subject: 'The receiving bank sends a notification of change',
    after: 'settlement of the entry',
    edge: 'close',
    terms: [since(ALWAYS, 2, 'banking')],
    note: null,
  },
  nocToOriginator: {
    subject: 'The originating bank tells the originator of a notification of change',
    after: 'settlement of the notification',
    edge: 'close',
    terms: [since(ALWAYS, 2, 'banking')],
    note: null,
  },
  nocApply: {
    subject: 'The originator applies a notification of change',
    after: 'the day it was told',
    edge: 'close',
    terms: [since(ALWAYS, 6, 'banking')],
    note: 'Or before the next entry, whichever is later. Its own choice for single entries.',
  },
  nocRefuse: {
    subject: 'The originating bank refuses a notification of change (C61 to C69)',
    after: 'receipt of the notification',
    edge: 'close',
    terms: [since(ALWAYS, 15, 'calendar')],
    note: 'Not for IAT.',
  },
  acknowledgmentRefuse: {
    subject: 'The receiving bank’s acknowledgment (ACK, ATX) is refused',
    after: 'receipt of the acknowledgment',
    edge: 'close',
    terms: [since(ALWAYS, 15, 'calendar')],
    note: null,
  },
  reversal: {
    subject: 'The originator reverses an erroneous entry or file',
    after: 'settlement of the erroneous entry',
    edge: 'close',
    terms: [since(ALWAYS, 5, 'banking')],
    note: 'With the receiving bank by then, and sent within 24 hours of discovery (`reversalDeadline`).',
    unconfirmed: 'the 24 hours for single entries; they are sure for files',
  },
  prenoteWait: {
    subject: 'The first live entry after a prenote',
    after: 'settlement of the prenote',
    edge: 'earliest',
    terms: [since(ALWAYS, 6, 'banking'), since('2014-09-18', 3, 'banking')],
    note: 'And not before a return or a notification of change of the prenote is dealt with.',
  },
  reinitiation: {
    subject: 'The originator sends a returned entry again (R01, R09, stop payments lifted)',
    after: 'settlement of the original entry',
    edge: 'close',
    terms: [since(ALWAYS, 180, 'calendar')],
    note: null,
    unconfirmed:
      'that a regular next instalment, a new authorization and corrected R03 or R04 data do not count as again',
  },
  correctedEntry: {
    subject: 'The originator sends the corrected entry after R11',
    after: 'settlement of the R11 return',
    edge: 'close',
    terms: [since('2020-04-01', 60, 'calendar')],
    note: null,
  },
  reclamation: {
    subject: 'The originator reclaims payments made after a death',
    after: 'notice of the death',
    edge: 'close',
    terms: [since(ALWAYS, 5, 'banking')],
    note: null,
  },
  proofOfAuthorization: {
    subject: 'The originator gives its bank proof of an authorization',
    after: 'the request',
    edge: 'close',
    terms: [since(ALWAYS, 10, 'banking')],
    note: null,
  },
} as const satisfies Record<string, DeadlineRow>

export type DeadlineKey = keyof typeof DEADLINES
