import { maskedAccountNumber, type Recipient, RecipientReveal, type RevealedRecipient } from '@fistworks/contract'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { FormPage } from './form-page.ts'

const SHOWN_SECONDS = 60
const changed = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
})

/** One recipient, masked. Whoever may sees the full numbers, for a purpose and for a minute. */
@customElement('portal-recipient')
export class RecipientPage extends FormPage {
  static override styles = [
    pageStyles,
    formStyles,
    css`
      .facts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
        gap: 1rem 1.5rem;
        margin-block-start: 1rem;
      }
      dt {
        color: var(--portal-muted);
        font-size: 0.875em;
      }
      dd {
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }
      .said {
        color: var(--portal-muted);
      }
      .facts + .actions {
        margin-block-start: 1.25rem;
      }
      .full {
        font-size: 1.25rem;
        font-weight: 600;
        letter-spacing: 0.02em;
      }
      h2:focus {
        outline: none;
      }
      @media print {
        .full {
          display: none;
        }
      }
    `,
  ]

  @property({ attribute: false }) recipientId = ''
  @state() private revealed: RevealedRecipient | null = null
  @state() private said = ''
  #hideTimer: ReturnType<typeof setTimeout> | undefined
  #hideAt = 0

  private readonly recipient = new Loader(this, () => this.client.recipients.retrieve(this.recipientId))

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('visibilitychange', this.onReturn)
    addEventListener('pagehide', this.hide)
    void this.recipient.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('visibilitychange', this.onReturn)
    removeEventListener('pagehide', this.hide)
    this.hide()
  }

  /** A purpose changes nothing: whoever is sent to add a passkey first is not held back. */
  override get hasUnsavedInput(): boolean {
    return false
  }

  private readonly reveal = async (event: SubmitEvent) => {
    event.preventDefault()
    const texts = textsOf(event.target as HTMLFormElement)
    const checked = RecipientReveal.safeParse(texts)
    this.failure = null
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues, texts)
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      const shown = await this.client.recipients.reveal(this.recipientId, checked.data)
      if (!this.isConnected) return
      this.revealed = shown
      this.said = 'The full numbers are shown for a minute.'
      this.settle()
      clearTimeout(this.#hideTimer)
      this.#hideAt = Date.now() + SHOWN_SECONDS * 1000
      this.#hideTimer = setTimeout(this.hide, SHOWN_SECONDS * 1000)
      await this.focusNumbers()
    })
  }

  private readonly hide = () => {
    clearTimeout(this.#hideTimer)
    if (this.revealed === null) return
    const isInside = this.shadowRoot?.activeElement?.closest('[aria-labelledby=numbers]')
    this.revealed = null
    this.said = 'The full numbers are hidden.'
    if (isInside) void this.focusNumbers()
  }

  /** Timers stand still while a device sleeps. */
  private readonly onReturn = () => {
    if (Date.now() >= this.#hideAt) this.hide()
  }

  /** The button that was pressed is gone: the focus goes on where the change is. */
  private async focusNumbers(): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('#numbers')?.focus()
  }

  protected override render() {
    return html`<p class="bar"><a href="/recipients">All recipients</a></p>
      ${this.recipient.show('the recipient', (recipient) => html`${this.facts(recipient)} ${this.numbers()}`)}`
  }

  private facts(recipient: Recipient) {
    const { name, holderType, accountType, externalId, archivedAt } = recipient
    return html`<section class="card" aria-labelledby="name">
      <h2 id="name">${name}</h2>
      <dl class="facts">
        ${fact('Kind', holderType === 'business' ? 'Business' : 'Person')}
        ${fact('Account', `${accountType === 'savings' ? 'Savings' : 'Checking'} ${maskedAccountNumber(recipient.accountNumberLast4)}`)}
        ${fact('Routing number', recipient.routingNumberMasked)} ${externalId === null ? nothing : fact('External id', externalId)}
        ${fact('Last changed', changed.format(new Date(recipient.updatedAt)))}
        ${archivedAt === null ? nothing : fact('Archived', new Date(archivedAt).toLocaleDateString('en-US', { dateStyle: 'medium' }))}
      </dl>
    </section>`
  }

  private numbers() {
    if (!this.may('recipients:reveal')) return nothing
    return html`<section class="card" aria-labelledby="numbers">
      <h2 id="numbers" tabindex="-1">Full numbers</h2>
      <p class="said" role="status">${this.said}</p>
      ${this.revealed === null ? this.ask() : this.shown(this.revealed)}
    </section>`
  }

  private ask() {
    return html`<form novalidate @submit=${this.reveal} @input=${this.onInput}>
      <p class="muted">Who saw them, when, and what for stays in the audit log.</p>
      ${failureNotice(this.failure)}
      ${textField({ name: 'purpose', label: 'Purpose', isWide: true, isRequired: true, hint: 'Like “The bank asks which account entry 7 went to”.', error: this.errors['purpose'], maxLength: 100 })}
      <p class="actions">
        <button class="button" aria-disabled=${this.isBusy ? 'true' : 'false'}>
          ${this.isBusy ? 'Asking…' : 'Show the full numbers'}
        </button>
      </p>
    </form>`
  }

  private shown({ routingNumber, accountNumber, identification }: RevealedRecipient) {
    return html`<dl class="facts">
        ${fact('Routing number', routingNumber, 'full')} ${fact('Account number', accountNumber, 'full')}
        ${identification === null ? nothing : fact('Identification', identification, 'full')}
      </dl>
      <p class="actions">
        <button type="button" class="button" @click=${this.hide}>Hide them</button>
        <small>They hide by themselves after a minute, and are not printed.</small>
      </p>`
  }
}

const fact = (name: string, value: string, kind = '') => html`<div>
  <dt>${name}</dt>
  <dd class=${kind}>${value}</dd>
</div>`

declare global {
  interface HTMLElementTagNameMap {
    'portal-recipient': RecipientPage
  }
}
