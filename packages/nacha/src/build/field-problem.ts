import type { Field } from '../field.ts'
import type { RuleId } from '../rules/rule-id.ts'

/** Rules that name a misfit of one field; other fields share the building rules. */
const RULE_OF: Readonly<Record<string, RuleId>> = {
  dfiAccountNumber: 'entry.account.length',
  individualName: 'entry.name.length',
  individualIdentification: 'entry.identification.length',
  paymentRelatedInformation: 'addenda05.length',
  amount: 'entry.amount.range',
  rdfiIdentification: 'entry.rdfi.format',
  odfiIdentification: 'batch.header.odfi.format',
  fileCreationDate: 'file.header.creation_date.invalid',
  fileCreationTime: 'file.header.creation_time.invalid',
  effectiveEntryDate: 'parse.field.bad_date',
}

export interface FieldProblem {
  readonly rule: RuleId
  readonly message: string
}

/** Why a value was not written, without the value: it may be an account number. */
export function fieldProblem(field: Field, value: string | number): FieldProblem {
  const rule = RULE_OF[field.name]
  if (field.kind === 'text') {
    if (typeof value !== 'string') return { rule: 'build.field.format', message: 'Must be a text' }
    if (value.length > field.length) {
      const message = `Has ${value.length} characters, at most ${field.length} fit`
      return { rule: rule ?? 'build.field.length', message }
    }
    const message = 'Holds a character that takes more than one byte: write it in plain letters'
    return { rule: 'build.field.unencodable', message }
  }
  const maximum = (10 ** field.length - 1).toLocaleString('en-US')
  const message =
    field.kind === 'date'
      ? 'Must be a day from 2000 to 2099 of the form YYYY-MM-DD'
      : field.kind === 'number'
        ? `Must be a whole number from 0 to ${maximum}${field.name === 'amount' ? ' (cents)' : ''}`
        : `Must be ${field.length} digits`
  return { rule: rule ?? 'build.field.format', message }
}
