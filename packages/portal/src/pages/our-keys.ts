import type { BankConnection, OurKey } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { agrees } from '../ui/question-dialog.ts'

/** Public halves of the keys that were made here, for the bank, and the change to the next ones. */
@customElement('portal-our-keys')
export class OurKeys extends LitElement {
  static override styles = [
    pageStyles,
    css`
      .key {
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ]

  @property({ attribute: false }) client!: FISTWorks
  @property({ attribute: false }) connection!: BankConnection
  @state() private failure: Failure | null = null
  @state() private isBusy = false

  private async change(work: () => Promise<BankConnection>): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.failure = null
    try {
      this.connection = await work()
    } catch (error) {
      this.failure = failureOf(error)
    } finally {
      this.isBusy = false
    }
  }

  protected override render() {
    const { publicKey, nextPublicKey, encryption } = this.connection
    const signature = encryption?.signature ?? null
    if (publicKey === null && signature === null) return nothing
    return html`<section class="card stack" aria-labelledby="title">
      <h2 id="title">Our keys, for the bank</h2>
      ${publicKey === null ? nothing : this.key('signIn', 'Signing in (SSH)', publicKey, nextPublicKey)}
      ${signature === null ? nothing : this.key('sign', 'Signing files (OpenPGP)', signature.publicKey, signature.next?.publicKey ?? null)}
      ${failureNotice(this.failure)}
    </section>`
  }

  private key(use: OurKey['use'], words: string, current: string, next: string | null) {
    const { id } = this.connection
    const make = () => this.change(() => this.client.bankConnections.makeNextKey(id, { use }))
    const take = async () => {
      const question = { heading: 'Does the bank know the next key?', text: 'The one in use is destroyed.' }
      if (!(await agrees(this, { ...question, confirm: 'Use the next key', isDangerous: true }))) return
      await this.change(() => this.client.bankConnections.useNextKey(id, { use }))
    }
    const busy = this.isBusy ? 'true' : 'false'
    return html`<div class="stack">
      <h3>${words}</h3>
      ${this.publicHalf('In use', current)} ${next === null ? nothing : this.publicHalf('Next: tell the bank', next)}
      <div class="actions">
        <button type="button" class="button" aria-disabled=${busy} @click=${make}>
          ${next === null ? 'Make the next key' : 'Make another next key'}
        </button>
        ${next === null ? nothing : html`<button type="button" class="button" aria-disabled=${busy} @click=${take}>Use the next key from now on</button>`}
      </div>
    </div>`
  }

  private publicHalf(label: string, text: string) {
    return html`<p class="muted">${label}</p>
      <p class="code key">${text.trim()}</p>
      <p>
        <button type="button" class="button quiet" @click=${() => navigator.clipboard.writeText(text)}>
          Copy: ${label.toLowerCase()}
        </button>
      </p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-our-keys': OurKeys
  }
}
