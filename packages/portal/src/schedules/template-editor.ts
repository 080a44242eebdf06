import type { BankAccount, Recipient, Template } from '@fistworks/contract'
import { formatCents } from '@fistworks/contract'
import { define, RecipientPicker } from '@fistworks/widgets'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { FormPage } from '../pages/form-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { Loader } from '../ui/loader.ts'
import { batchFields } from './template-batch-fields.ts'
import {
  checkedTemplate,
  draftOfTemplate,
  errorsByField,
  newBatch,
  newEntry,
  type TemplateDraft,
  totalsOf,
  withBatch,
  withEntry,
} from './template-draft.ts'
import { templateEditorStyles } from './template-editor-styles.ts'

define(RecipientPicker)
const SHOWN = 100

/** Writes a template: who is paid how much from which account. */
@customElement('portal-template-editor')
export class TemplateEditor extends FormPage {
  static override styles = [pageStyles, formStyles, templateEditorStyles]

  /** `null` for a new one. */
  @property({ attribute: false }) templateId: string | null = null
  @state() private draft: TemplateDraft = { name: '', batches: [] }
  @state() private shown = SHOWN
  #isChanged = false

  private readonly data = new Loader(this, async () => {
    const [accounts, template] = await Promise.all([
      this.client.bankAccounts.list({ limit: 200 }),
      this.templateId === null ? null : this.client.templates.retrieve(this.templateId),
    ])
    const usable = accounts.data.filter(({ archivedAt }) => archivedAt === null)
    const only = usable.length === 1 ? (usable[0]?.id ?? '') : ''
    this.draft = template === null ? { name: '', batches: [newBatch(only)] } : draftOfTemplate(template)
    return { accounts: accounts.data, template }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.#isChanged) void this.data.load()
  }

  override get hasUnsavedInput(): boolean {
    return this.#isChanged
  }

  protected override settle(): void {
    super.settle()
    this.#isChanged = false
  }

  private change(draft: TemplateDraft): void {
    this.draft = draft
    this.#isChanged = true
  }

  private readonly typed = ({ target }: Event) => {
    const { name, value } = target as HTMLInputElement
    const [, batch, entry, what = ''] = /^batches-(\d+)-(?:entries-(\d+)-)?(\w+)$/.exec(name) ?? []
    const error = what === 'addenda' ? `${name}-0` : name
    this.errors = Object.fromEntries(Object.entries(this.errors).filter(([place]) => place !== error))
    const told = what === 'addenda' ? [value.trim()] : value
    if (batch === undefined) this.change({ ...this.draft, name: value })
    else if (entry === undefined)
      this.change(withBatch(this.draft, Number(batch), (before) => ({ ...before, [what]: value })))
    else this.change(withEntry(this.draft, [Number(batch), Number(entry)], (before) => ({ ...before, [what]: told })))
  }

  private readonly pick = (at: readonly [number, number], { id, name, accountNumberLast4 }: Recipient) => {
    const recipient = `${name} ••••${accountNumberLast4}`
    this.change(withEntry(this.draft, at, (before) => ({ ...before, recipientId: id, recipient })))
    const place = `batches-${at[0]}-entries-${at[1]}-recipientId`
    this.errors = Object.fromEntries(Object.entries(this.errors).filter(([name]) => name !== place))
  }

  private readonly addEntry = (batch: number) => {
    const at = this.draft.batches[batch]?.entries.length ?? 0
    const direction = this.draft.batches[batch]?.entries.at(-1)?.direction
    this.replace(withBatch(this.draft, batch, (one) => ({ ...one, entries: [...one.entries, newEntry(direction)] })))
    this.shown = Math.max(this.shown, at + 1)
    void this.focusOn(`#batches-${batch}-entries-${at}-recipientId`)
  }

  private readonly removeEntry = (at: readonly [number, number]) => {
    this.replace(withEntry(this.draft, at, () => null))
    void this.focusOn(`#batches-${at[0]}-heading`)
  }

  private readonly addBatch = () => {
    const last = this.draft.batches.at(-1)?.bankAccountId ?? ''
    this.replace({ ...this.draft, batches: [...this.draft.batches, newBatch(last)] })
    void this.focusOn(`#batches-${this.draft.batches.length - 1}-bankAccountId`)
  }

  private readonly removeBatch = (batch: number) => {
    this.replace(withBatch(this.draft, batch, () => null))
    void this.focusOn('#add-batch')
  }

  /** Places were counted anew: what was said of them is said again when it is saved. */
  private replace(draft: TemplateDraft): void {
    this.errors = {}
    this.change(draft)
  }

  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }

  private readonly save = async (event: SubmitEvent) => {
    event.preventDefault()
    const { wrong, input } = checkedTemplate(this.draft)
    this.failure = null
    this.errors = wrong ?? {}
    if (input === undefined) return this.showWrong()
    const { id, version } = this.data.value?.template ?? {}
    await this.attempt(async () => {
      const saved =
        id === undefined
          ? await this.client.templates.create(input)
          : await this.client.templates.update(id, { ...input, version: version ?? 0 })
      this.go(`/schedules/templates/${saved.id}`)
    })
  }

  protected override errorsOf({ errors }: Failure) {
    return errorsByField(errors)
  }

  protected override render() {
    const back = this.templateId === null ? '/schedules' : `/schedules/templates/${this.templateId}`
    return html`<p class="bar"><a href=${back}>${this.templateId === null ? 'All schedules and templates' : 'Back to the template'}</a></p>
      ${this.may('schedules:write') ? this.data.show('the template', ({ accounts, template }) => this.form(accounts, template, back)) : this.lookOnly()}`
  }

  private form(accounts: readonly BankAccount[], template: Template | null, back: string) {
    const { batches, name } = this.draft
    return html`<form novalidate @submit=${this.save} @input=${this.typed}>
      <section class="card">
        ${textField({ name: 'name', label: 'Name', hint: 'For you and your colleagues.', value: name, error: this.errors['name'], isRequired: true, maxLength: 100 })}
      </section>
      ${repeat(
        batches,
        ({ key }) => key,
        (batch, at) => batchFields(this.fields(accounts), batch, at, batches.length === 1),
      )}
      <div class="actions">
        <button type="button" class="button" id="add-batch" @click=${this.addBatch}>Add another batch</button>
      </div>
      ${this.sum()}
      ${template === null ? '' : html`<p class="muted">Schedules that use this template make no file before somebody has looked at the change and confirms them.</p>`}
      ${failureNotice(this.failure)}
      <div class="actions">
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>Save the template</button>
        <a class="button" href=${back}>Cancel</a>
      </div>
    </form>`
  }

  private fields(accounts: readonly BankAccount[]) {
    const { client, errors, shown, pick, addEntry, removeEntry, removeBatch } = this
    const showMore = () => {
      this.shown += SHOWN
    }
    return { client, accounts, errors, shown, pick, addEntry, removeEntry, removeBatch, showMore }
  }

  private sum() {
    const { entries, credit, debit, open } = totalsOf(this.draft)
    const parts = [
      `${entries.toLocaleString('en-US')} ${entries === 1 ? 'payment' : 'payments'}`,
      ...(credit > 0 ? [`${formatCents(credit)} paid out`] : []),
      ...(debit > 0 ? [`${formatCents(debit)} collected`] : []),
      ...(open > 0
        ? [`${open} ${open === 1 ? 'amount is' : 'amounts are'} said each time, so it cannot be scheduled`]
        : []),
    ]
    return html`<p role="status"><strong>${parts.join(' · ')}</strong></p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-template-editor': TemplateEditor
  }
}
