import type { EarlierEntry, History } from '../history/history.ts'
import type { RuleId } from '../rules/rule-id.ts'
import type { Edit } from './ach-lines.ts'
import { put } from './ach-lines.ts'

/** A right file, and a past by which one rule alone is broken; `fine` is a past by which none is. */
export interface HistoryFault {
  readonly rule: RuleId
  readonly base: string
  readonly edits: readonly Edit[]
  readonly past: History
  readonly fine: History
  /** When the file reaches the Operator, and when it would have been in time. */
  readonly at?: { readonly late: string; readonly inTime: string }
}

const earlier = (changes: Partial<EarlierEntry> = {}): History => {
  const known = {
    settledOn: '2026-11-17',
    timesSentAgain: 1,
    amountCents: 12_500,
    companyName: 'ACME TOOLS',
    companyIdentification: '1234567890',
    ...changes,
  }
  return { earlierOf: () => known }
}
const described = (text: string) => [put(2, 54, text.padEnd(10))]

const about = (rule: RuleId, description: string, changes: Partial<EarlierEntry>): HistoryFault => ({
  rule,
  base: 'arc',
  edits: described(description),
  past: earlier(changes),
  fine: earlier(),
})

/** The file of the returns is made on 20 November 2026, the checks take effect on the 23rd. */
export const historyFaults: readonly HistoryFault[] = [
  {
    rule: 'file.header.duplicate_file',
    base: 'arc',
    edits: [],
    past: { hasFile: ({ fileIdModifier }) => fileIdModifier === 'A' },
    fine: { hasFile: ({ fileIdModifier }) => fileIdModifier === 'B' },
  },
  {
    rule: 'date.return.late',
    base: 'iat-return',
    edits: [put(15, 7, '091000010000002')],
    past: { settlementOf: (trace) => (trace.endsWith('1') ? '2026-11-17' : null) },
    fine: { settlementOf: () => '2026-11-18' },
  },
  {
    rule: 'date.noc.late',
    base: 'iat-return',
    edits: [put(15, 7, '091000010000002')],
    past: { settlementOf: (trace) => (trace.endsWith('2') ? '2026-11-17' : null) },
    fine: { settlementOf: () => '2026-11-18' },
  },
  {
    rule: 'date.noc.apply_by',
    base: 'iat-return',
    edits: [],
    past: { toldOn: () => '2026-11-20' },
    fine: { toldOn: () => null },
  },
  {
    rule: 'date.same_day.window',
    base: 'arc',
    edits: [put(2, 70, '261120')],
    past: {},
    fine: {},
    at: { late: '2026-11-20T16:45:01-05:00', inTime: '2026-11-20T16:45:00-05:00' },
  },
  {
    rule: 'rule.return_rate',
    base: 'arc',
    edits: [],
    past: { returnedDebitsOf: () => [{ secCode: 'ARC', debitCount: 1_000, returnCounts: { R10: 6 } }] },
    fine: { returnedDebitsOf: () => [{ secCode: 'ARC', debitCount: 1_000, returnCounts: { R10: 5 } }] },
  },
  about('date.reversal.late', 'REVERSAL', { settledOn: '2026-11-13' }),
  {
    rule: 'date.prenote.wait',
    base: 'pop',
    edits: [],
    past: { prenoteOf: () => '2026-11-19' },
    fine: { prenoteOf: () => '2026-11-18' },
  },
  about('rule.reinitiation.count', 'RETRY PYMT', { timesSentAgain: 2 }),
  about('rule.reinitiation.window', 'RETRY PYMT', { settledOn: '2026-05-26' }),
  about('rule.reinitiation.identical', 'RETRY PYMT', { amountCents: 12_501 }),
  about('rule.reinitiation.identical', 'RETRY PYMT', { companyName: 'ACME' }),
  about('rule.reinitiation.identical', 'RETRY PYMT', { companyIdentification: '1' }),
  about('rule.return_fee', 'RETURN FEE', { settledOn: '2026-10-08' }),
]
