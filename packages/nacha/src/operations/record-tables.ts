import { type AddendaContext, addendaLayoutAt } from '../addenda-kind.ts'
import { RECORD_LENGTH, type RecordLayout } from '../field.ts'
import { textAt } from '../read-field.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchControlAdv } from '../records/batch-control-adv.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { fileControl } from '../records/file-control.ts'
import { fileControlAdv } from '../records/file-control-adv.ts'
import { fileHeader } from '../records/file-header.ts'
import { isSecCode, SEC_CODES, type SecCode } from '../sec-code.ts'

const NINE = 0x39
const BLANK = 0x20

function isFiller(bytes: Uint8Array, at: number): boolean {
  for (let place = at; place < at + RECORD_LENGTH; place++) {
    if (bytes[place] !== NINE && bytes[place] !== BLANK) return false
  }
  return true
}

/** Finds the table of record after record, also in a file that is not in order. */
export class RecordTables {
  #secCode: SecCode | null = null
  #context: AddendaContext = { isIat: false, isMte: false }
  #isAdvFile = false

  /** SEC code of the batch that is open; null when it has none that Nacha defines. */
  get secCode(): SecCode | null {
    return this.#secCode
  }

  get isIat(): boolean {
    return this.#context.isIat
  }

  /** The table of the record at `at`; null for filler, for unknown records and for entries of an unknown SEC code. */
  next(bytes: Uint8Array, at: number): RecordLayout | null {
    switch (String.fromCharCode(bytes[at] ?? 0)) {
      case '1':
        return fileHeader
      case '5':
        return this.#batch(bytes, at)
      case '6':
        if (this.#context.isIat) return SEC_CODES.IAT.entry
        return this.#secCode && SEC_CODES[this.#secCode].entry
      case '7':
        return addendaLayoutAt(bytes, at, this.#context)
      case '8':
        return this.#secCode === 'ADV' ? batchControlAdv : batchControl
      case '9':
        if (isFiller(bytes, at)) return null
        return this.#isAdvFile ? fileControlAdv : fileControl
      default:
        return null
    }
  }

  #batch(bytes: Uint8Array, at: number): RecordLayout {
    const { start, length } = batchHeader.field.standardEntryClassCode
    const { iatIndicator } = batchHeaderIat.field
    const code = textAt(bytes, at + start, length).toUpperCase()
    const indicator = textAt(bytes, at + iatIndicator.start, iatIndicator.length)
    const isIat = code === 'IAT' || (code === 'COR' && indicator === 'IATCOR')
    this.#secCode = isSecCode(code) ? code : null
    this.#context = { isIat, isMte: code === 'MTE' }
    if (code === 'ADV') this.#isAdvFile = true
    return isIat ? batchHeaderIat : batchHeader
  }
}
