import { type ChangeKind, RETIRED_CHANGE_CODES } from './change-code-kind.ts'
import type { CivilDate } from './civil-date.ts'

export interface ChangeCode {
  /** 'C01'. */
  readonly code: string
  readonly kind: ChangeKind
  /** What was wrong, in words for a treasurer. */
  readonly reason: string
  /** What to do about it. */
  readonly advice: string
  /** Where it may stand: `notOutboundIat` everywhere but on an IAT that goes abroad. */
  readonly iat: 'yes' | 'only' | 'notOutboundIat' | 'no'
  readonly by: 'rdfi' | 'gateway' | 'odfi'
  /** Since this day it is not sent any more, only read; null: in use. */
  readonly withdrawnOn: CivilDate | null
  readonly notes: readonly string[]
}

type Given = Pick<ChangeCode, 'reason' | 'advice'> & Partial<ChangeCode>

const CHANGES: Readonly<Record<string, Given>> = {
  C01: { reason: 'The account number is wrong.', advice: 'Use the account number given.' },
  C02: { reason: 'The routing number is wrong.', advice: 'Use the routing number given.' },
  C03: {
    reason: 'The routing and the account number are wrong.',
    advice: 'Use both as given.',
    iat: 'notOutboundIat',
  },
  C04: {
    reason: 'The name is wrong.',
    advice: 'Use the name given.',
    withdrawnOn: '2015-03-20',
  },
  C05: {
    reason: 'The kind of account is wrong: savings for checking or the other way round.',
    advice: 'Use the kind of account given.',
  },
  C06: {
    reason: 'The account number and the kind of account are wrong.',
    advice: 'Use both as given.',
    iat: 'notOutboundIat',
  },
  C07: {
    reason: 'The routing number, the account number and the kind of account are wrong.',
    advice: 'Use all three as given.',
    iat: 'notOutboundIat',
  },
  C08: {
    reason: 'The identification of the receiving bank is wrong.',
    advice: 'Use the identification given.',
    iat: 'only',
  },
  C09: {
    reason: 'The identification number of the receiver is wrong.',
    advice: 'Use the number given.',
  },
  C13: {
    reason: 'The addenda is not in the right form; the entry itself was posted.',
    advice: 'Mend the form of the addenda before the next entry.',
    notes: ['The corrected data is text without a fixed layout.'],
  },
  C14: {
    reason: 'The payment goes abroad and should have been IAT.',
    advice: 'Send the next entry as IAT.',
    iat: 'no',
    by: 'gateway',
  },
}

const REFUSALS: Readonly<Record<string, Given>> = {
  C61: { reason: 'The notification came to the wrong bank.', advice: 'Send it to the bank that sent the entry.' },
  C62: { reason: 'The trace number is not that of the entry.', advice: 'Send it anew with the right trace number.' },
  C63: {
    reason: 'The company identification is not that of the entry.',
    advice: 'Send it anew with the right identification.',
  },
  C64: {
    reason: 'The individual identification is not that of the entry.',
    advice: 'Send it anew with the right identification.',
  },
  C65: { reason: 'The corrected data is badly formed.', advice: 'Send it anew at the positions of its change code.' },
  C66: {
    reason: 'The discretionary data is not that of the entry.',
    advice: 'Send it anew with the data of the entry.',
  },
  C67: {
    reason: 'The routing number is not from the original entry.',
    advice: 'Send it anew with the routing number of the entry.',
  },
  C68: {
    reason: 'The account number is not from the original entry.',
    advice: 'Send it anew with the account number of the entry.',
  },
  C69: {
    reason: 'The transaction code is not from the original entry.',
    advice: 'Send it anew with the transaction code of the entry.',
  },
}

const COPIED = 'The corrected data is copied from the notification that it refuses.'

function rows(given: Readonly<Record<string, Given>>, common: Omit<ChangeCode, 'code' | 'reason' | 'advice'>) {
  return Object.entries(given).map(([code, row]) => [code, { ...common, ...row, code }] as const)
}

/** Every change code of addenda 98 that is assigned, by code (reference 4.6). */
export const CHANGE_CODES: ReadonlyMap<string, ChangeCode> = new Map([
  ...rows(CHANGES, { kind: 'change', iat: 'yes', by: 'rdfi', withdrawnOn: null, notes: [] }),
  ...rows(REFUSALS, { kind: 'refused', iat: 'no', by: 'odfi', withdrawnOn: null, notes: [COPIED] }),
])

/** What a change code ('C01', 'C61') means; null for one that is not assigned. */
export function changeCode(code: string): ChangeCode | null {
  return CHANGE_CODES.get(code) ?? null
}

/** SEC codes of single entries: the originator may choose whether it applies a notification of change. */
export const SINGLE_ENTRY_SEC_CODES: readonly string[] = ['ARC', 'BOC', 'POP', 'RCK', 'XCK']

/** What is wrong with a change code in a notification that is to be sent on a day; null when nothing is. */
export function changeCodeProblem(
  code: string,
  notification: { readonly isIat: boolean; readonly on: CivilDate },
): string | null {
  const row = changeCode(code)
  if (!row) {
    const retired = RETIRED_CHANGE_CODES[code]
    if (retired !== undefined) return `${code} (${retired}) is not used any more`
    return /^C\d\d$/.test(code) ? `${code} is not assigned` : 'A change code is C and two digits'
  }
  if (row.withdrawnOn !== null && notification.on >= row.withdrawnOn) {
    return `${code} was withdrawn on ${row.withdrawnOn}: it is read, but not sent`
  }
  if (row.iat === 'only' && !notification.isIat) return `${code} is for IAT only`
  return row.iat === 'no' && notification.isIat ? `${code} is not for IAT` : null
}
