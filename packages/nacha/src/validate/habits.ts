import { addBankingDays } from '../banking-day.ts'
import { daysBetween } from '../calendar/day-number.ts'
import { dateOfJulianDay } from '../calendar/julian-day.ts'
import { sameDayLimitCents } from '../calendar/same-day.ts'
import type { Totals } from '../file-totals.ts'
import { padded } from '../padded.ts'
import { batchHeader } from '../records/batch-header.ts'
import type { BatchContext, BatchFacts, EntryFacts } from './batch-facts.ts'
import type { Checker } from './checker.ts'
import { SeenEntries } from './seen-entries.ts'

const { companyDescriptiveDate, companyEntryDescription, effectiveEntryDate, settlementDate } = batchHeader.field

/** PAYROLL and PURCHASE are asked for since this day. */
const WORDS_SINCE = '2026-03-20'
const MICRO_CENTS = 100
/** A file settles within days; returns come back within some weeks. */
const MAXIMUM_DAYS_TO_SETTLE = 90
/** Words that say that a PPD credit is somebody's wages. */
const WAGES = /^(PAY|SALARY|WAGES?|DIR(ECT)? ?DEP|PAYCHECK|BONUS)\b/i

/** What a batch shows of dates and habits: same-day payment, wages, micro-entries, a payment that is there twice. */
export class BatchHabits {
  readonly #checker: Checker
  readonly #facts: BatchFacts
  readonly #context: BatchContext
  readonly #date: string
  readonly #line: number
  readonly #seen: SeenEntries | null
  /** The latest effective date of debits and of credits; '' when nobody said which day it is. */
  readonly #latest: readonly [debit: string, credit: string]
  #isTooFarSaid = false
  #isWordSaid = false
  #isForward = true

  constructor(checker: Checker, header: number, facts: BatchFacts, context: BatchContext) {
    this.#checker = checker
    this.#facts = facts
    this.#context = context
    this.#line = checker.records.line(header)
    this.#date = checker.date(header, effectiveEntryDate) ?? ''
    const { asOf } = context
    this.#latest = asOf === '' ? ['', ''] : [addBankingDays(asOf, 1), addBankingDays(asOf, 2)]
    // Advices of an Operator pay nobody.
    const isAsked = facts.secCode !== 'ADV' && checker.report.wants('rule.duplicate_entry')
    this.#seen = isAsked ? new SeenEntries() : null
    this.#checkSameDaySign(header)
    this.#checkJulian(header)
  }

  /** True when the batch asks to settle on the day it is made or checked for. */
  get #isSameDay(): boolean {
    const day = this.#context.asOf || this.#context.creationDate
    return this.#date !== '' && this.#date === day
  }

  #checkSameDaySign(header: number): void {
    const sign = this.#checker.text(header, companyDescriptiveDate)
    if (this.#facts.isIat || !/^SD\d{4}$/.test(sign)) return
    if (!['SD1300', 'SD1700', 'SD1800'].includes(sign)) {
      const message = 'Expected SD1300, SD1700 or SD1800'
      this.#checker.fault('date.same_day.indicator', header, companyDescriptiveDate, message)
    } else if (this.#date !== '' && this.#context.creationDate !== '' && !this.#isSameDay) {
      const message = `The effective entry date ${this.#date} is not the day of the file`
      this.#checker.fault('date.same_day.indicator', header, companyDescriptiveDate, message)
    }
  }

  /** The day the Operator filled in has no year; it must be the effective day or a few days around the file's. */
  #checkJulian(header: number): void {
    const julian = this.#checker.number(header, settlementDate)
    const { creationDate } = this.#context
    if (julian < 1 || julian > 366 || creationDate === '') return
    const settled = dateOfJulianDay(padded(julian, 3), creationDate)
    if (settled !== null && Math.abs(daysBetween(creationDate, settled)) <= MAXIMUM_DAYS_TO_SETTLE) return
    const message = `Day ${julian} of the year is far from the file creation date ${creationDate}`
    this.#checker.fault('date.julian', header, settlementDate, message)
  }

  entry(entry: EntryFacts): void {
    if (entry.category !== 'forward') {
      this.#isForward = false
      return
    }
    if (this.#isSameDay) this.#checkSameDay(entry)
    if (this.#context.asOf !== '' && !this.#isTooFarSaid) this.#checkTooFar(entry)
    this.#checkWages(entry)
    if (this.#context.isPurchase) this.#checkPurchase(entry)
    this.#checkMicro(entry)
    if (this.#seen) this.#checkTwice(entry, this.#seen)
  }

  #checkSameDay({ index, cents }: EntryFacts): void {
    const { isIat, amount } = this.#facts
    const limit = sameDayLimitCents(this.#date)
    if (isIat) {
      this.#checker.recordFault('date.same_day.iat', index, 'IAT does not settle on the same day')
    } else if (limit !== null && cents > limit) {
      const message = `More than ${(limit / 100).toFixed(2)} does not settle on the same day`
      this.#checker.fault('date.same_day.amount', index, amount, message)
    }
  }

  #checkTooFar({ meaning }: EntryFacts): void {
    const days = meaning?.direction === 'credit' ? 2 : 1
    const latest = this.#latest[days - 1] ?? ''
    if (this.#date <= latest || ['COR', 'ENR', 'TRC', 'TRX', 'ADV'].includes(this.#facts.secCode)) return
    this.#isTooFarSaid = true
    const message = `${this.#date} is too far ahead: at the latest ${latest}`
    this.#say('date.eed.too_far', effectiveEntryDate, message)
  }

  #say(
    rule: 'date.eed.too_far' | 'rule.payroll_description' | 'rule.purchase_description' | 'rule.micro_entry',
    field: { column: number; name: string },
    message: string,
  ): void {
    this.#checker.lineFault(rule, this.#line, field, message)
  }

  #checkWages({ meaning }: EntryFacts): void {
    const { secCode, description } = this.#facts
    if (secCode !== 'PPD' || this.#isWordSaid || this.#date < WORDS_SINCE) return
    const isPaid = meaning?.direction === 'credit' && meaning?.purpose === 'payment'
    if (!isPaid || description.startsWith('PAYROLL') || !WAGES.test(description)) return
    this.#isWordSaid = true
    const message = 'Expected PAYROLL for wages'
    this.#say('rule.payroll_description', companyEntryDescription, message)
  }

  #checkPurchase({ meaning }: EntryFacts): void {
    const { secCode, description } = this.#facts
    if (secCode !== 'WEB' || this.#isWordSaid || this.#date < WORDS_SINCE) return
    if (meaning?.direction !== 'debit' || ['PURCHASE', 'REVERSAL', 'RETRY PYMT'].includes(description)) return
    this.#isWordSaid = true
    const message = 'Expected PURCHASE for goods bought online'
    this.#say('rule.purchase_description', companyEntryDescription, message)
  }

  #checkMicro({ index, cents }: EntryFacts): void {
    if (this.#facts.description !== 'ACCTVERIFY' || cents < MICRO_CENTS) return
    this.#checker.fault('rule.micro_entry', index, this.#facts.amount, 'A micro-entry is below 1.00')
  }

  #checkTwice({ index, cents }: EntryFacts, seen: SeenEntries): void {
    if (cents <= 0) return
    const { account, amount } = this.#facts
    const { bytes } = this.#checker.records
    const at = this.#checker.records.at(index)
    // Up to the amount, and to the account where that comes after it (IAT).
    const end = Math.max(amount.start + amount.length, account.start + account.length)
    const first = seen.add(bytes, at, at + end, this.#checker.records.line(index))
    if (first === 0) return
    this.#checker.recordFault(
      'rule.duplicate_entry',
      index,
      `The same amount goes to the same account on line ${first}`,
    )
  }

  end({ creditCents, debitCents }: Totals): void {
    if (this.#isForward && this.#facts.description === 'ACCTVERIFY' && debitCents > creditCents) {
      this.#say('rule.micro_entry', companyEntryDescription, 'Micro-entries debit no more than they credit')
    }
  }
}
