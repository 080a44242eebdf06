import { bankingDateProblem, parseDollars } from '@fistworks/contract'
import { textProblem } from '@fistworks/nacha'
import { sentence } from '../../internal/sentence.ts'
import type { Draft, DraftBatch, DraftEntry } from './draft.ts'

/** Sentences by JSON Pointer into the body, the way the server names places too. */
export type Problems = ReadonlyMap<string, string>

/**
 * What keeps a draft from being saved, all of it at once.
 * @param earliest the first civil date that a payment can still take effect on, `YYYY-MM-DD`
 */
export function draftProblems(draft: Draft, earliest: string): Problems {
  const problems = new Map<string, string>()
  if (draft.name.trim() === '') problems.set('/name', 'Give the file a name.')
  else if (draft.name.length > 100) problems.set('/name', 'The name has more than 100 characters.')
  draft.batches.forEach((batch, index) => {
    for (const [pointer, text] of batchProblems(batch, earliest)) problems.set(`/batches/${index}${pointer}`, text)
  })
  return problems
}

function batchProblems(batch: DraftBatch, earliest: string): Map<string, string> {
  const problems = new Map<string, string>()
  const note = (pointer: string, text: string | null) => {
    if (text !== null) problems.set(pointer, text)
  }
  if (batch.bankAccountId === '') note('/bankAccountId', 'Choose the account to pay from.')
  const description = textProblem('companyEntryDescription', batch.description)
  note('/companyEntryDescription', description && sentence('The description', description))
  note('/effectiveDate', dateProblem(batch.effectiveDate, earliest))
  if (batch.entries.length === 0) note('/entries', 'Add at least one payment, or remove the batch.')
  batch.entries.forEach((entry, index) => {
    for (const [pointer, text] of entryProblems(entry)) note(`/entries/${index}${pointer}`, text)
  })
  return problems
}

function dateProblem(date: string, earliest: string): string | null {
  if (date === '') return 'Choose a date.'
  const problem = bankingDateProblem(date)
  if (problem !== null) return sentence(problem.startsWith('banks') ? 'Not a banking day' : 'The date', problem)
  return date < earliest ? 'This date is in the past.' : null
}

function entryProblems(entry: DraftEntry): [string, string][] {
  const problems: [string, string][] = []
  if (entry.payee === null) problems.push(['/recipientId', 'Choose a recipient.'])
  const amount = parseDollars(entry.amount)
  if (amount.problem !== null) problems.push(['/amountCents', entry.amount.trim() ? amount.problem : 'Type an amount.'])
  const addenda = entry.addenda.trim() === '' ? null : textProblem('paymentRelatedInformation', entry.addenda)
  if (addenda !== null) problems.push(['/addenda/0', sentence('The note', addenda)])
  return problems
}

/** Advice on one entry: its recipient is of the other kind than its batch pays. */
export function secAdvice(batch: DraftBatch, entry: DraftEntry): string | null {
  const holder = entry.payee?.holderType
  if (!entry.payee || !holder) return null
  const wanted = holder === 'individual' ? 'PPD' : 'CCD'
  if (wanted === batch.secCode) return null
  const is = holder === 'individual' ? 'a person: pay them in a PPD batch' : 'a business: pay it in a CCD batch'
  return `${entry.payee.name} is ${is}.`
}
