import { Entries } from './entries.ts'
import { RECORD_LENGTH, type RecordLayout, type RecordValues } from './field.ts'
import { readRecord, textAt } from './read-field.ts'
import { type BatchControl, batchControl } from './records/batch-control.ts'
import { type BatchControlAdv, batchControlAdv } from './records/batch-control-adv.ts'
import { type BatchHeader, batchHeader } from './records/batch-header.ts'
import { type BatchHeaderIat, batchHeaderIat } from './records/batch-header-iat.ts'
import { type FileControl, fileControl } from './records/file-control.ts'
import { type FileControlAdv, fileControlAdv } from './records/file-control-adv.ts'
import { type FileHeader, fileHeader } from './records/file-header.ts'
import type { Records } from './records.ts'
import { isSecCode, SEC_TRAITS, type SecCode } from './sec-traits.ts'
import type { BatchSpan, Structure } from './structure.ts'

const BLANK_RECORD = /* @__PURE__ */ new Uint8Array(RECORD_LENGTH).fill(0x20)

/** A batch: header, entries and control. IAT has a header of its own, ADV a control of its own. */
export interface Batch {
  /** null for a code that Nacha does not define, and for a batch without header. COR in a correction of IAT too. */
  readonly secCode: SecCode | null
  readonly isIat: boolean
  readonly isAdv: boolean
  /** The fields every SEC code has under these names; for IAT the company's are blank, see `headerIat`. */
  readonly header: BatchHeader
  /** The header of an IAT batch, null for any other. */
  readonly headerIat: BatchHeaderIat | null
  readonly entries: Entries
  /** Of an ADV batch see `controlAdv`: here its totals are blank. */
  readonly control: BatchControl
  readonly controlAdv: BatchControlAdv | null
}

/** The values of a record, those of a blank one when it is missing. */
function valuesAt<Layout extends RecordLayout>(records: Records, index: number, layout: Layout): RecordValues<Layout> {
  return index < 0 ? readRecord(BLANK_RECORD, 0, layout) : readRecord(records.bytes, records.at(index), layout)
}

function textOf(records: Records, index: number, { start, length }: { start: number; length: number }): string {
  return index < 0 ? '' : textAt(records.bytes, records.at(index) + start, length)
}

/** Makes the batch of a span. */
export function batchOf(records: Records, span: BatchSpan): Batch {
  const named = textOf(records, span.header, batchHeader.field.standardEntryClassCode).toUpperCase()
  const indicator = textOf(records, span.header, batchHeaderIat.field.iatIndicator)
  const secCode = isSecCode(named) ? named : null
  const isIat = secCode === 'IAT' || (secCode === 'COR' && indicator === 'IATCOR')
  const isAdv = secCode === 'ADV'
  const layout = isIat ? SEC_TRAITS.IAT.entry : SEC_TRAITS[secCode ?? 'PPD'].entry
  const headerIat = isIat ? valuesAt(records, span.header, batchHeaderIat) : null
  const header = valuesAt(records, span.header, batchHeader)
  const companyless = { companyName: '', companyDiscretionaryData: '', companyIdentification: '' }
  return {
    secCode,
    isIat,
    isAdv,
    header: isIat ? { ...header, ...companyless, companyDescriptiveDate: '' } : header,
    headerIat,
    entries: new Entries(records, span, layout, { isIat, isMte: secCode === 'MTE' }),
    control: isAdv
      ? controlOf(valuesAt(records, span.control, batchControlAdv))
      : valuesAt(records, span.control, batchControl),
    controlAdv: isAdv ? valuesAt(records, span.control, batchControlAdv) : null,
  }
}

function controlOf(adv: BatchControlAdv): BatchControl {
  const { totalDebitAmount, totalCreditAmount, achOperatorData: _, ...same } = adv
  const totals = { totalDebitAmount: Number(totalDebitAmount), totalCreditAmount: Number(totalCreditAmount) }
  return { ...same, ...totals, companyIdentification: '', messageAuthenticationCode: '' }
}

/** A whole file. It keeps the bytes it was read from or built into, so writing it again changes nothing. */
export class AchFile {
  readonly records: Records
  readonly structure: Structure
  /** Blank values when the file was read without header (`structure.header` is -1). */
  readonly header: FileHeader
  /** Blank values when the file was read without control. Of an ADV file see `controlAdv`, too. */
  readonly control: FileControl
  /** The control of an ADV file, null for any other. */
  readonly controlAdv: FileControlAdv | null
  #batches: readonly Batch[] | null = null

  /** `structure` must be complete: header, control, and both in each batch, but for what may be missing. */
  constructor(records: Records, structure: Structure) {
    this.records = records
    this.structure = structure
    this.header = valuesAt(records, structure.header, fileHeader)
    const sec = batchHeader.field.standardEntryClassCode
    const isAdv =
      structure.batches.length > 0 && structure.batches.every(({ header }) => textOf(records, header, sec) === 'ADV')
    this.controlAdv = isAdv ? valuesAt(records, structure.control, fileControlAdv) : null
    this.control = this.controlAdv
      ? {
          ...this.controlAdv,
          totalDebitAmount: Number(this.controlAdv.totalDebitAmount),
          totalCreditAmount: Number(this.controlAdv.totalCreditAmount),
        }
      : valuesAt(records, structure.control, fileControl)
  }

  get batches(): readonly Batch[] {
    this.#batches ??= this.structure.batches.map((span) => batchOf(this.records, span))
    return this.#batches
  }
}
