import type { Recipient } from '@fistworks/contract'
import type { ComponentResources } from '@fistworks/sdk'
import { css, html, LitElement, nothing } from 'lit'
import { property, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { baseStyles } from '../styles/base.ts'
import { fieldStyles } from '../styles/field.ts'
import { masked } from './masked.ts'

const SEARCH_AFTER_MS = 200
const SHOWN = 8

/** A combobox over the recipients of the organization. Fires `pick` with the recipient, from inside our own trees only. */
export class RecipientPicker extends LitElement {
  static readonly elementName = 'fist-recipient-picker'
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true }
  static override styles = [
    baseStyles,
    fieldStyles,
    css`
      .combo {
        position: relative;
      }
      .list {
        position: absolute;
        z-index: 10;
        inset-inline: 0;
        inset-block-start: calc(100% + 0.25rem);
        max-height: 20rem;
        overflow: auto;
        padding: 0.25rem;
        border: 1px solid var(--_border);
        border-radius: var(--_radius);
        background: var(--_surface);
        box-shadow: 0 0.75rem 2rem rgb(0 0 0 / 0.18);
      }
      .option {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 1rem;
        padding: 0.5rem 0.625rem;
        border-radius: calc(var(--_radius) - 0.125rem);
        cursor: pointer;
      }
      .option[aria-selected='true'] {
        background: color-mix(in oklab, var(--_accent), transparent 86%);
      }
      .none {
        padding: 0.5rem 0.625rem;
      }
      @container (min-width: 40.0625rem) {
        :host([quiet]) .label {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
    `,
  ]

  @property({ attribute: false }) client: ComponentResources | null = null
  @property() label = 'Recipient'
  @property() error = ''
  /** What is chosen, as text: `Acme Supply ••••6789`. */
  @property() chosen = ''
  @state() private text: string | null = null
  @state() private found: readonly Recipient[] = []
  @state() private status: 'closed' | 'searching' | 'open' | 'failed' = 'closed'
  @state() private active = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #run = 0
  #asking = new AbortController()

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.close()
  }

  private close(): void {
    clearTimeout(this.#timer)
    this.#run++
    this.#asking.abort()
    this.status = 'closed'
    this.text = null
  }

  private readonly onInput = (event: Event) => {
    event.stopPropagation()
    this.text = (event.target as HTMLInputElement).value
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.search(), SEARCH_AFTER_MS)
  }

  private async search(): Promise<void> {
    const run = ++this.#run
    const search = (this.text ?? '').trim()
    this.#asking.abort()
    this.#asking = new AbortController()
    const { signal } = this.#asking
    if (this.status === 'closed') this.status = 'searching'
    try {
      const page = await this.client?.recipients.list({ limit: SHOWN, ...(search ? { search } : {}) }, { signal })
      if (run !== this.#run) return
      this.found = page?.data ?? []
      this.active = 0
      this.status = 'open'
    } catch {
      if (run === this.#run) this.status = 'failed'
    }
  }

  private pick(recipient: Recipient | undefined): void {
    if (!recipient) return
    this.close()
    this.dispatchEvent(new CustomEvent('pick', { detail: recipient }))
  }

  private readonly onKey = (event: KeyboardEvent) => {
    const isOpen = this.status === 'open'
    const last = this.found.length - 1
    if (event.key === 'ArrowDown' && !isOpen) void this.search()
    else if (event.key === 'ArrowDown') this.active = Math.min(last, this.active + 1)
    else if (event.key === 'ArrowUp' && isOpen) this.active = Math.max(0, this.active - 1)
    else if (event.key === 'Enter' && isOpen) this.pick(this.found[this.active])
    else if (event.key === 'Escape' && this.status !== 'closed') this.close()
    else return
    event.preventDefault()
  }

  protected override updated(): void {
    if (this.status === 'open')
      this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }

  protected override render() {
    const isOpen = this.status === 'open' && this.found.length > 0
    return html`<div class="field">
      <label class="label" for="input">${this.label}</label>
      <div class="combo">
        <input
          id="input"
          class="input"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          placeholder="Search recipients"
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls=${isOpen ? 'list' : nothing}
          aria-autocomplete="list"
          aria-activedescendant=${isOpen ? `option-${this.active}` : nothing}
          aria-invalid=${this.error ? 'true' : 'false'}
          aria-describedby=${this.error ? 'error' : nothing}
          .value=${live(this.text ?? this.chosen)}
          @input=${this.onInput}
          @keydown=${this.onKey}
          @click=${() => this.status === 'closed' && void this.search()}
          @blur=${() => this.close()}
        />
        ${isOpen ? this.options() : this.note()}
      </div>
      ${this.error ? html`<p class="wrong-text" id="error">${this.error}</p>` : nothing}
    </div>`
  }

  private options() {
    return html`<div class="list" role="listbox" id="list" aria-label="Recipients">
      ${this.found.map(
        (each, index) => html`<div
          class="option"
          role="option"
          id="option-${index}"
          aria-selected=${index === this.active ? 'true' : 'false'}
          @pointerdown=${(event: Event) => event.preventDefault()}
          @click=${() => this.pick(each)}
        >
          <span>${each.name}</span><span class="muted">${masked(each.accountNumberLast4)}</span>
        </div>`,
      )}
    </div>`
  }

  private note() {
    if (this.status === 'failed')
      return html`<div class="list none" role="status">Recipients could not be loaded.</div>`
    if (this.status !== 'open') return nothing
    return html`<div class="list none" role="status">No recipient matches.</div>`
  }
}
