import type { Recipient } from '@fistworks/contract'
import { html, nothing, type PropertyValues } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { RecipientCreatedEvent } from '../../events/recipient-created-event.ts'
import { RecipientUpdatedEvent } from '../../events/recipient-updated-event.ts'
import { Attempt } from '../../internal/attempt.ts'
import { digitsOf } from '../../internal/digits.ts'
import { type Failure, isRefusal } from '../../internal/failure.ts'
import { failurePanel, skeleton } from '../../internal/failure-panel.ts'
import { FistElement } from '../../internal/fist-element.ts'
import type { NumberField } from '../../internal/number-field.ts'
import { baseStyles, frame } from '../../styles/base.ts'
import { buttonStyles } from '../../styles/button.ts'
import { dialogStyles } from '../../styles/dialog.ts'
import { fieldStyles } from '../../styles/field.ts'
import { surfaceStyles } from '../../styles/surface.ts'
import { FistAccountField } from '../fist-account-field/fist-account-field.ts'
import { FistRoutingField } from '../fist-routing-field/fist-routing-field.ts'
import { formStyles } from './fist-recipient-form.styles.ts'
import {
  currentAccount,
  duplicateNotice,
  errorSummary,
  moreDetails,
  numberFields,
  whoFields,
} from './recipient-fields.ts'
import {
  changedValues,
  prefilledValues,
  type RecipientPrefill,
  type RecipientValues,
  valueProblems,
  valuesOf,
} from './recipient-values.ts'

/**
 * Adds a recipient, or changes one. Inline where it stands, or as a dialog with `presentation="dialog"` and `show()`.
 * Account and routing number go to FISTWorks and nowhere else; they are forgotten once saved or closed.
 *
 * @fires fist-recipient-created - A recipient was added: `detail.recipient`, masked.
 * @fires fist-recipient-updated - A recipient was changed: `detail.recipient`, masked.
 * @fires fist-error - Something could not be done: `detail.failure`.
 */
export class FistRecipientForm extends FistElement {
  static readonly elementName = 'fist-recipient-form'
  static readonly dependencies = [FistAccountField, FistRoutingField]
  static override styles = [baseStyles, frame, buttonStyles, fieldStyles, surfaceStyles, dialogStyles, formStyles]

  /** The recipient to change; a new one is added when empty. */
  @property({ attribute: 'recipient-id' }) recipientId = ''
  @property() presentation: 'inline' | 'dialog' = 'inline'
  /** What a new recipient starts with: `{ name?, holderType?, externalId? }`. Goes before the three attributes below. */
  @property({ attribute: false }) prefill: RecipientPrefill | null = null
  /** The name a new recipient starts with. */
  @property({ attribute: 'recipient-name' }) recipientName = ''
  /** Whose account it is to start with. */
  @property({ attribute: 'holder-type' }) holderType: Recipient['holderType'] = 'business'
  /** Your own id of a new recipient, such as a vendor id: it is created with it, and cannot be changed in the form. */
  @property({ attribute: 'external-id' }) externalId = ''

  @state() private values: RecipientValues = prefilledValues({})
  @state() private problems: ReadonlyMap<string, string> = new Map()
  @state() private failure: Failure | null = null
  @state() private isLoadFailed = false
  @state() private isBusy = false
  @state() private isReplacing = false
  @state() private recipient: Recipient | null = null
  @state() private saved = ''
  @query('dialog') private readonly dialog!: HTMLDialogElement | null
  readonly #attempt = new Attempt()
  #initial = this.values

  private get given(): RecipientPrefill {
    const { recipientName: name, holderType, externalId } = this
    return { name, holderType, externalId, ...this.prefill }
  }

  /** Whether something a person typed is not saved and would be lost. */
  get hasUnsavedInput(): boolean {
    return this.values !== this.#initial || this.numberFields.some((field) => field.isFilled)
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    const isGiven = ['prefill', 'recipientName', 'holderType', 'externalId'].some((name) => changed.has(name))
    // What was typed already stays.
    if (isGiven && this.recipient === null && this.values === this.#initial) {
      this.#initial = prefilledValues(this.given)
      this.values = this.#initial
    }
  }

  /** A dialog that left the page in the middle of work, as when a session ended, comes back as a dialog. */
  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.dialog?.open) return
    this.failure = null
    this.dialog.open = false
    this.dialog.showModal()
  }

  protected override get reloadsOn(): readonly string[] {
    return ['baseUrl', 'recipientId']
  }

  /** Opens the dialog, for the recipient given or a new one. The focus goes back where it was when it closes. */
  async show(recipient?: Recipient): Promise<void> {
    this.saved = ''
    this.start(recipient ?? null)
    await this.updateComplete
    this.dialog?.showModal()
    this.renderRoot.querySelector<HTMLElement>('#f-name')?.focus()
  }

  close(): void {
    this.dialog?.close()
  }

  protected override async load(): Promise<void> {
    const id = this.recipientId
    if (id === '' || this.presentation === 'dialog') return
    if (this.recipient?.id === id && this.hasUnsavedInput) return
    this.isLoadFailed = false
    this.failure = null
    try {
      const recipient = await this.connect().recipients.retrieve(id, { signal: this.lifetime })
      if (id === this.recipientId) this.start(recipient)
    } catch (error) {
      if (!this.isConnected) return
      this.isLoadFailed = true
      this.failure = this.fail(error)
    }
  }

  private start(recipient: Recipient | null): void {
    this.recipient = recipient
    this.#initial = recipient ? valuesOf(recipient) : prefilledValues(this.given)
    this.values = this.#initial
    this.isReplacing = recipient === null
    this.problems = new Map()
    this.failure = null
    this.#attempt.end()
    for (const field of this.numberFields) field.clear()
  }

  private get numberFields(): NumberField[] {
    return [...this.renderRoot.querySelectorAll<NumberField>('fist-routing-field, fist-account-field')]
  }

  private set(patch: Partial<RecipientValues>, pointer: string): void {
    this.values = { ...this.values, ...patch }
    this.settle(pointer)
  }

  private settle(pointer: string): void {
    const left = new Map(this.problems)
    left.delete(pointer)
    this.problems = left
    this.saved = ''
    this.#attempt.end()
  }

  private get asksNumbers(): boolean {
    return this.recipient === null || this.isReplacing
  }

  private find(): Map<string, string> {
    const found = valueProblems(this.values)
    if (!this.asksNumbers) return found
    const [routing, account, confirmation] = this.numberFields
    if (routing && !routing.checkValidity()) found.set('/routingNumber', routing.validationMessage)
    if (account && !account.checkValidity()) found.set('/accountNumber', account.validationMessage)
    else if (digitsOf(account) !== digitsOf(confirmation))
      found.set('/confirmation', 'The two account numbers are not the same.')
    return found
  }

  private readonly onSubmit = (event: Event) => {
    event.preventDefault()
    void this.save(false)
  }

  private async save(allowDuplicate: boolean): Promise<void> {
    if (this.isBusy || !this.api) return
    this.failure = null
    this.problems = this.find()
    if (this.problems.size > 0) return this.focusFirst()
    this.isBusy = true
    try {
      const saved = await this.send(allowDuplicate)
      const isNew = this.recipient === null
      // An id of the host's belongs to one recipient: the form goes on with the one it made.
      this.start(isNew && !this.given.externalId ? null : saved)
      this.saved = isNew ? `${saved.name} was added.` : `${saved.name} was saved.`
      this.dialog?.close()
      this.dispatchEvent(
        isNew ? new RecipientCreatedEvent({ recipient: saved }) : new RecipientUpdatedEvent({ recipient: saved }),
      )
    } catch (error) {
      this.failure = this.fail(error)
      if (isRefusal(this.failure)) this.#attempt.end()
      // Who has the same account or id stands in the notice, which is gone to then.
      const places = this.failure.code === 'duplicate' ? [] : this.failure.errors
      this.problems = new Map(places.map((each) => [each.pointer, each.message]))
      await this.focusFirst()
    } finally {
      this.isBusy = false
    }
  }

  /** The only place where the numbers leave their fields: into the one request that saves them. */
  private async send(allowDuplicate: boolean): Promise<Recipient> {
    const { recipients } = this.connect()
    const [routing, account] = this.numberFields
    const numbers = this.asksNumbers ? { routingNumber: digitsOf(routing), accountNumber: digitsOf(account) } : {}
    const duplicate = allowDuplicate ? { allowDuplicate } : {}
    if (this.recipient) {
      const changes = { ...changedValues(this.values, this.recipient), ...numbers, ...duplicate }
      return recipients.update(this.recipient.id, changes)
    }
    const { identification, externalId, ...rest } = this.values
    const body = {
      ...rest,
      routingNumber: digitsOf(routing),
      accountNumber: digitsOf(account),
      ...(identification ? { identification } : {}),
      ...(externalId ? { externalId } : {}),
      ...duplicate,
    }
    return recipients.create(body, { idempotencyKey: this.#attempt.keyFor('create') })
  }

  private async focusFirst(): Promise<void> {
    await this.updateComplete
    const more = this.renderRoot.querySelector('details')
    if (more && (this.problems.has('/identification') || this.problems.has('/externalId'))) more.open = true
    const wrong = [...this.problems.keys()].map((pointer) =>
      this.renderRoot.querySelector(`#f${pointer.replaceAll('/', '-')}`),
    )
    const first = wrong.find((each) => each !== null) ?? this.renderRoot.querySelector('[role=alert]')
    if (first instanceof HTMLElement) first.focus()
  }

  private problemPanel() {
    if (this.failure?.code === 'duplicate')
      return duplicateNotice(this.failure, this.isBusy, () => void this.save(true))
    if (this.failure && this.problems.size === 0) return failurePanel(this.failure)
    return errorSummary(this.problems)
  }

  private form() {
    const edit = (patch: Partial<RecipientValues>, pointer: string) => this.set(patch, pointer)
    const replace = () => {
      this.isReplacing = true
    }
    const numbers = this.asksNumbers
      ? numberFields(this.problems, (pointer) => this.settle(pointer), this.values, edit)
      : currentAccount(this.recipient as Recipient, replace)
    return html`<form novalidate autocomplete="off" @submit=${this.onSubmit}>
      ${this.problemPanel()} ${whoFields(this.values, this.problems, edit)} ${numbers}
      ${moreDetails(this.values, this.problems, edit, { hasIdentification: this.recipient?.hasIdentification ?? false, asksId: !this.given.externalId })}
      <div class="actions">
        ${this.presentation === 'dialog' ? html`<button type="button" class="button" @click=${() => this.close()}>Cancel</button>` : nothing}
        <button type="submit" class="button primary" ?disabled=${!this.api} aria-disabled=${this.isBusy ? 'true' : 'false'}>
          ${this.isBusy ? 'Saving…' : this.recipient ? 'Save changes' : 'Add recipient'}
        </button>
      </div>
      <p role="status" class=${this.saved ? '' : 'visually-hidden'}>${this.saved}</p>
    </form>`
  }

  protected override render() {
    const heading = html`<h2 id="heading">${this.recipient || this.recipientId ? 'Edit recipient' : 'Add a recipient'}</h2>`
    if (this.presentation === 'dialog') {
      return html`<dialog aria-labelledby="heading" @close=${() => this.start(null)}>
        <div class="dialog-body">${heading} ${this.form()}</div>
      </dialog>`
    }
    return html`<section class="frame" aria-labelledby="heading">
      <div class="head">${heading}</div>
      <div class="body">${this.body()}</div>
    </section>`
  }

  private body() {
    if (this.isLoadFailed)
      return failurePanel(this.failure, () => void this.load(), 'The recipient could not be loaded')
    if (this.recipientId !== '' && this.recipient === null) return skeleton('Loading the recipient')
    return this.form()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fist-recipient-form': FistRecipientForm
  }
}
