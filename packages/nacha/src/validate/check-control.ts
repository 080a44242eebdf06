import type { Field } from '../field.ts'
import { HASH_MODULUS, type Totals } from '../file-totals.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchHeader } from '../records/batch-header.ts'
import { fileControl } from '../records/file-control.ts'
import type { RuleId } from '../rules/rules.ts'
import type { Structure } from '../structure.ts'
import type { Checker } from './checker.ts'

const EIGHT = 0x38
const batch = batchControl.field
const file = fileControl.field

/** The number in a control must be the one that was counted; one that is no number has its own violation. */
function checkNumber(checker: Checker, rule: RuleId, index: number, field: Field, expected: number): void {
  const actual = checker.number(index, field)
  if (actual < 0 || actual === expected) return
  if (expected >= 10 ** field.length) checkOverflow(checker, index, field, expected)
  else checker.fault(rule, index, field, differenceOf(field, actual, expected))
}

/** The hash of a single entry is its bank's routing number, so hashes are not told. */
function differenceOf(field: Field, actual: number, expected: number): string {
  if (field.name === 'entryHash')
    return 'The hash in the control is not the sum of the first 8 digits of the routing numbers'
  return `The control says ${actual}, the records make it ${expected}`
}

/** A batch that overflows is reported as such; that its file does too says nothing new. */
function checkOverflow(checker: Checker, index: number, field: Field, expected: number): void {
  const isBatch = checker.records.type(index) === EIGHT
  if (!isBatch && checker.report.has('batch.control.overflow')) return
  const advice = isBatch ? 'make several batches' : 'make several files'
  const message = `The records come to ${expected}, which does not fit ${field.length} digits: ${advice}`
  checker.fault(isBatch ? 'batch.control.overflow' : 'file.control.overflow', index, field, message)
}

const SAME: readonly (readonly [RuleId, Field, Field])[] = [
  ['batch.control.service_class', batch.serviceClassCode, batchHeader.field.serviceClassCode],
  ['batch.control.company_identification', batch.companyIdentification, batchHeader.field.companyIdentification],
  ['batch.control.odfi', batch.odfiIdentification, batchHeader.field.odfiIdentification],
  ['batch.control.batch_number', batch.batchNumber, batchHeader.field.batchNumber],
]

export function checkBatchControl(checker: Checker, header: number, control: number, totals: Totals): void {
  checker.forms(control, batchControl, [batch.serviceClassCode, batch.batchNumber])
  checker.characters(control, batchControl, () => 'batch.control.mac.characters')
  for (const [rule, there, here] of SAME) {
    if (checker.text(control, there) !== checker.text(header, here)) {
      checker.fault(rule, control, there, `Differs from the batch header on line ${checker.records.line(header)}`)
    }
  }
  const count = totals.entryCount + totals.addendaCount
  checkNumber(checker, 'batch.control.entry_addenda_count', control, batch.entryAddendaCount, count)
  checkNumber(checker, 'batch.control.entry_hash', control, batch.entryHash, totals.entryHash % HASH_MODULUS)
  checkNumber(checker, 'batch.control.total_debit', control, batch.totalDebitAmount, totals.debitCents)
  checkNumber(checker, 'batch.control.total_credit', control, batch.totalCreditAmount, totals.creditCents)
}

export function checkFileControl(checker: Checker, structure: Structure, totals: Totals): void {
  const { control } = structure
  const blocks = Math.ceil((control + 1) / 10)
  checker.forms(control, fileControl)
  checker.characters(control, fileControl, () => 'parse.character.control')
  checkNumber(checker, 'file.control.batch_count', control, file.batchCount, structure.batches.length)
  checkNumber(checker, 'file.control.block_count', control, file.blockCount, blocks)
  checkNumber(
    checker,
    'file.control.entry_addenda_count',
    control,
    file.entryAddendaCount,
    totals.entryCount + totals.addendaCount,
  )
  checkNumber(checker, 'file.control.entry_hash', control, file.entryHash, totals.entryHash)
  checkNumber(checker, 'file.control.total_debit', control, file.totalDebitAmount, totals.debitCents)
  checkNumber(checker, 'file.control.total_credit', control, file.totalCreditAmount, totals.creditCents)
  checkFiller(checker, structure)
}

function checkFiller(checker: Checker, { control, fillerCount }: Structure): void {
  const needed = (10 - ((control + 1) % 10)) % 10
  if (fillerCount !== needed) {
    checker.recordFault(
      'file.filler.count',
      control,
      `${fillerCount} filler records follow, ${needed} complete the last block of ten`,
    )
  }
  for (let index = control + 1; index < checker.records.count; index++) {
    if (checker.records.isFiller(index) && !checker.records.isAllNines(index)) {
      checker.recordFault('file.filler.content', index, 'A filler record is 94 nines')
    }
  }
}
