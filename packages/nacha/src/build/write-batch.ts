import { batchTotals, type Totals } from '../file-totals.ts'
import type { BatchInput, IatBatchInput } from '../input.ts'
import { readRecord } from '../read-field.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchControlAdv } from '../records/batch-control-adv.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { Records } from '../records.ts'
import { isRoutingNumber } from '../routing-number.ts'
import type { BatchSpan } from '../structure.ts'
import { isCreditCode } from '../transaction-code.ts'
import { entryPlan } from './batch-plan.ts'
import { controlNumbers, digitTotals } from './control-numbers.ts'
import { LINE_LENGTH, type RecordWriter } from './record-writer.ts'
import { writeEntry } from './write-entry.ts'

/** Counts up through the whole file, so that no two entries share a trace number. */
export interface TraceCounter {
  last: number
}

/** 220 when all are credits, 225 when all are debits, else 200; 280 in ADV. */
function serviceClassOf(batch: BatchInput): number {
  if (batch.secCode === 'ADV') return 280
  if (batch.serviceClassCode !== undefined) return batch.serviceClassCode
  let hasCredit = false
  let hasDebit = false
  for (const { transactionCode } of batch.entries) {
    if (isCreditCode(transactionCode)) hasCredit = true
    else hasDebit = true
  }
  if (hasCredit === hasDebit) return 200
  return hasCredit ? 220 : 225
}

const eightDigits = (odfi: string) => (odfi.length === 9 ? odfi.slice(0, 8) : odfi)

function writeIatHeader(writer: RecordWriter, batch: IatBatchInput, batchNumber: number): void {
  writer.record(batchHeaderIat, {
    serviceClassCode: serviceClassOf(batch),
    iatIndicator: batch.iatIndicator ?? '',
    foreignExchangeIndicator: batch.foreignExchangeIndicator,
    foreignExchangeReferenceIndicator: batch.foreignExchangeReferenceIndicator,
    foreignExchangeReference: batch.foreignExchangeReference ?? '',
    isoDestinationCountryCode: batch.isoDestinationCountryCode,
    originatorIdentification: batch.originatorIdentification,
    standardEntryClassCode: batch.iatIndicator ? 'COR' : 'IAT',
    companyEntryDescription: batch.companyEntryDescription,
    isoOriginatingCurrencyCode: batch.isoOriginatingCurrencyCode,
    isoDestinationCurrencyCode: batch.isoDestinationCurrencyCode,
    effectiveEntryDate: batch.effectiveEntryDate,
    settlementDate: '',
    originatorStatusCode: batch.originatorStatusCode ?? '1',
    odfiIdentification: eightDigits(batch.odfiIdentification),
    batchNumber,
  })
}

function writeCompanyHeader(
  writer: RecordWriter,
  batch: Exclude<BatchInput, IatBatchInput>,
  batchNumber: number,
): void {
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
    originatorStatusCode: batch.originatorStatusCode ?? (batch.secCode === 'ADV' ? '0' : '1'),
    odfiIdentification: eightDigits(batch.odfiIdentification),
    batchNumber,
  })
}

function writeHeader(writer: RecordWriter, batch: BatchInput, batchNumber: number): void {
  if (batch.secCode === 'IAT') writeIatHeader(writer, batch, batchNumber)
  else writeCompanyHeader(writer, batch, batchNumber)
  if (batch.odfiIdentification.length === 9 && !isRoutingNumber(batch.odfiIdentification)) {
    const message = 'Must be the first 8 digits of a routing number, or all 9 with the right check digit'
    writer.fault('batch.header.odfi.format', batchHeader.field.odfiIdentification, message)
  }
}

/** The control repeats what stands in the header, so the two cannot differ. */
function writeControl(writer: RecordWriter, header: number, totals: Totals, isAdv: boolean): void {
  const { serviceClassCode, companyIdentification, odfiIdentification, batchNumber } = readRecord(
    writer.bytes,
    header * LINE_LENGTH,
    batchHeader,
  )
  const same = { serviceClassCode, odfiIdentification, batchNumber }
  if (isAdv) {
    const { field } = batchControlAdv
    const values = { ...same, ...digitTotals(field, totals), achOperatorData: '' }
    writer.record(batchControlAdv, values)
    return
  }
  const numbers = controlNumbers(batchControl.field, totals)
  writer.record(batchControl, { ...same, ...numbers, companyIdentification, messageAuthenticationCode: '' })
}

/** Writes header, entries and control of a batch and returns where they are and what they come to. */
export function writeBatch(
  writer: RecordWriter,
  batch: BatchInput,
  batchNumber: number,
  traces: TraceCounter,
): { span: BatchSpan; totals: Totals } {
  const header = writer.count
  const plan = entryPlan(batch)
  writeHeader(writer, batch, batchNumber)
  const { odfiIdentification } = readRecord(writer.bytes, header * LINE_LENGTH, batchHeader)
  let sequenceInBatch = 0
  for (const entry of batch.entries) {
    traces.last = entry.traceSequence ?? traces.last + 1
    sequenceInBatch = entry.traceSequence ?? sequenceInBatch + 1
    writeEntry(writer, entry, plan, odfiIdentification, plan.isAdv ? sequenceInBatch : traces.last)
  }
  const control = writer.count
  const entryCount = batch.entries.length
  const addendaCount = control - header - 1 - entryCount
  const span = { header, control, from: header + 1, to: control, entryCount, addendaCount }
  const totals = batchTotals(new Records(writer.bytes, 0, LINE_LENGTH, control), span)
  writeControl(writer, header, totals, plan.isAdv)
  return { span, totals }
}
