import { batchTotals, type Totals } from '../file-totals.ts'
import { digitsAt } from '../read-field.ts'
import { batchHeader } from '../records/batch-header.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { isSecCode, SEC_CODES } from '../sec-code.ts'
import type { BatchSpan } from '../structure.ts'
import { addendaAfter, checkAddendaOf } from './check-addenda.ts'
import { checkBatchHeader } from './check-batch-header.ts'
import { checkBatchControl } from './check-control.ts'
import { type BatchFacts, checkEntry } from './check-entry.ts'
import type { Checker } from './checker.ts'
import type { TraceNumbers } from './trace-numbers.ts'

const { field } = batchHeader
const trace = entryDetail.field.traceNumber
const ENTRY = 0x36
const SEQUENCES = 10_000_000

const seven = (sequence: number) => String(sequence).padStart(7, '0')

/** Trace numbers are 15 digits, begin with the ODFI, ascend in the batch. Returns this one, or the previous when unusable. */
function checkTrace(checker: Checker, index: number, odfi: number, previous: number, traces: TraceNumbers): number {
  const { bytes } = checker.records
  const number = digitsAt(bytes, checker.records.at(index) + trace.start, trace.length)
  if (number < 0) {
    checker.fault('entry.trace_number.format', index, trace, 'The trace number must be 15 digits')
    return previous
  }
  if (odfi >= 0 && Math.floor(number / SEQUENCES) !== odfi) {
    checker.fault(
      'batch.trace_number.odfi',
      index,
      trace,
      'The first 8 digits are not the ODFI identification of the batch',
    )
  }
  if (number <= previous) {
    const message = `The sequence ${seven(number % SEQUENCES)} follows ${seven(previous % SEQUENCES)}: trace numbers must ascend`
    checker.fault('batch.trace_number.ascending', index, trace, message)
  }
  traces.add(index, number)
  return number
}

function checkEntries(checker: Checker, span: BatchSpan, facts: BatchFacts, traces: TraceNumbers): void {
  let previous = -1
  for (let index = span.from; index < span.to; ) {
    // A record that does not belong here was reported when the order was checked.
    if (checker.records.type(index) !== ENTRY) {
      index++
      continue
    }
    const addenda = addendaAfter(checker, index, span.to)
    checkEntry(checker, index, facts, addenda)
    if (addenda.count > 0) checkAddendaOf(checker, index, addenda, facts)
    previous = checkTrace(checker, index, facts.odfi, previous, traces)
    index += addenda.count + 1
  }
}

function factsOf(checker: Checker, header: number): BatchFacts | null {
  // Lower case is a fault of the header; the entries are checked all the same.
  const secCode = checker.text(header, field.standardEntryClassCode).toUpperCase()
  if (!isSecCode(secCode)) return null
  return {
    secCode,
    row: SEC_CODES[secCode],
    serviceClass: checker.number(header, field.serviceClassCode),
    odfi: checker.number(header, field.odfiIdentification),
    isReversal: checker.text(header, field.companyEntryDescription) === 'REVERSAL',
  }
}

/** Checks a batch from its header to its control. The entries of codes without a row are only counted and summed. */
export function checkBatch(checker: Checker, span: BatchSpan, creationDate: string, traces: TraceNumbers): Totals {
  checkBatchHeader(checker, span.header, creationDate)
  const totals = batchTotals(checker.records, span)
  if (span.entryCount === 0) checker.recordFault('batch.entries.none', span.header, 'The batch has no entries')
  const facts = factsOf(checker, span.header)
  if (facts) checkEntries(checker, span, facts, traces)
  if (facts?.isReversal && totals.creditCents > 0 && totals.debitCents > 0) {
    checker.fault(
      'batch.description.reversal_direction',
      span.header,
      field.companyEntryDescription,
      'A REVERSAL batch holds credits or debits, not both',
    )
  }
  const isAdv = checker.text(span.header, field.standardEntryClassCode) === 'ADV'
  if (span.control >= 0 && !isAdv) checkBatchControl(checker, span.header, span.control, totals)
  return totals
}
