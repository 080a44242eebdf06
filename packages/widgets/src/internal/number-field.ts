import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.ts'
import { fieldStyles } from '../styles/field.ts'
import { afterPointer } from './after-pointer.ts'
import { digitsOf, dropDigits, keepDigits } from './digits.ts'
import { guardDigits } from './guard-digits.ts'
import { sentence } from './sentence.ts'

/**
 * A form-associated input for a number that only goes in. While it has the focus the person sees what they type; as
 * soon as it loses it the control holds the mask. No property, attribute, event or form data hands the number out.
 */
export abstract class NumberField extends LitElement {
  static readonly formAssociated = true
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true }
  static override styles = [baseStyles, fieldStyles]

  @property() label = ''
  @property() hint = ''
  /** A sentence from outside, such as the server's; shown until the person types again. */
  @property() error = ''
  @property({ type: Boolean, reflect: true }) required = false
  @property({ type: Boolean, reflect: true }) disabled = false
  @property({ reflect: true }) name = ''

  @state() private isTouched = false
  @state() private isFormDisabled = false
  @query('input') private readonly input!: HTMLInputElement | null
  readonly #internals = this.attachInternals()

  protected abstract readonly subject: string
  protected abstract readonly keyboard: 'numeric' | 'text'
  protected abstract clean(text: string): string
  protected abstract problemOf(digits: string): string | null
  protected abstract maskOf(digits: string): string

  constructor() {
    super()
    this.addEventListener('invalid', () => {
      this.isTouched = true
    })
  }

  get form(): HTMLFormElement | null {
    return this.#internals.form
  }
  get validity(): ValidityState {
    return this.#internals.validity
  }
  get validationMessage(): string {
    return this.#internals.validationMessage
  }
  get willValidate(): boolean {
    return this.#internals.willValidate
  }
  /** Whether anything was typed. */
  get isFilled(): boolean {
    return digitsOf(this) !== ''
  }
  checkValidity(): boolean {
    return this.#internals.checkValidity()
  }
  reportValidity(): boolean {
    return this.#internals.reportValidity()
  }

  /** Forgets what was typed. */
  clear(): void {
    dropDigits(this)
    this.isTouched = false
    this.error = ''
    if (this.input) this.input.value = ''
    this.judge()
  }

  formResetCallback(): void {
    this.clear()
  }
  formDisabledCallback(isDisabled: boolean): void {
    this.isFormDisabled = isDisabled
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.judge()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    if (this.input) this.input.value = this.maskOf(digitsOf(this))
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('required')) this.judge()
  }

  protected override firstUpdated(): void {
    if (this.input) guardDigits(this.input)
  }

  protected override updated(): void {
    const isWrong = this.shownError !== ''
    this.input?.setCustomValidity(isWrong ? this.shownError : '')
    if (isWrong) this.#internals.states.add('user-invalid')
    else this.#internals.states.delete('user-invalid')
  }

  private get shownError(): string {
    if (this.error) return this.error
    return this.isTouched ? this.validationMessage : ''
  }

  private judge(): void {
    const digits = digitsOf(this)
    const problem = digits === '' ? (this.required ? 'is missing' : null) : this.problemOf(digits)
    const flags = digits === '' ? { valueMissing: true } : { customError: true }
    if (problem === null) this.#internals.setValidity({})
    else this.#internals.setValidity(flags, sentence(this.subject, problem), this.input ?? undefined)
    this.requestUpdate()
  }

  private readonly onInput = (event: Event) => {
    const digits = this.clean((event.target as HTMLInputElement).value)
    if (digits === '') dropDigits(this)
    else keepDigits(this, digits)
    this.error = ''
    this.judge()
    this.dispatchEvent(new Event('input', { bubbles: true }))
  }

  private readonly onFocus = (event: Event) => {
    const input = event.target as HTMLInputElement
    input.value = digitsOf(this)
    // As a field does that is reached with Tab: what is typed now takes the place of what was there.
    input.select()
  }

  private readonly onBlur = (event: Event) => {
    const digits = digitsOf(this)
    ;(event.target as HTMLInputElement).value = digits === '' ? '' : this.maskOf(digits)
    if (digits !== '')
      afterPointer(() => {
        this.isTouched = this.isFilled
      })
    this.dispatchEvent(new Event('change', { bubbles: true }))
  }

  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') this.form?.requestSubmit()
  }

  protected override render() {
    const error = this.shownError
    const described = [error ? 'error' : '', this.hint ? 'hint' : ''].filter(Boolean).join(' ')
    return html`<div class="field">
      <label class="label" for="input">${this.label}</label>
      <input
        id="input"
        class="input"
        type="text"
        inputmode=${this.keyboard}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        data-1p-ignore
        data-lpignore="true"
        data-bwignore
        data-form-type="other"
        aria-required=${this.required ? 'true' : 'false'}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${described || nothing}
        ?disabled=${this.disabled || this.isFormDisabled}
        @input=${this.onInput}
        @focus=${this.onFocus}
        @blur=${this.onBlur}
        @keydown=${this.onKey}
      />
      ${this.hint ? html`<p class="hint" id="hint">${this.hint}</p>` : nothing}
      ${error ? html`<p class="wrong-text" id="error">${error}</p>` : nothing}
    </div>`
  }
}
