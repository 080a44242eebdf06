import { batchTotals, type Totals } from '../file-totals.ts'
import type { BatchInput } from '../input.ts'
import { readRecord } from '../read-field.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchHeader } from '../records/batch-header.ts'
import { Records } from '../records.ts'
import { isRoutingNumber } from '../routing-number.ts'
import type { BatchSpan } from '../structure.ts'
import { isCreditCode } from '../transaction-code.ts'
import { controlNumbers } from './control-numbers.ts'
import { LINE_LENGTH, type RecordWriter } from './record-writer.ts'
import { writeEntry } from './write-entry.ts'

/** Counts up through the whole file, so that no two entries share a trace number. */
export interface TraceCounter {
  last: number
}

/** 220 when all are credits, 225 when all are debits, else 200. */
function serviceClassOf(batch: BatchInput): number {
  let hasCredit = false
  let hasDebit = false
  for (const { transactionCode } of batch.entries) {
    if (isCreditCode(transactionCode)) hasCredit = true
    else hasDebit = true
  }
  if (hasCredit === hasDebit) return 200
  return hasCredit ? 220 : 225
}

function writeHeader(writer: RecordWriter, batch: BatchInput, batchNumber: number): void {
  const odfi = batch.odfiIdentification
  writer.record(batchHeader, {
    serviceClassCode: serviceClassOf(batch),
    companyName: batch.companyName,
    companyDiscretionaryData: batch.companyDiscretionaryData ?? '',
    companyIdentification: batch.companyIdentification,
    standardEntryClassCode: batch.secCode,
    companyEntryDescription: batch.companyEntryDescription,
    companyDescriptiveDate: batch.companyDescriptiveDate ?? '',
    effectiveEntryDate: batch.effectiveEntryDate,
    settlementDate: '',
    originatorStatusCode: '1',
    odfiIdentification: odfi.length === 9 ? odfi.slice(0, 8) : odfi,
    batchNumber,
  })
  if (odfi.length === 9 && !isRoutingNumber(odfi)) {
    const message = 'Must be the first 8 digits of a routing number, or all 9 with the right check digit'
    writer.fault('batch.header.odfi.format', batchHeader.field.odfiIdentification, message)
  }
}

/** Writes header, entries and control of a batch and returns where they are and what they come to. */
export function writeBatch(
  writer: RecordWriter,
  batch: BatchInput,
  batchNumber: number,
  traces: TraceCounter,
): { span: BatchSpan; totals: Totals } {
  const header = writer.count
  writeHeader(writer, batch, batchNumber)
  // The control repeats what stands in the header, so the two cannot differ.
  const { serviceClassCode, companyIdentification, odfiIdentification } = readRecord(
    writer.bytes,
    header * LINE_LENGTH,
    batchHeader,
  )
  for (const entry of batch.entries) {
    traces.last = entry.traceSequence ?? traces.last + 1
    writeEntry(writer, entry, odfiIdentification, traces.last)
  }
  const control = writer.count
  const entryCount = batch.entries.length
  const span = {
    header,
    control,
    from: header + 1,
    to: control,
    entryCount,
    addendaCount: control - header - 1 - entryCount,
  }
  const totals = batchTotals(new Records(writer.bytes, 0, LINE_LENGTH, control), span)
  writer.record(batchControl, {
    ...controlNumbers(batchControl.field, totals),
    serviceClassCode,
    companyIdentification,
    messageAuthenticationCode: '',
    odfiIdentification,
    batchNumber,
  })
  return { span, totals }
}
