import { html, LitElement, nothing } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.ts'
import { buttonStyles } from '../styles/button.ts'
import { dialogStyles } from '../styles/dialog.ts'
import { fieldStyles } from '../styles/field.ts'
import { textField } from './text-field.ts'

export interface Question {
  readonly heading: string
  readonly text?: string
  readonly confirm: string
  readonly isDangerous?: boolean
  /** Asks for a reason under this label; it must not be empty. */
  readonly reasonLabel?: string
  /** What is at stake, shown large, such as a sum. */
  readonly facts?: readonly { readonly label: string; readonly value: string }[]
}

/** Asks before something that matters. `ask` answers with the reason (or an empty text), or `null` for no. */
export class ConfirmDialog extends LitElement {
  static readonly elementName = 'fist-confirm-dialog'
  static override styles = [baseStyles, buttonStyles, fieldStyles, dialogStyles]

  @property({ attribute: false }) question: Question | null = null
  @state() private reason = ''
  @state() private isReasonMissing = false
  @query('dialog') private readonly dialog!: HTMLDialogElement
  #answer: ((reason: string | null) => void) | null = null

  async ask(question: Question): Promise<string | null> {
    this.#answer?.(null)
    this.question = question
    this.reason = ''
    this.isReasonMissing = false
    await this.updateComplete
    this.dialog.showModal()
    return new Promise((resolve) => {
      this.#answer = resolve
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#settle(null)
  }

  #settle(reason: string | null): void {
    this.#answer?.(reason)
    this.#answer = null
  }

  private readonly onConfirm = (event: Event) => {
    event.preventDefault()
    const reason = this.reason.trim()
    if (this.question?.reasonLabel && reason === '') {
      this.isReasonMissing = true
      this.renderRoot.querySelector<HTMLInputElement>('#reason')?.focus()
      return
    }
    this.dialog.close()
    this.#settle(reason)
  }

  private facts(question: Question) {
    if (!question.facts) return nothing
    return html`<dl class="facts">
      ${question.facts.map((fact) => html`<div><dt class="muted small">${fact.label}</dt><dd class="sum">${fact.value}</dd></div>`)}
    </dl>`
  }

  private reasonField(label: string) {
    const error = this.isReasonMissing ? 'Say why, in a few words.' : undefined
    return textField({ id: 'reason', label, value: this.reason, error, onInput: (text) => (this.reason = text) })
  }

  protected override render() {
    const question = this.question
    return html`<dialog aria-labelledby="heading" @close=${() => this.#settle(null)}>
      ${
        question === null
          ? nothing
          : html`<form class="dialog-body" novalidate @submit=${this.onConfirm}>
            <h2 id="heading">${question.heading}</h2>
            ${this.facts(question)} ${question.text ? html`<p>${question.text}</p>` : nothing}
            ${question.reasonLabel ? this.reasonField(question.reasonLabel) : nothing}
            <div class="actions">
              <button type="button" class="button" @click=${() => this.dialog.close()}>Go back</button>
              <button type="submit" class="button ${question.isDangerous ? 'danger' : 'primary'}">${question.confirm}</button>
            </div>
          </form>`
      }
    </dialog>`
  }
}
