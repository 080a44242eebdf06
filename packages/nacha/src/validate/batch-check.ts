import type { Category } from '../addenda-kind.ts'
import type { Field } from '../field.ts'
import { HASH_MODULUS, isCreditOf, noTotals, type Totals } from '../file-totals.ts'
import { padded } from '../padded.ts'
import { digitsAt } from '../read-field.ts'
import { batchHeader } from '../records/batch-header.ts'
import { entryAdv } from '../records/entry-adv.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { TRANSACTION_CODES } from '../transaction-code.ts'
import { type BatchContext, type BatchFacts, batchFacts, type EntryFacts } from './batch-facts.ts'
import { categoryOfEntry, checkAddenda } from './check-addenda.ts'
import { checkBatchHeader, type HeaderFault, headerFaultsOfPayments } from './check-batch-header.ts'
import { checkAmount, checkCode } from './check-code.ts'
import { checkBatchControl, type HeaderTexts, headerTexts } from './check-control.ts'
import { checkAccount, checkName, checkRouting } from './check-entry.ts'
import type { Checker } from './checker.ts'
import { BatchHabits } from './habits.ts'
import { ENTRY_OF_SEC } from './sec/check-entry-of-sec.ts'
import { checkOfac } from './sec/check-iat-addenda.ts'
import type { TraceNumbers } from './trace-numbers.ts'

const { transactionCode, rdfiIdentification, amount, addendaRecordIndicator, traceNumber } = entryDetail.field
const ZERO = 0x30
const SEQUENCES = 10_000_000

/** Checks one batch, entry by entry. */
export class BatchCheck {
  readonly totals: Totals = noTotals()
  readonly #checker: Checker
  readonly #facts: BatchFacts | null
  readonly #header: HeaderTexts | null
  readonly #traces: TraceNumbers
  readonly #isAdv: boolean
  readonly #habits: BatchHabits | null
  /** What is wrong with the header and is not said when the batch holds returns. */
  #headerFaults: HeaderFault[] = []
  #category: Category | null = null
  #isMixed = false
  readonly #charactersRule = (field: Field) => (field === this.#facts?.account ? null : 'entry.text.characters')
  #previousTrace = Number.NEGATIVE_INFINITY

  constructor(checker: Checker, header: number, traces: TraceNumbers, context: BatchContext) {
    this.#checker = checker
    this.#traces = traces
    this.#facts = batchFacts(checker, header)
    this.#isAdv = this.#facts?.secCode === 'ADV'
    this.#header = header < 0 ? null : headerTexts(checker, header)
    this.#habits = header < 0 || !this.#facts ? null : new BatchHabits(checker, header, this.#facts, context)
    if (header < 0) return
    checkBatchHeader(checker, header)
    this.#headerFaults = headerFaultsOfPayments(checker, header, context.creationDate)
  }

  entry(index: number, addendaCount: number): void {
    const { bytes } = this.#checker.records
    const base = this.#checker.records.at(index)
    const code = digitsAt(bytes, base + transactionCode.start, 2)
    const amountField = this.#facts?.amount ?? amount
    const cents = digitsAt(bytes, base + amountField.start, amountField.length)
    const routing = this.#facts
      ? this.#check(index, addendaCount, code, cents)
      : digitsAt(bytes, base + rdfiIdentification.start, rdfiIdentification.length)
    this.#sum(code, cents, routing, addendaCount)
  }

  #sum(code: number, cents: number, routing: number, addendaCount: number): void {
    const { totals } = this
    // What cannot be counted makes a sum unknown: that the controls differ from it would be no second fault.
    const known = cents < 0 ? Number.NaN : cents
    const isDirected = this.#isAdv ? code > 80 && code < 89 : TRANSACTION_CODES.has(code)
    if (isCreditOf(code, this.#isAdv) || !isDirected) totals.creditCents += isDirected ? known : Number.NaN
    if (!isCreditOf(code, this.#isAdv)) totals.debitCents += isDirected ? known : Number.NaN
    totals.entryHash = (totals.entryHash + (routing < 0 ? Number.NaN : routing)) % HASH_MODULUS
    totals.entryCount++
    totals.addendaCount += addendaCount
  }

  /** Checks an entry with its addenda; returns the first 8 digits of its routing number. */
  #check(index: number, addendaCount: number, code: number, cents: number): number {
    const facts = this.#facts as BatchFacts
    const checker = this.#checker
    const { bytes } = checker.records
    const base = checker.records.at(index)
    const category = categoryOfEntry(checker, index, addendaCount)
    const entry = { index, addendaCount, category, code, meaning: TRANSACTION_CODES.get(code), cents }
    checkCode(checker, entry, facts)
    const routing = checkRouting(checker, index, bytes, base)
    checkAccount(checker, index, bytes, base, facts)
    checkAmount(checker, entry, facts)
    if (category === 'forward') checkName(checker, index, bytes, base, facts)
    this.#checkIndicator(entry, (bytes[base + addendaRecordIndicator.start] ?? 0) - ZERO)
    checker.characters(index, facts.entry, this.#charactersRule)
    checker.forms(index, facts.formed)
    if (facts.isIat) checkOfac(checker, entry)
    else if (category === 'forward' || this.#isAdv) ENTRY_OF_SEC[facts.secCode]?.(checker, entry, facts)
    else checker.forms(index, facts.cardFields)
    checkAddenda(checker, entry, facts, entry.meaning?.purpose === 'prenote')
    if (facts.trace) this.#checkTrace(index, facts)
    else this.#checkAdvSequence(index)
    this.#checkCategory(entry, facts)
    this.#habits?.entry(entry)
    return routing
  }

  #checkIndicator({ index, addendaCount }: EntryFacts, indicator: number): void {
    if (indicator === (addendaCount > 0 ? 1 : 0)) return
    const message = addendaCount > 0 ? 'Addenda follow: expected 1' : 'No addenda follow: expected 0'
    this.#checker.fault('entry.addenda_indicator', index, addendaRecordIndicator, message)
  }

  /** Trace numbers are 15 digits, begin with the ODFI, ascend in the batch. */
  #checkTrace(index: number, { odfi }: BatchFacts): void {
    const checker = this.#checker
    const { bytes } = checker.records
    const number = digitsAt(bytes, checker.records.at(index) + traceNumber.start, traceNumber.length)
    if (number < 0) {
      checker.fault('entry.trace_number.format', index, traceNumber, 'Expected 15 digits')
      return
    }
    if (odfi >= 0 && Math.floor(number / SEQUENCES) !== odfi) {
      const message = 'Expected the ODFI identification in the first 8 digits'
      checker.fault('batch.trace_number.odfi', index, traceNumber, message)
    }
    const previous = this.#previousTrace
    if (number <= previous) {
      const message = `${padded(number % SEQUENCES, 7)} follows ${padded(previous % SEQUENCES, 7)}: trace numbers must ascend`
      checker.fault('batch.trace_number.ascending', index, traceNumber, message)
    }
    this.#traces.add(index, number)
    this.#previousTrace = number
  }

  #checkAdvSequence(index: number): void {
    const { sequenceNumber } = entryAdv.field
    const number = this.#checker.number(index, sequenceNumber)
    if (number >= 0 && number <= Math.max(0, this.#previousTrace)) {
      this.#checker.fault('sec.adv.sequence', index, sequenceNumber, 'ADV sequence numbers must ascend')
    }
    this.#previousTrace = number
  }

  #checkCategory({ index, category }: EntryFacts, { secCode }: BatchFacts): void {
    if (this.#category === null) {
      this.#category = category
      if (category === 'forward') this.#sayHeaderFaults()
    } else if (category !== this.#category && !this.#isMixed && secCode !== 'COR') {
      this.#isMixed = true
      const message = 'Payments, returns and notifications stand in batches of their own'
      this.#checker.recordFault('batch.category.mixed', index, message)
    }
  }

  #sayHeaderFaults(): void {
    const line = this.#header?.line ?? 0
    for (const [rule, field, message] of this.#headerFaults) {
      this.#checker.lineFault(rule, line, field, message)
    }
    this.#headerFaults = []
  }

  /** Ends the batch with its control, -1 when there is none. */
  end(control: number): void {
    const { totals } = this
    if (this.#category === null) this.#sayHeaderFaults()
    if (this.#header && totals.entryCount === 0) {
      this.#checker.lineFault('batch.entries.none', this.#header.line, null, 'The batch has no entries')
    }
    if (this.#facts?.isReversal && totals.creditCents > 0 && totals.debitCents > 0) {
      const { companyEntryDescription } = batchHeader.field
      const message = 'A REVERSAL batch holds credits or debits, not both'
      this.#checker.lineFault(
        'batch.description.reversal_direction',
        this.#facts.line,
        companyEntryDescription,
        message,
      )
    }
    this.#habits?.end(totals)
    if (control >= 0) checkBatchControl(this.#checker, control, this.#header, totals, this.#isAdv)
  }
}
