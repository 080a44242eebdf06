import type { Field, RecordLayout } from '../field.ts'
import type { BatchInput } from '../input.ts'
import { SEC_TRAITS } from '../sec-traits.ts'

/** How the entries of a batch are written. */
export interface EntryPlan {
  readonly layout: RecordLayout
  readonly account: Field
  readonly amount: Field
  /** The fields that only some SEC codes have; all others are common or worked out. */
  readonly own: readonly Field[]
  readonly addendaCount: Field | null
  readonly isAdv: boolean
}

const COMMON =
  'transactionCode rdfiIdentification checkDigit dfiAccountNumber amount numberOfAddenda addendaRecordIndicator traceNumber sequenceNumber'.split(
    ' ',
  )

/** @throws RangeError for an SEC code that there is none of: the type forbids it. */
export function entryPlan(batch: BatchInput): EntryPlan {
  const row = SEC_TRAITS[batch.secCode]
  if (!row) throw new RangeError(`'${String(batch.secCode).slice(0, 3)}' is no SEC code`)
  const layout: RecordLayout = row.entry
  const account = layout.field['dfiAccountNumber']
  const amount = layout.field['amount']
  if (!account || !amount) throw new Error(`${layout.name} has no account or amount`)
  return {
    layout,
    account,
    amount,
    own: layout.fields.filter(({ kind, name }) => kind !== 'literal' && kind !== 'blank' && !COMMON.includes(name)),
    addendaCount: layout.field['numberOfAddenda'] ?? null,
    isAdv: batch.secCode === 'ADV',
  }
}
