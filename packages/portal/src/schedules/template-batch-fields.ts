import type { BankAccount, Recipient } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { sentenceAbout, selectField, textField } from '../ui/field.ts'
import type { FormErrors } from '../ui/form-errors.ts'
import type { DraftBatch, DraftEntry } from './template-draft.ts'

const SEC_CODES = { CCD: 'Companies (CCD)', PPD: 'People (PPD)' }
const DIRECTIONS = { credit: 'Pay', debit: 'Collect' }

/** How the fields of a batch reach the page they are on. */
export interface TemplateForm {
  readonly client: FISTWorks
  readonly accounts: readonly BankAccount[]
  readonly errors: FormErrors
  /** So many payments of each batch are shown. */
  readonly shown: number
  pick(at: readonly [number, number], recipient: Recipient): void
  addEntry(batch: number): void
  removeEntry(at: readonly [number, number]): void
  removeBatch(batch: number): void
  showMore(): void
}

export function batchFields(form: TemplateForm, batch: DraftBatch, at: number, isOnly: boolean) {
  const place = `batches-${at}`
  const field = (name: string) => ({ name: `${place}-${name}`, error: form.errors[`${place}-${name}`] })
  const accounts = { '': 'Choose an account', ...accountChoices(form.accounts, batch.bankAccountId) }
  const hidden = batch.entries.length - form.shown
  return html`<section class="card" aria-labelledby="${place}-heading">
    <div class="bar">
      <h2 id="${place}-heading">Batch ${at + 1}</h2>
      ${isOnly ? nothing : html`<button type="button" class="button quiet" @click=${() => form.removeBatch(at)}>Remove batch ${at + 1}</button>`}
    </div>
    <div class="fields">
      ${selectField({ ...field('bankAccountId'), label: 'From account', value: batch.bankAccountId, choices: accounts })}
      ${selectField({ ...field('secCode'), label: 'Paid to', value: batch.secCode, choices: SEC_CODES })}
      ${textField({ ...field('companyEntryDescription'), label: 'Description', value: batch.companyEntryDescription, hint: 'On their statement, at most 10 characters.', maxLength: 10 })}
    </div>
    <ol class="entries" aria-label="Payments of batch ${at + 1}">
      ${repeat(
        batch.entries.slice(0, form.shown),
        ({ key }) => key,
        (entry, index) => entryFields(form, entry, [at, index]),
      )}
    </ol>
    ${form.errors[`${place}-entries`] ? html`<p class="wrong">${sentenceAbout('This batch', 'needs at least one payment')}</p>` : nothing}
    <div class="actions">
      <button type="button" class="button" @click=${() => form.addEntry(at)}>Add a payment</button>
      ${hidden > 0 ? html`<button type="button" class="button quiet" @click=${form.showMore}>Show more (${hidden.toLocaleString('en-US')})</button>` : nothing}
    </div>
  </section>`
}

/** Accounts that can be paid from, and the one that is chosen although it cannot be any more. */
function accountChoices(accounts: readonly BankAccount[], chosen: string): Record<string, string> {
  const usable = accounts.filter(({ archivedAt, id }) => archivedAt === null || id === chosen)
  return Object.fromEntries(
    usable.map(({ id, name, accountNumberLast4, archivedAt }) => [
      id,
      `${name} ••••${accountNumberLast4}${archivedAt === null ? '' : ' (archived)'}`,
    ]),
  )
}

function entryFields(form: TemplateForm, entry: DraftEntry, at: readonly [number, number]) {
  const place = `batches-${at[0]}-entries-${at[1]}`
  const field = (name: string) => ({ name: `${place}-${name}`, error: form.errors[`${place}-${name}`] })
  const missing = form.errors[`${place}-recipientId`]
  return html`<li class="entry">
    <fist-recipient-picker
      id="${place}-recipientId"
      .client=${form.client}
      .chosen=${entry.recipient}
      .error=${missing === undefined ? '' : sentenceAbout('Recipient', missing)}
      @pick=${({ detail }: CustomEvent<Recipient>) => form.pick(at, detail)}
    ></fist-recipient-picker>
    ${textField({ ...field('amountCents'), label: 'Amount ($)', value: entry.amountCents, hint: entry.amountCents === '' ? 'Said each time' : '', inputMode: 'text', maxLength: 20 })}
    ${selectField({ ...field('direction'), label: 'Direction', value: entry.direction, choices: DIRECTIONS })}
    ${textField({ ...field('addenda'), error: form.errors[`${place}-addenda-0`], label: 'Note to the recipient', value: entry.addenda[0] ?? '', maxLength: 80 })}
    <button type="button" class="button quiet" @click=${() => form.removeEntry(at)} aria-label="Remove payment ${at[1] + 1} of batch ${at[0] + 1}">Remove</button>
  </li>`
}
