import type { Recipient } from '@fistworks/contract'
import { textProblem } from '@fistworks/nacha'
import { sentence } from '../../internal/sentence.ts'

/** What the form holds besides the two numbers, which stay in their fields. */
export interface RecipientValues {
  readonly name: string
  readonly holderType: Recipient['holderType']
  readonly accountType: Recipient['accountType']
  readonly identification: string
  readonly externalId: string
}

const emptyValues: RecipientValues = {
  name: '',
  holderType: 'business',
  accountType: 'checking',
  identification: '',
  externalId: '',
}

/** What a new recipient starts with; the person may change it, except the id. */
export interface RecipientPrefill {
  readonly name?: string
  readonly holderType?: Recipient['holderType']
  /** The accounting product's own id of them, such as a vendor id. The form does not show it. */
  readonly externalId?: string
}

export const prefilledValues = (prefill: RecipientPrefill): RecipientValues => ({
  ...emptyValues,
  name: prefill.name ?? '',
  holderType: prefill.holderType === 'individual' ? 'individual' : 'business',
  externalId: prefill.externalId ?? '',
})

export function valuesOf(recipient: Recipient): RecipientValues {
  const { name, holderType, accountType, externalId } = recipient
  return { name, holderType, accountType, identification: '', externalId: externalId ?? '' }
}

/** What is wrong, by the place in the body. */
export function valueProblems(values: RecipientValues): Map<string, string> {
  const problems = new Map<string, string>()
  const note = (pointer: string, subject: string, problem: string | null) => {
    if (problem !== null) problems.set(pointer, sentence(subject, problem))
  }
  note('/name', 'The name', textProblem('individualName', values.name))
  note('/identification', 'The number', textProblem('individualIdentification', values.identification))
  note('/externalId', 'The id', values.externalId.length > 100 ? 'has more than 100 characters' : null)
  return problems
}

/** What a change sends: only what is different. */
export function changedValues(values: RecipientValues, recipient: Recipient) {
  const before = valuesOf(recipient)
  const { name, holderType, accountType, identification, externalId } = values
  return {
    ...(name !== before.name ? { name } : {}),
    ...(holderType !== before.holderType ? { holderType } : {}),
    ...(accountType !== before.accountType ? { accountType } : {}),
    ...(identification !== '' ? { identification } : {}),
    ...(externalId !== before.externalId && externalId !== '' ? { externalId } : {}),
  }
}
