import { HostKeyFingerprint, type HostKeyScan } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { sentenceAbout, textField } from '../ui/field.ts'

/** The fingerprints were changed by the person. */
export class HostKeysEvent extends Event {
  constructor() {
    super('portal-host-keys')
  }
}

/** Asks the bank's server for its key and pins it once a person has compared it with the bank's letter. */
@customElement('portal-host-keys')
export class HostKeys extends LitElement {
  static override styles = [
    pageStyles,
    formStyles,
    css`
      .typed {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.625rem;
      }
      .typed .button {
        margin-block-start: 1.75rem;
        align-self: start;
      }
      @media (max-width: 30rem) {
        .typed {
          grid-template-columns: minmax(0, 1fr);
        }
        .typed .button {
          margin: 0;
          justify-self: start;
        }
      }
    `,
  ]

  @property({ attribute: false }) client!: FISTWorks
  /** Where to ask. */
  @property({ attribute: false }) address: () => { host: string; port: number } = () => ({ host: '', port: 22 })
  @property({ attribute: false }) fingerprints: readonly string[] = []
  @property() error = ''
  @state() private scan: HostKeyScan | null = null
  @state() private failure: Failure | null = null
  @state() private isBusy = false
  @state() private typedError = ''
  @query('#fingerprint') private readonly typed!: HTMLInputElement

  private readonly ask = async () => {
    if (this.isBusy) return
    this.isBusy = true
    this.failure = null
    this.scan = null
    try {
      this.scan = await this.client.bankConnections.scanHostKey(this.address())
    } catch (error) {
      this.failure = failureOf(error)
    } finally {
      this.isBusy = false
    }
  }

  private readonly addTyped = () => {
    const checked = HostKeyFingerprint.safeParse(this.typed.value.trim())
    this.typedError = checked.success ? '' : (checked.error.issues[0]?.message ?? '')
    if (!checked.success) return this.typed.focus()
    this.typed.value = ''
    this.change([...new Set([...this.fingerprints, checked.data])])
  }

  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.target !== this.typed) return
    event.preventDefault()
    this.addTyped()
  }

  private readonly confirmScan = () => {
    if (this.scan !== null) this.change([...new Set([...this.fingerprints, this.scan.fingerprint])])
    this.closeScan()
  }

  /** The focus goes back to where the question came from. */
  private readonly closeScan = () => {
    this.scan = null
    this.renderRoot.querySelector<HTMLElement>('.ask')?.focus()
  }

  private change(fingerprints: readonly string[]): void {
    this.fingerprints = fingerprints
    this.error = ''
    this.dispatchEvent(new HostKeysEvent())
  }

  protected override render() {
    return html`<div class="stack" role="group" aria-label="Host keys" aria-describedby="why" @keydown=${this.onKey}>
      <p class="hint" id="why">Files go only to a server that shows one of these keys.</p>
      ${this.fingerprints.map(
        (fingerprint) => html`<p class="bar">
          <span class="code">${fingerprint}</span>
          <button
            type="button"
            class="button quiet"
            aria-label="Remove ${fingerprint}"
            @click=${() => this.change(this.fingerprints.filter((one) => one !== fingerprint))}
          >
            Remove
          </button>
        </p>`,
      )}
      ${this.scan === null ? nothing : this.comparison(this.scan)} ${failureNotice(this.failure)}
      ${this.error ? html`<p class="wrong" role="alert">${sentenceAbout('The list of host keys', this.error)}</p>` : nothing}
      <p>
        <button type="button" class="button ask" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.ask}>
          ${this.isBusy ? 'Asking the bank…' : 'Get the host key from the bank'}
        </button>
      </p>
      <div class="typed">
        ${textField({ name: 'fingerprint', label: 'Fingerprint from the letter', hint: 'Instead of asking: SHA256: and 43 characters.', error: this.typedError, maxLength: 100 })}
        <button type="button" class="button" @click=${this.addTyped}>Add</button>
      </div>
    </div>`
  }

  private comparison(scan: HostKeyScan) {
    return html`<div class="notice caution stack" role="status">
      <h3>Compare it with your bank’s letter</h3>
      <p>The server at this address shows this ${scan.algorithm} key:</p>
      <p class="code"><strong>${scan.fingerprint}</strong></p>
      <p>If a single character differs from the letter, do not go on: call the bank.</p>
      <div class="actions">
        <button type="button" class="button primary" @click=${this.confirmScan}>It is the same</button>
        <button type="button" class="button" @click=${this.closeScan}>It differs</button>
      </div>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-host-keys': HostKeys
  }
  interface HTMLElementEventMap {
    'portal-host-keys': HostKeysEvent
  }
}
