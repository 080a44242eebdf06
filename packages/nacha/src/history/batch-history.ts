import { addBankingDays } from '../banking-day.ts'
import { expectedSettlement } from '../calendar/expected-settlement.ts'
import type { Instant } from '../calendar/zone-clock.ts'
import { isCivilDate } from '../civil-date.ts'
import type { Batch } from '../file.ts'
import { batchHeader } from '../records/batch-header.ts'
import { isCreditCode } from '../transaction-code.ts'
import type { Report } from '../violation.ts'
import type { History } from './history.ts'
import { returnRateProblems } from './return-rate.ts'

const { effectiveEntryDate, companyIdentification } = batchHeader.field

/** Which ways the money of the payments of a batch goes; returns and notifications are not asked. */
function directionsOf(batch: Batch): ReadonlySet<'credit' | 'debit'> {
  const directions = new Set<'credit' | 'debit'>()
  for (const { category, transactionCode } of batch.entries) {
    if (category === 'forward') directions.add(isCreditCode(transactionCode) ? 'credit' : 'debit')
  }
  return directions
}

/** What the past, and the moment of sending, say of whole batches. */
export class BatchHistory {
  readonly #report: Report
  readonly #history: History
  readonly #at: Instant | undefined
  /** Companies whose returns were asked for. */
  readonly #asked = new Set<string>()

  constructor(report: Report, history: History, at: Instant | undefined) {
    this.#report = report
    this.#history = history
    this.#at = at
  }

  check(batch: Batch, line: number): void {
    const isAsked = this.#at !== undefined || this.#history.returnedDebitsOf !== undefined
    const directions = isAsked ? directionsOf(batch) : new Set<'credit' | 'debit'>()
    for (const direction of directions) if (this.#checkWindow(batch, line, direction)) break
    if (directions.has('debit')) this.#checkRate(batch, line)
  }

  /** True when the batch is for the day it reaches the Operator and the last deadline of that day has passed. */
  #checkWindow({ header, secCode }: Batch, line: number, direction: 'credit' | 'debit'): boolean {
    const day = header.effectiveEntryDate
    if (this.#at === undefined || !isCivilDate(day)) return false
    // An amount over the limit is a fault of its own.
    const entry = { secCode: secCode ?? '', amountCents: 0, direction }
    if (expectedSettlement(entry, day, this.#at).reason !== 'missed_window') return false
    const message = `The last deadline for ${day} has passed: the batch settles on ${addBankingDays(day, 1)}`
    const { column, name } = effectiveEntryDate
    this.#report.add('date.same_day.window', { line, column, field: name }, message)
    return true
  }

  #checkRate(batch: Batch, line: number): void {
    const company = batch.header.companyIdentification
    if (this.#asked.has(company)) return
    this.#asked.add(company)
    const { column, name } = companyIdentification
    for (const message of returnRateProblems(this.#history.returnedDebitsOf?.(batch) ?? [])) {
      this.#report.add('rule.return_rate', { line, column, field: name }, message)
    }
  }
}
