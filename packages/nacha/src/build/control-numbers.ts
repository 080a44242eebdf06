import type { Field } from '../field.ts'
import type { Totals } from '../file-totals.ts'

/** A number that does not fit its control is written as zero: the check of the control then refuses the file for it. */
export function fitting(field: Field, value: number): number {
  return value < 10 ** field.length ? value : 0
}

interface ControlFields {
  readonly entryAddendaCount: Field
  readonly totalDebitAmount: Field
  readonly totalCreditAmount: Field
}

/** The numbers that batch and file control have in common. */
export function controlNumbers(fields: ControlFields, totals: Totals) {
  return {
    entryAddendaCount: fitting(fields.entryAddendaCount, totals.entryCount + totals.addendaCount),
    entryHash: totals.entryHash,
    totalDebitAmount: fitting(fields.totalDebitAmount, totals.debitCents),
    totalCreditAmount: fitting(fields.totalCreditAmount, totals.creditCents),
  }
}

/** The same for the controls of ADV, whose totals are text. */
export function digitTotals(fields: ControlFields, totals: Totals) {
  const { totalDebitAmount, totalCreditAmount, ...others } = controlNumbers(fields, totals)
  return {
    ...others,
    totalDebitAmount: String(totalDebitAmount).padStart(fields.totalDebitAmount.length, '0'),
    totalCreditAmount: String(totalCreditAmount).padStart(fields.totalCreditAmount.length, '0'),
  }
}
