import type { CivilDate } from './civil-date.ts'
import type { ReturnKind } from './return-code-kind.ts'
import type { Direction } from './transaction-code.ts'

export type ReturnCategory =
  | 'funds'
  | 'administrative'
  | 'unauthorized'
  | 'by_request'
  | 'stop'
  | 'deceased'
  | 'frozen'
  | 'refused_credit'
  | 'check'
  | 'sanctions'
  | 'other'
  | 'operator'
  | 'enrollment'
  | 'gateway'
  | 'dishonored'
  | 'contested'

/**
 * By when the return must be back: 2BD and 60CD after settlement, 2BD-refusal after the receiver's refusal, 5BD
 * (dishonor) and 2BD-D (contest) after what they answer, OP with the Operator's next delivery, AGR as the banks agree,
 * NONE without a frame, OWN with a frame of its own that is not known yet.
 */
export type TimeFrame = '2BD' | '2BD-refusal' | '60CD' | '5BD' | '2BD-D' | 'OP' | 'AGR' | 'NONE' | 'OWN'

/**
 * `retry`: the same again, at most twice, within 180 days; `auth`: once the receiver agrees again; `fix`: once the cause
 * is corrected; `new60`: a corrected new entry within 60 days of the return; `no`.
 */
export type SendAgainRule = 'retry' | 'auth' | 'fix' | 'new60' | 'no'

export interface ReturnCodeChange {
  readonly on: CivilDate
  readonly what: string
}

export interface ReturnCode {
  /** 'R01'. */
  readonly code: string
  readonly kind: ReturnKind
  /** What happened, in words for a treasurer. */
  readonly reason: string
  /** What to do about it. */
  readonly advice: string
  readonly categories: readonly ReturnCategory[]
  /** Who sends it. */
  readonly by: 'rdfi' | 'odfi' | 'operator' | 'federal_agency' | 'gateway'
  readonly frame: TimeFrame
  /** The receiver signs a written statement of unauthorized debit. */
  readonly writtenStatement: boolean
  readonly again: SendAgainRule
  /** Null: entries of both directions. */
  readonly direction: Direction | null
  /** SEC codes it is for; null: every one but those of `notFor`. */
  readonly onlyFor: readonly string[] | null
  readonly notFor: readonly string[]
  /** The code that this one answers (contested returns). */
  readonly answers: string | null
  /** First day it is used; null: for long. */
  readonly from: CivilDate | null
  readonly changes: readonly ReturnCodeChange[]
  readonly notes: readonly string[]
  /** What is not confirmed by two good sources about this row. */
  readonly unconfirmed: string | null
}

type Given = Pick<ReturnCode, 'reason' | 'advice' | 'again'> & Partial<Omit<ReturnCode, 'code'>>

const DEFAULTS: Omit<ReturnCode, 'code' | 'reason' | 'advice' | 'again'> = {
  kind: 'return',
  categories: ['other'],
  by: 'rdfi',
  frame: '2BD',
  writtenStatement: false,
  direction: null,
  onlyFor: null,
  notFor: [],
  answers: null,
  from: null,
  changes: [],
  notes: [],
  unconfirmed: null,
}

/** Rows by code, from what sets each apart; `common` is what a whole chapter shares. */
export function returnCodeRows(
  common: Partial<ReturnCode>,
  rows: Readonly<Record<string, Given>>,
): ReadonlyMap<string, ReturnCode> {
  return new Map(Object.entries(rows).map(([code, given]) => [code, { ...DEFAULTS, ...common, ...given, code }]))
}
