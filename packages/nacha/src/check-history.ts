import { addDays } from './calendar/day-number.ts'
import { type Deadline, deadline, isMissed } from './calendar/deadline.ts'
import type { Instant } from './calendar/zone-clock.ts'
import { type CivilDate, isCivilDate } from './civil-date.ts'
import type { Entry } from './entries.ts'
import type { Field } from './field.ts'
import type { AchFile, Batch } from './file.ts'
import { BatchHistory } from './history/batch-history.ts'
import type { EarlierEntry, History } from './history/history.ts'
import { addenda98 } from './records/addenda-98.ts'
import { addenda99 } from './records/addenda-99.ts'
import { entryDetail } from './records/entry-detail.ts'
import { fileHeader } from './records/file-header.ts'
import { returnDeadline } from './return-code-deadline.ts'
import type { RuleId } from './rules/rule-id.ts'
import { Report, type Strictness, type Violation } from './violation.ts'

const RETURN_FEE_DAYS = 45
const MAXIMUM_TIMES_AGAIN = 2
const { amount } = entryDetail.field

export interface HistoryOptions extends Strictness {
  /** The day for what is late; the file creation date when left out. */
  readonly asOf?: CivilDate | undefined
  /** When the file reaches the Operator: the deadlines of the same day are asked only with it. */
  readonly at?: Instant | undefined
}

/** What is no day has its own rule (`validateFile`). */
const dayOrNull = (text: string): CivilDate | null => (isCivilDate(text) ? text : null)

class HistoryCheck {
  readonly #report: Report
  readonly #history: History
  /** The day the file was made: what is late is late by then. Null when the file does not say. */
  readonly #made: CivilDate | null

  constructor(report: Report, history: History, made: CivilDate | null) {
    this.#report = report
    this.#history = history
    this.#made = made
  }

  #fault(rule: RuleId, line: number, { column, name }: Field, message: string): void {
    this.#report.add(rule, { line, column, field: name }, message)
  }

  /** A fault of an entry that no field of its own shows. */
  #entryFault(rule: RuleId, line: number, message: string): void {
    this.#report.add(rule, { line, column: 1 }, message)
  }

  header(file: AchFile): void {
    if (!this.#history.hasFile?.(file.header)) return
    const message = 'A file with the same origin, destination, date, time and modifier was sent before'
    this.#fault(
      'file.header.duplicate_file',
      file.records.line(file.structure.header),
      fileHeader.field.fileIdModifier,
      message,
    )
  }

  entry(entry: Entry, batch: Batch): void {
    const { category } = entry
    if (category === 'return' || category === 'noc') this.#answer(entry)
    if (category === 'noc') this.#apply(entry)
    if (category !== 'forward') return
    // A date that is none settles at the earliest chance.
    const effective = dayOrNull(batch.header.effectiveEntryDate) ?? this.#made
    if (effective !== null) this.#payment(entry, batch, effective)
  }

  #payment(entry: Entry, batch: Batch, effective: CivilDate): void {
    const earlier = this.#history.earlierOf?.(entry, batch) ?? null
    const description = batch.header.companyEntryDescription
    if (earlier && description === 'REVERSAL') this.#late('date.reversal.late', entry, 'reversal', earlier, effective)
    if (earlier && description === 'RETRY PYMT') this.#again(entry, batch, earlier, effective)
    if (earlier && description === 'RETURN FEE') this.#fee(entry, earlier, effective)
    const prenote = entry.amountCents > 0 ? (this.#history.prenoteOf?.(entry) ?? null) : null
    const wait = prenote && deadline('prenoteWait', prenote)
    if (wait && isMissed(wait, effective)) {
      const message = `The prenote settled on ${prenote}: payments from ${wait.date} on`
      this.#fault('date.prenote.wait', entry.line, entryDetail.field.transactionCode, message)
    }
  }

  #apply(entry: Entry): void {
    const toldOn = this.#history.toldOn?.(entry) ?? null
    const due = toldOn === null ? null : deadline('nocApply', toldOn)
    if (!due) return
    const message = `The originator was told on ${toldOn}: the change is applied by ${due.date}, or before the next entry`
    this.#fault('date.noc.apply_by', entry.line + 1, addenda98.field.changeCode, message)
  }

  /** A return or a notification of change against the day the original settled. */
  #answer(entry: Entry): void {
    for (const [index, record] of entry.addendaRecords.entries()) {
      if (!record || !('originalTraceNumber' in record)) continue
      const settledOn = this.#history.settlementOf?.(record.originalTraceNumber) ?? null
      if (settledOn === null) continue
      const isReturn = entry.category === 'return'
      const code = 'returnReasonCode' in record ? record.returnReasonCode : ''
      const due = isReturn ? returnDeadline(code, { settledOn }) : deadline('noc', settledOn)
      if (!due || this.#made === null || !isMissed(due, this.#made)) continue
      const field = isReturn ? addenda99.field.returnReasonCode : addenda98.field.changeCode
      const message = `Due on ${due.date} after settlement on ${settledOn}, made on ${this.#made}`
      this.#fault(isReturn ? 'date.return.late' : 'date.noc.late', entry.line + 1 + index, field, message)
    }
  }

  #late(rule: RuleId, entry: Entry, key: Deadline['key'], { settledOn }: EarlierEntry, on: CivilDate): void {
    const due = deadline(key, settledOn)
    if (!due || !isMissed(due, on)) return
    const message = `The original settled on ${settledOn}: at the latest ${due.date}, not ${on}`
    this.#fault(rule, entry.line, entryDetail.field.transactionCode, message)
  }

  #again(entry: Entry, batch: Batch, earlier: EarlierEntry, effective: CivilDate): void {
    const at = entry.line
    if (earlier.timesSentAgain >= MAXIMUM_TIMES_AGAIN) {
      const message = `It was sent again ${earlier.timesSentAgain} times already, ${MAXIMUM_TIMES_AGAIN} are allowed`
      this.#fault('rule.reinitiation.count', at, entryDetail.field.transactionCode, message)
    }
    this.#late('rule.reinitiation.window', entry, 'reinitiation', earlier, effective)
    const { header } = batch
    if (entry.amountCents !== earlier.amountCents) {
      this.#fault('rule.reinitiation.identical', at, amount, 'The returned entry had another amount')
    }
    if (header.companyName !== earlier.companyName || header.companyIdentification !== earlier.companyIdentification) {
      this.#entryFault(
        'rule.reinitiation.identical',
        at,
        'The returned entry was of another company name or identification',
      )
    }
  }

  #fee(entry: Entry, { settledOn }: EarlierEntry, effective: CivilDate): void {
    const latest = addDays(settledOn, RETURN_FEE_DAYS)
    if (effective <= latest) return
    const message = `The return settled on ${settledOn}: its fee settles by ${latest}`
    this.#entryFault('rule.return_fee', entry.line, message)
  }
}

/**
 * Checks a file against what was sent before: files sent twice, late returns and reversals, payments too soon after a
 * prenote, entries sent again too often or changed. `validateFile` needs none of this and does not ask it.
 */
export function checkHistory(file: AchFile, history: History, options: HistoryOptions = {}): Violation[] {
  const report = new Report(options)
  const check = new HistoryCheck(report, history, options.asOf ?? dayOrNull(file.header.fileCreationDate))
  check.header(file)
  const batches = new BatchHistory(report, history, options.at)
  for (const [index, batch] of file.batches.entries()) {
    batches.check(batch, file.records.line(file.structure.batches[index]?.header ?? 0))
    for (const entry of batch.entries) check.entry(entry, batch)
  }
  return report.list()
}
