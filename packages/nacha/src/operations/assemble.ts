import { isMasked } from '../account-number.ts'
import { controlNumbers, digitTotals } from '../build/control-numbers.ts'
import { decodeFile } from '../decode-file.ts'
import { RECORD_LENGTH, type RecordLayout, type RecordValues } from '../field.ts'
import { addTotals, batchTotals, noTotals, type Totals } from '../file-totals.ts'
import { readRecord } from '../read-field.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchControlAdv } from '../records/batch-control-adv.ts'
import { batchHeader } from '../records/batch-header.ts'
import { fileControl } from '../records/file-control.ts'
import { fileControlAdv } from '../records/file-control-adv.ts'
import { Records } from '../records.ts'
import { validateFile } from '../validate-file.ts'
import { isAcceptable, type Strictness } from '../violation.ts'
import { writeRecord } from '../write-field.ts'
import { type BatchDraft, entryLayoutOf, type FileDraft } from './draft.ts'
import { type Outcome, Problems, refusal } from './problem.ts'
import { fieldNamed, textOf } from './record-edit.ts'

const LF = 0x0a
const NINE = 0x39
const STRIDE = RECORD_LENGTH + 1

/** What every operation takes. */
export interface OperationOptions {
  /** What the result is held against; the `standard` profile when left out. */
  readonly validation?: Strictness | undefined
}

/** Records of a batch with its header and control. */
export function batchRecordCount({ entries }: Pick<BatchDraft, 'entries'>): number {
  return entries.reduce((sum, { addenda }) => sum + 1 + addenda.length, 2)
}

class Assembly {
  readonly bytes: Uint8Array
  count = 0

  constructor(recordCount: number) {
    this.bytes = new Uint8Array(recordCount * STRIDE)
  }

  copy(record: Uint8Array): void {
    this.bytes.set(record, this.#next())
  }

  write<Layout extends RecordLayout>(layout: Layout, values: RecordValues<Layout>): void {
    writeRecord(this.bytes, this.#next(), layout, values)
  }

  #next(): number {
    const at = this.count * STRIDE
    this.bytes[at + RECORD_LENGTH] = LF
    this.count++
    return at
  }

  filler(): void {
    while (this.count * STRIDE < this.bytes.length) {
      const at = this.#next()
      this.bytes.fill(NINE, at, at + RECORD_LENGTH)
    }
  }
}

function writeBatch(assembly: Assembly, batch: BatchDraft): Totals {
  const header = assembly.count
  assembly.copy(batch.header)
  for (const { record, addenda } of batch.entries) {
    assembly.copy(record)
    for (const each of addenda) assembly.copy(each)
  }
  const control = assembly.count
  const entryCount = batch.entries.length
  const addendaCount = control - header - 1 - entryCount
  const span = { header, control, from: header + 1, to: control, entryCount, addendaCount }
  const totals = batchTotals(new Records(assembly.bytes, 0, STRIDE, control), span)
  const { serviceClassCode, companyIdentification, odfiIdentification, batchNumber } = readRecord(
    batch.header,
    0,
    batchHeader,
  )
  const same = { serviceClassCode, odfiIdentification, batchNumber }
  const { controlText } = batch
  if (batch.isAdv) {
    assembly.write(batchControlAdv, {
      ...same,
      ...digitTotals(batchControlAdv.field, totals),
      achOperatorData: controlText,
    })
  } else {
    const numbers = controlNumbers(batchControl.field, totals)
    assembly.write(batchControl, { ...same, ...numbers, companyIdentification, messageAuthenticationCode: controlText })
  }
  return totals
}

/** The bytes of a draft: counts, totals, hashes, blocks and filler are worked out anew. */
export function assemble({ header, batches }: FileDraft): Uint8Array {
  const needed = batches.reduce((sum, batch) => sum + batchRecordCount(batch), 2)
  const blockCount = Math.ceil(needed / 10)
  const assembly = new Assembly(blockCount * 10)
  const sum = noTotals()
  assembly.copy(header)
  for (const batch of batches) addTotals(sum, writeBatch(assembly, batch))
  const counts = { batchCount: batches.length, blockCount }
  const isAdv = batches.length > 0 && batches.every((batch) => batch.isAdv)
  if (isAdv) assembly.write(fileControlAdv, { ...counts, ...digitTotals(fileControlAdv.field, sum) })
  else assembly.write(fileControl, { ...counts, ...controlNumbers(fileControl.field, sum) })
  assembly.filler()
  return assembly.bytes
}

/** Reads and checks what an operation made of bytes: refused with everything that is wrong, or the file. */
export function checked(bytes: Uint8Array, problems: Problems, { validation }: OperationOptions): Outcome {
  if (!problems.isEmpty) return refusal(problems)
  const { file, violations: unread } = decodeFile(bytes, validation)
  const violations = file ? validateFile(file, validation) : unread
  if (file && isAcceptable(violations)) return { file, problems: [], violations }
  const invalid = new Problems()
  invalid.add('file.invalid', 'The result breaks rules of the format: its violations say which')
  return refusal(invalid, violations)
}

const NOT_MASKED = /^[0-9A-WYZa-wyz]/

/** What was masked for display reads like any file: nothing that could be sent is made of it. */
function refuseMasked({ batches }: FileDraft, problems: Problems): void {
  for (const batch of batches) {
    const account = fieldNamed(entryLayoutOf(batch), 'dfiAccountNumber')
    for (const { record, place } of account ? batch.entries : []) {
      const number = account ? textOf(record, account) : ''
      if (number === '' || NOT_MASKED.test(number) || !isMasked(number)) continue
      problems.add('account.masked', 'The account number is masked: the file with the whole numbers is needed', place)
    }
  }
}

/** The file of a draft, unless there are problems, or it has none of the batches that it should have. */
export function finished(draft: FileDraft, problems: Problems, options: OperationOptions): Outcome {
  if (problems.isEmpty && draft.batches.length === 0) problems.add('file.none', 'Nothing is left to put into a file')
  refuseMasked(draft, problems)
  return problems.isEmpty ? checked(assemble(draft), problems, options) : refusal(problems)
}
