import { lastDigits, maskedAccountNumber, maskedRoutingNumber } from '@fistworks/contract'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { sentenceAbout } from './field.ts'

/** How a number is shown once its field is left: never more digits than may be shown later. */
const MASKS = {
  routing: (typed: string) => (typed.length === 9 ? maskedRoutingNumber(typed) : '•'.repeat(typed.length)),
  account: (typed: string) => (typed === '' ? '' : maskedAccountNumber(lastDigits(typed))),
}

/** Asks for a number of the organization's own account. It is shown while it is typed, and masked as soon as it is left. */
@customElement('portal-number-field')
export class NumberField extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true }
  static override styles = [pageStyles, formStyles]

  @property() name = ''
  @property() label = ''
  @property() hint = ''
  @property() error = ''
  @property() kind: keyof typeof MASKS = 'account'
  @property({ type: Boolean }) required = false
  @query('input') private readonly input!: HTMLInputElement
  #typed = ''

  /** Hands out what was typed, to be sent. */
  read(): string {
    return this.#typed.replaceAll(/[\s-]/g, '')
  }

  private readonly onInput = () => {
    this.#typed = this.input.value
  }

  private readonly onFocus = () => {
    this.input.value = this.#typed
    // As a field does that is reached with Tab: what is typed now takes the place of what was there.
    this.input.select()
  }

  private readonly onBlur = () => {
    this.input.value = MASKS[this.kind](this.read())
  }

  protected override render() {
    const described = [this.error ? 'error' : '', this.hint ? 'hint' : ''].filter(Boolean).join(' ')
    return html`<div class="field">
      <label for="number">${this.label}</label>
      <input
        id="number"
        type="text"
        inputmode=${this.kind === 'routing' ? 'numeric' : 'text'}
        autocomplete="off"
        spellcheck="false"
        maxlength="40"
        aria-required=${this.required ? 'true' : 'false'}
        aria-invalid=${this.error ? 'true' : 'false'}
        aria-describedby=${described || nothing}
        @input=${this.onInput}
        @focus=${this.onFocus}
        @blur=${this.onBlur}
      />
      ${this.hint ? html`<p class="hint" id="hint">${this.hint}</p>` : nothing}
      ${this.error ? html`<p class="wrong" id="error">${sentenceAbout(this.label, this.error)}</p>` : nothing}
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-number-field': NumberField
  }
}
