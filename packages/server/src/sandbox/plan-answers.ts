import {
  type AchFile,
  addBankingDays,
  bankingDayOnOrAfter,
  type Batch,
  type CivilDate,
  type Entry,
  expectedSettlement,
  isCivilDate,
  isCreditCode,
  returnCode,
} from '@fistworks/nacha'
import { bankDate } from './bank-time.ts'
import { correctionOf } from './correct-entry.ts'
import { type BankConduct, type Scenario, scenarioOf } from './scenarios.ts'

/** One thing the bank says about one entry. */
export interface PlannedAnswer {
  batch: number
  entry: number
  kind: 'return' | 'correction' | 'dishonor' | 'contest'
  code: string
  /** The banking day it is put out and settles. */
  on: CivilDate
}

export interface Plan {
  /** What the bank does with the whole file. */
  conduct: BankConduct | null
  answers: PlannedAnswer[]
}

/** Which contest follows a dishonored return; none where the banks leave it at that. */
const CONTESTS: Readonly<Record<string, string>> = { R61: 'R71', R62: 'R77', R67: 'R75', R68: 'R73', R69: 'R76' }
const UNAUTHORIZED_DAYS = 5

/** What the bank makes of a file that it got at this moment. */
export function planAnswers(file: AchFile, receivedAt: Date): Plan {
  const plan: Plan = { conduct: null, answers: [] }
  for (const [batch, { header, entries }] of file.batches.entries()) {
    for (const [index, entry] of [...entries].entries()) {
      const scenario = entry.category === 'forward' ? scenarioOf(entry) : null
      if (scenario === null || !isNeeded(scenario, entry)) continue
      if (scenario.kind === 'bank') plan.conduct ??= scenario.conduct
      else plan.answers.push(...answersTo(scenario, { batch, entry: index }, settlementOf(header, entry, receivedAt)))
    }
  }
  return plan.conduct === 'rejects' || plan.conduct === 'silent' ? { ...plan, answers: [] } : plan
}

/** Whether there is something to say: what is right already is not corrected. */
export function isNeeded(scenario: Scenario, entry: Entry): boolean {
  return scenario.kind !== 'correction' || correctionOf(scenario.code, entry) !== null
}

type Place = Pick<PlannedAnswer, 'batch' | 'entry'>

/** What is said about an entry that settles on a day, and on which days. */
export function answersTo(scenario: Exclude<Scenario, { kind: 'bank' }>, place: Place, settled: CivilDate) {
  const after = (days: number) => addBankingDays(settled, days)
  const { kind, code } = scenario
  if (kind === 'correction') return [{ ...place, kind, code, on: after(1) }]
  if (kind === 'return') {
    const days = returnCode(code)?.frame === '60CD' ? UNAUTHORIZED_DAYS : 1
    return [{ ...place, kind, code, on: after(days) }]
  }
  const contest = CONTESTS[code]
  const chain: PlannedAnswer[] = [
    { ...place, kind: 'return', code: code === 'R70' ? 'R06' : 'R03', on: after(1) },
    { ...place, kind: 'dishonor', code, on: after(2) },
  ]
  return contest === undefined ? chain : [...chain, { ...place, kind: 'contest' as const, code: contest, on: after(3) }]
}

/** The banking day on which an entry settles that the bank got at this moment. */
export function settlementOf(header: Batch['header'], entry: Entry, receivedAt: Date): CivilDate {
  const effective = isCivilDate(header.effectiveEntryDate) ? header.effectiveEntryDate : null
  const direction = isCreditCode(entry.transactionCode) ? 'credit' : 'debit'
  const secCode = header.standardEntryClassCode
  const { date } = expectedSettlement(
    { secCode, amountCents: entry.amountCents, direction },
    effective,
    receivedAt.getTime(),
  )
  return date ?? bankingDayOnOrAfter(effective ?? bankDate(receivedAt))
}
