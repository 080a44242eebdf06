import type { RevealedRecipient } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { css, html, LitElement, nothing } from 'lit'
import { query, state } from 'lit/decorators.js'
import { type Failure, failureOf } from '../internal/failure.ts'
import { failurePanel } from '../internal/failure-panel.ts'
import { textField } from '../internal/text-field.ts'
import { baseStyles } from '../styles/base.ts'
import { buttonStyles } from '../styles/button.ts'
import { dialogStyles } from '../styles/dialog.ts'
import { fieldStyles } from '../styles/field.ts'
import { surfaceStyles } from '../styles/surface.ts'

const SHOWN_MS = 60_000

/** The full numbers of one recipient, in our frame alone: for a person who has raised the session, for one minute. */
export class FrameReveal extends LitElement {
  static readonly elementName = 'fist-frame-reveal'
  static override styles = [
    baseStyles,
    buttonStyles,
    dialogStyles,
    fieldStyles,
    surfaceStyles,
    css`
      @media print {
        .full {
          visibility: hidden;
        }
      }
    `,
  ]

  @state() private purpose = ''
  @state() private failure: Failure | null = null
  @state() private revealed: RevealedRecipient | null = null
  @query('dialog') private readonly dialog!: HTMLDialogElement
  #client: FISTWorks | null = null
  #recipientId = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  async ask(client: FISTWorks, recipientId: string): Promise<void> {
    this.#client = client
    this.#recipientId = recipientId
    await this.updateComplete
    this.dialog.showModal()
  }

  /** Forgets what is shown and what was typed. */
  readonly hide = () => {
    clearTimeout(this.#timer)
    this.revealed = null
    this.failure = null
    this.purpose = ''
    if (this.hasUpdated && this.dialog.open) this.dialog.close()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('pagehide', this.hide)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('pagehide', this.hide)
    clearTimeout(this.#timer)
  }

  private readonly onSubmit = async (event: Event) => {
    event.preventDefault()
    this.failure = null
    try {
      const shown = await this.#client?.recipients.reveal(this.#recipientId, { purpose: this.purpose.trim() })
      if (shown === undefined || !this.dialog.open) return
      this.revealed = shown
      this.#timer = setTimeout(this.hide, SHOWN_MS)
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  protected override render() {
    return html`<dialog aria-labelledby="heading" @close=${this.hide}>
      <div class="dialog-body">
        <h2 id="heading">Full numbers</h2>
        ${this.revealed === null ? this.question() : this.numbers(this.revealed)}
      </div>
    </dialog>`
  }

  private question() {
    const wrong = this.failure?.errors.find(({ pointer }) => pointer === '/purpose')
    return html`<form novalidate @submit=${this.onSubmit}>
      ${wrong === undefined ? failurePanel(this.failure) : nothing}
      ${textField({
        id: 'purpose',
        label: 'Purpose',
        hint: 'What the numbers are needed for. It stays in the audit log.',
        value: this.purpose,
        error: wrong?.message,
        onInput: (text) => (this.purpose = text),
      })}
      <div class="actions">
        <button type="button" class="button" @click=${this.hide}>Cancel</button>
        <button type="submit" class="button primary">Show the full numbers</button>
      </div>
    </form>`
  }

  private numbers({ routingNumber, accountNumber }: RevealedRecipient) {
    return html`<dl class="facts full">
        <div><dt class="muted small">Routing number</dt><dd class="strong">${routingNumber}</dd></div>
        <div><dt class="muted small">Account number</dt><dd class="strong">${accountNumber}</dd></div>
      </dl>
      <p class="muted small">They hide by themselves after a minute.</p>
      <div class="actions"><button type="button" class="button" @click=${this.hide}>Hide them</button></div>`
  }
}
