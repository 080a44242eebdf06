import type { BankAccount, Recipient } from '@fistworks/contract'
import type { ComponentResources } from '@fistworks/sdk'
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { idOfPointer, selectField, textField } from '../../internal/text-field.ts'
import type { DraftBatch, DraftEntry, Payee } from './draft.ts'
import { withEntry, withoutEntry, withPayee } from './draft-edit.ts'
import { secAdvice } from './draft-problems.ts'

/** How the templates of the editor reach it. */
export interface EditorView {
  readonly client: ComponentResources | null
  readonly bankAccounts: readonly BankAccount[]
  readonly shownEntries: number
  /** The sentence at this place, if it is to be shown already. */
  problemAt(pointer: string, touchKey: string): string | undefined
  touch(touchKey: string): void
  change(batchKey: string, change: (batch: DraftBatch) => DraftBatch): void
  removeBatch(batchKey: string): void
  isNoteOpen(entry: DraftEntry): boolean
  openNote(entry: DraftEntry): void
  addEntry(batchKey: string): void
  showMore(): void
}

const SEC_CODES = [
  { value: 'CCD', label: 'Companies (CCD)' },
  { value: 'PPD', label: 'People (PPD)' },
]
const DIRECTIONS = [
  { value: 'credit', label: 'Pay' },
  { value: 'debit', label: 'Collect' },
]

export const payeeOf = (recipient: Recipient): Payee => ({
  id: recipient.id,
  name: recipient.name,
  last4: recipient.accountNumberLast4,
  holderType: recipient.holderType,
})

export function batchFields(view: EditorView, batch: DraftBatch, index: number, isOnly: boolean) {
  const pointer = `/batches/${index}`
  const hidden = batch.entries.length - view.shownEntries
  return html`<section class="batch" aria-labelledby="${batch.key}-heading">
    <div class="batch-head">
      <h3 id="${batch.key}-heading">Batch ${index + 1}</h3>
      ${
        isOnly
          ? nothing
          : html`<button type="button" class="button quiet" @click=${() => view.removeBatch(batch.key)}>
            Remove batch<span class="visually-hidden"> ${index + 1}</span>
          </button>`
      }
    </div>
    <div class="batch-fields">${headFields(view, batch, pointer)}</div>
    <fist-offered-dates
      .client=${view.client}
      .account=${batch.bankAccountId}
      .direction=${batch.entries.some(({ direction }) => direction === 'debit') ? 'debit' : 'credit'}
      .chosen=${batch.effectiveDate}
      @choose=${({ detail }: CustomEvent<string>) => view.change(batch.key, (before) => ({ ...before, effectiveDate: detail }))}
    ></fist-offered-dates>
    <div class="entries">
      <div class="entry-list">
        ${repeat(
          batch.entries.slice(0, view.shownEntries),
          (entry) => entry.key,
          (entry, at) => entryFields(view, batch, entry, `${pointer}/entries/${at}`, at),
        )}
      </div>
      ${problemText(view.problemAt(`${pointer}/entries`, `${batch.key}/entries`))}
      <div class="actions">
        <button type="button" class="button" @click=${() => view.addEntry(batch.key)}>Add a payment</button>
        ${hidden > 0 ? html`<button type="button" class="button quiet" @click=${() => view.showMore()}>Show more (${hidden.toLocaleString('en-US')})</button>` : nothing}
      </div>
    </div>
  </section>`
}

const problemText = (text: string | undefined) => (text ? html`<p class="wrong-text">${text}</p>` : nothing)

function headFields(view: EditorView, batch: DraftBatch, pointer: string) {
  const set = (patch: Partial<DraftBatch>) => view.change(batch.key, (before) => ({ ...before, ...patch }))
  const common = (name: string) => ({
    id: idOfPointer(`${pointer}/${name}`),
    error: view.problemAt(`${pointer}/${name}`, `${batch.key}/${name}`),
    onLeave: () => view.touch(`${batch.key}/${name}`),
  })
  const accounts = view.bankAccounts.map(({ id, name, accountNumberLast4 }) => ({
    value: id,
    label: `${name} ••••${accountNumberLast4}`,
  }))
  const isKnown = accounts.some((each) => each.value === batch.bankAccountId)
  return html`${selectField({
    ...common('bankAccountId'),
    label: 'From account',
    value: batch.bankAccountId,
    options: isKnown ? accounts : [{ value: '', label: 'Choose an account' }, ...accounts],
    onInput: (bankAccountId) => set({ bankAccountId }),
  })}
  ${selectField({
    ...common('secCode'),
    label: 'Paid to',
    value: batch.secCode,
    options: SEC_CODES,
    onInput: (secCode) => set({ secCode: secCode === 'PPD' ? 'PPD' : 'CCD' }),
  })}
  ${textField({
    ...common('companyEntryDescription'),
    label: 'Description',
    hint: 'On their statement, at most 10 characters.',
    value: batch.description,
    onInput: (description) => set({ description }),
  })}
  ${textField({
    ...common('effectiveDate'),
    label: 'Takes effect on',
    type: 'date',
    value: batch.effectiveDate,
    onInput: (effectiveDate) => {
      view.touch(`${batch.key}/effectiveDate`)
      set({ effectiveDate })
    },
  })}`
}

function entryFields(view: EditorView, batch: DraftBatch, entry: DraftEntry, pointer: string, at: number) {
  const set = (patch: Partial<DraftEntry>) => view.change(batch.key, (before) => withEntry(before, entry.key, patch))
  const common = (name: string) => ({
    id: idOfPointer(`${pointer}/${name}`),
    error: view.problemAt(`${pointer}/${name}`, `${entry.key}/${name}`),
    onLeave: () => view.touch(`${entry.key}/${name}`),
  })
  const who = common('recipientId')
  const remove = () => view.change(batch.key, (before) => withoutEntry(before, entry.key))
  const advice = secAdvice(batch, entry)
  return html`<div class="entry" role="group" aria-label="Payment ${at + 1}">
    <div>
      <fist-recipient-picker
        id=${who.id}
        ?quiet=${at > 0}
        .client=${view.client}
        .chosen=${entry.payee ? `${entry.payee.name} ••••${entry.payee.last4}` : ''}
        .error=${who.error ?? ''}
        @pick=${(event: CustomEvent<Recipient>) => view.change(batch.key, (before) => withPayee(before, entry.key, payeeOf(event.detail)))}
        @focusout=${who.onLeave}
      ></fist-recipient-picker>
      ${advice ? html`<p class="advice">${advice}</p>` : nothing}
    </div>
    <div class="amount">
      ${textField({ ...common('amountCents'), label: 'Amount ($)', inputMode: 'decimal', placeholder: '0.00', value: entry.amount, onInput: (amount) => set({ amount }) })}
    </div>
    ${selectField({ ...common('direction'), label: 'Direction', value: entry.direction, options: DIRECTIONS, onInput: (direction) => set({ direction: direction === 'debit' ? 'debit' : 'credit' }) })}
    <div class="entry-tools">
      ${
        view.isNoteOpen(entry)
          ? nothing
          : html`<button type="button" class="button quiet" @click=${() => view.openNote(entry)}>
            Add note<span class="visually-hidden"> to payment ${at + 1}</span>
          </button>`
      }
      <button type="button" class="button quiet" @click=${remove}>Remove<span class="visually-hidden"> payment ${at + 1}</span></button>
    </div>
    ${
      view.isNoteOpen(entry)
        ? html`<div class="note">
          ${textField({ ...common('addenda-0'), error: view.problemAt(`${pointer}/addenda/0`, `${entry.key}/addenda-0`), label: 'Note to the recipient (addenda)', placeholder: 'Such as an invoice number, at most 80 characters', value: entry.addenda, onInput: (addenda) => set({ addenda }) })}
        </div>`
        : nothing
    }
  </div>`
}
