import type { Recipient } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { guard } from 'lit/directives/guard.js'
import { RecipientArchivedEvent } from '../../events/recipient-archived-event.ts'
import type { RecipientCreatedEvent } from '../../events/recipient-created-event.ts'
import type { RecipientUpdatedEvent } from '../../events/recipient-updated-event.ts'
import { ConfirmDialog } from '../../internal/confirm-dialog.ts'
import { type Failure, isForbidden } from '../../internal/failure.ts'
import { failurePanel, skeleton } from '../../internal/failure-panel.ts'
import { FistElement } from '../../internal/fist-element.ts'
import { NearEnd } from '../../internal/near-end.ts'
import { Pager } from '../../internal/pager.ts'
import { plural } from '../../internal/sentence.ts'
import { textField } from '../../internal/text-field.ts'
import { baseStyles, frame } from '../../styles/base.ts'
import { buttonStyles } from '../../styles/button.ts'
import { fieldStyles } from '../../styles/field.ts'
import { listStyles } from '../../styles/list.ts'
import { surfaceStyles } from '../../styles/surface.ts'
import { FistRecipientForm } from '../fist-recipient-form/fist-recipient-form.ts'
import { recipientsStyles } from './fist-recipients.styles.ts'
import { type LinkTo, recipientHead, recipientRow } from './recipient-row.ts'

const PAGE = 50
const SEARCH_AFTER_MS = 250

/**
 * The recipients of an organization: find, add, change, archive. Numbers are masked, always.
 *
 * @fires fist-recipient-created - A recipient was added: `detail.recipient`, masked.
 * @fires fist-recipient-updated - A recipient was changed: `detail.recipient`, masked.
 * @fires fist-recipient-archived - A recipient was archived: `detail.recipient`, masked.
 * @fires fist-error - Something could not be done: `detail.failure`.
 */
export class FistRecipients extends FistElement {
  static readonly elementName = 'fist-recipients'
  static readonly dependencies = [FistRecipientForm, ConfirmDialog]
  static override styles = [baseStyles, frame, buttonStyles, fieldStyles, surfaceStyles, listStyles, recipientsStyles]

  /** Where a recipient's name leads; names are no links without it. */
  @property({ attribute: false }) linkTo: LinkTo | null = null
  @state() private search = ''
  @state() private failure: Failure | null = null
  @state() private isWriteDenied = false
  @state() private announcement = ''
  @query('fist-recipient-form') private readonly form!: FistRecipientForm | null
  @query('fist-confirm-dialog') private readonly confirmDialog!: ConfirmDialog
  readonly #list = new Pager<Recipient>(this, (error) => this.fail(error))
  readonly #nearEnd = new NearEnd(this, () => void this.more())
  #searchTimer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#searchTimer)
  }

  /** Whether something a person typed is not saved and would be lost. */
  get hasUnsavedInput(): boolean {
    return this.form?.hasUnsavedInput ?? false
  }

  protected override async load(): Promise<void> {
    const search = this.search.trim()
    await this.#list.start(async (after) => {
      const query = { limit: PAGE, ...(search ? { search } : {}), ...(after ? { after } : {}) }
      const options = { signal: this.lifetime }
      const { data, hasMore, nextCursor } = await this.connect().recipients.list(query, options)
      return { data, hasMore, nextCursor }
    })
    if (search !== '') this.announcement = `${plural(this.#list.count, 'recipient')} found`
    this.#nearEnd.again()
  }

  private async more(): Promise<void> {
    await this.#list.more()
    await this.updateComplete
    this.#nearEnd.again()
  }

  private get canWrite(): boolean {
    return this.offers('write') && !this.isWriteDenied
  }

  private readonly onSearch = (text: string) => {
    this.search = text
    clearTimeout(this.#searchTimer)
    this.#searchTimer = setTimeout(() => void this.load(), SEARCH_AFTER_MS)
  }

  private readonly onSaved = (event: RecipientCreatedEvent | RecipientUpdatedEvent) => {
    const { recipient } = event.detail
    this.#list.put(recipient)
    this.announcement = `${recipient.name} was ${event.type === 'fist-recipient-created' ? 'added' : 'saved'}`
  }

  private readonly edit = (recipient: Recipient) => void this.form?.show(recipient)

  private readonly archive = async (recipient: Recipient) => {
    const answer = await this.confirmDialog.ask({
      heading: `Archive ${recipient.name}?`,
      text: 'They can no longer be paid. Payments that are on their way are not affected.',
      confirm: 'Archive',
      isDangerous: true,
    })
    if (answer === null || !this.api) return
    this.failure = null
    try {
      const archived = await this.api.recipients.archive(recipient.id)
      this.#list.remove(recipient.id)
      this.announcement = `${recipient.name} was archived`
      this.dispatchEvent(new RecipientArchivedEvent({ recipient: archived }))
      await this.updateComplete
      this.renderRoot.querySelector<HTMLElement>('#search')?.focus()
    } catch (error) {
      this.failure = this.fail(error)
      this.isWriteDenied = isForbidden(this.failure)
    }
  }

  protected override render() {
    return html`<section class="frame" aria-labelledby="heading">
      <div class="head">
        <h2 id="heading" class="grow">Recipients</h2>
        ${this.isNobody ? nothing : this.addButton()}
      </div>
      ${this.failure ? html`<div class="body">${failurePanel(this.failure)}</div>` : nothing} ${this.body()}
      <div class="visually-hidden" role="status">${this.announcement}</div>
      <fist-recipient-form
        presentation="dialog"
        .client=${this.api}
        @fist-recipient-created=${this.onSaved}
        @fist-recipient-updated=${this.onSaved}
      ></fist-recipient-form>
      <fist-confirm-dialog></fist-confirm-dialog>
    </section>`
  }

  private get isNobody(): boolean {
    return this.#list.isEmpty && this.search === ''
  }

  private addButton() {
    if (!this.canWrite) return nothing
    return html`<button type="button" class="button primary" ?disabled=${!this.api} @click=${() => this.form?.show()}>
      Add recipient
    </button>`
  }

  private body() {
    const { status, failure, count, isEmpty } = this.#list
    if (count === 0 && status === 'failed')
      return html`<div class="body">${failurePanel(failure, () => void this.#list.retry(), 'Recipients could not be loaded')}</div>`
    if (count === 0 && !isEmpty && this.search === '') return skeleton('Loading recipients')
    if (this.isNobody) return this.nobody()
    const search = textField({
      id: 'search',
      label: 'Search recipients',
      hidesLabel: true,
      type: 'search',
      placeholder: 'Search by name or last four digits',
      value: this.search,
      onInput: this.onSearch,
    })
    return html`<div class="search">${search}</div>
      ${isEmpty ? this.nothingFound() : this.table()}`
  }

  private table() {
    const { pages, status, failure, hasMore } = this.#list
    const actions = this.canWrite ? { edit: this.edit, archive: this.archive } : null
    return html`<div class="rows" role="table" aria-label="Recipients" aria-busy=${status === 'loading' ? 'true' : 'false'}>
        ${recipientHead(this.canWrite)}
        ${pages.map((page) =>
          guard(
            [page, this.canWrite, this.linkTo],
            () =>
              html`<div class="chunk ${page.length === PAGE ? 'long' : ''}" role="rowgroup">${page.map((each) => recipientRow(each, actions, this.linkTo))}</div>`,
          ),
        )}
      </div>
      ${status === 'failed' ? html`<div class="body">${failurePanel(failure, () => void this.#list.retry())}</div>` : nothing}
      ${hasMore && status !== 'failed' ? html`<div class="near-end foot muted small">Loading more…</div>` : nothing}`
  }

  private nobody() {
    return html`<div class="empty">
      <h3>No recipients yet</h3>
      <p>Add the people and companies you pay. Their account numbers are encrypted, and shown masked.</p>
      ${this.addButton()}
    </div>`
  }

  private nothingFound() {
    return html`<div class="empty">
      <h3>Nobody found</h3>
      <p>No recipient matches “${this.search.trim()}”.</p>
      <button type="button" class="button" @click=${() => this.onSearch('')}>Show everyone</button>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fist-recipients': FistRecipients
  }
}
