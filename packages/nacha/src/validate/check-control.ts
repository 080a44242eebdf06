import type { Field } from '../field.ts'
import type { Totals } from '../file-totals.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchControlAdv } from '../records/batch-control-adv.ts'
import { batchHeader } from '../records/batch-header.ts'
import { fileControl } from '../records/file-control.ts'
import { fileControlAdv } from '../records/file-control-adv.ts'
import type { RuleId } from '../rules/rule-id.ts'
import type { Checker } from './checker.ts'

const EIGHT = 0x38

/** The number in a control must be the one that was counted; one that is no number has its own violation, here and in what is counted. */
function checkNumber(checker: Checker, rule: RuleId, index: number, field: Field, expected: number): void {
  const actual = checker.number(index, field)
  if (actual < 0 || Number.isNaN(expected)) return
  if (!fits(field, expected)) checkOverflow(checker, index, field, expected)
  else if (actual !== expected) checker.fault(rule, index, field, differenceOf(field, actual, expected))
}

/** Sums past what a number holds exactly (ADV totals have room for more) are too large as well. */
const fits = (field: Field, value: number) => value < 10 ** field.length && value <= Number.MAX_SAFE_INTEGER

/** The hash of a single entry is its bank's routing number, so hashes are not told. */
function differenceOf(field: Field, actual: number, expected: number): string {
  if (field.name === 'entryHash') return 'The hash is not the sum of the RDFI identifications'
  return `The control says ${actual}, the records make it ${expected}`
}

/** A batch that overflows is reported as such; that its file does too says nothing new. */
function checkOverflow(checker: Checker, index: number, field: Field, expected: number): void {
  const isBatch = checker.records.type(index) === EIGHT
  if (!isBatch && checker.report.has('batch.control.overflow')) return
  const many = isBatch ? 'batches' : 'files'
  const message = `The records make it ${expected}, too much: make several ${many}`
  checker.fault(isBatch ? 'batch.control.overflow' : 'file.control.overflow', index, field, message)
}

const SAME = [
  ['batch.control.service_class', 'serviceClassCode'],
  ['batch.control.company_identification', 'companyIdentification'],
  ['batch.control.odfi', 'odfiIdentification'],
  ['batch.control.batch_number', 'batchNumber'],
] as const

/** What the control must repeat of the header: kept while the entries go by. */
export interface HeaderTexts {
  readonly line: number
  readonly texts: readonly string[]
}

export function headerTexts(checker: Checker, header: number): HeaderTexts {
  return {
    line: checker.records.line(header),
    texts: SAME.map(([, name]) => checker.text(header, batchHeader.field[name])),
  }
}

function checkSame(checker: Checker, control: number, header: HeaderTexts, isAdv: boolean): void {
  for (const [at, [rule, name]] of SAME.entries()) {
    // An ADV control has no company.
    if (isAdv && name === 'companyIdentification') continue
    const message = `the same as in the batch header on line ${header.line}`
    checker.expect(control, batchControl.field[name], rule, [header.texts[at] ?? ''], message)
  }
}

/** The counts and sums that batch and file control share. */
function checkTotals(
  checker: Checker,
  control: number,
  { field }: typeof batchControl | typeof batchControlAdv | typeof fileControl | typeof fileControlAdv,
  of: 'batch' | 'file',
  totals: Totals,
): void {
  const count = totals.entryCount + totals.addendaCount
  checkNumber(checker, `${of}.control.entry_addenda_count`, control, field.entryAddendaCount, count)
  checkNumber(checker, `${of}.control.entry_hash`, control, field.entryHash, totals.entryHash)
  checkNumber(checker, `${of}.control.total_debit`, control, field.totalDebitAmount, totals.debitCents)
  checkNumber(checker, `${of}.control.total_credit`, control, field.totalCreditAmount, totals.creditCents)
}

export function checkBatchControl(
  checker: Checker,
  control: number,
  header: HeaderTexts | null,
  totals: Totals,
  isAdv: boolean,
): void {
  const layout = isAdv ? batchControlAdv : batchControl
  const { field } = layout
  checker.forms(control, layout.fields, [field.serviceClassCode, field.batchNumber, field.odfiIdentification])
  checker.characters(control, layout, () => 'batch.control.mac.characters')
  if (header) checkSame(checker, control, header, isAdv)
  checkTotals(checker, control, layout, 'batch', totals)
}

/** What was counted on the way to the file control. */
export interface FileSums {
  readonly totals: Totals
  readonly batchCount: number
  /** Records up to the file control and with it. */
  readonly recordCount: number
  readonly isAdv: boolean
}

export function checkFileControl(checker: Checker, control: number, sums: FileSums): void {
  const { totals, batchCount, recordCount, isAdv } = sums
  const layout = isAdv ? fileControlAdv : fileControl
  const { field } = layout
  checker.forms(control, layout.fields)
  checker.characters(control, layout, () => 'parse.character.control')
  checkNumber(checker, 'file.control.batch_count', control, field.batchCount, batchCount)
  checkNumber(checker, 'file.control.block_count', control, field.blockCount, Math.ceil(recordCount / 10))
  checkTotals(checker, control, layout, 'file', totals)
}
