import { BankConnectionCreate } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, LitElement } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { NavigateEvent } from '../navigation/navigate-event.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'

/** Connects the organization to the bank of the sandbox, with a login of its own. */
@customElement('portal-use-sandbox-bank')
export class UseSandboxBank extends LitElement {
  static override styles = [pageStyles]

  @property({ attribute: false }) client!: FISTWorks
  @property({ attribute: false }) organizationId = ''
  @state() private isBusy = false
  @state() private failure: Failure | null = null

  private readonly use = async () => {
    if (this.isBusy) return
    this.isBusy = true
    this.failure = null
    try {
      const answer = await fetch(`/dev/bank/connection.json?organization=${encodeURIComponent(this.organizationId)}`)
      const connection = await this.client.bankConnections.create(BankConnectionCreate.parse(await answer.json()))
      this.dispatchEvent(new NavigateEvent(`/bank-connections/${connection.id}`))
    } catch (error) {
      this.failure = failureOf(error)
    }
    this.isBusy = false
  }

  protected override render() {
    return html`<section class="card stack">
      <h2>Sandbox bank</h2>
      <p class="muted">A bank on this machine that answers as account numbers and amounts ask it to. Nothing to fill in.</p>
      ${failureNotice(this.failure)}
      <p><button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.use}>Use the sandbox bank</button></p>
    </section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-use-sandbox-bank': UseSandboxBank
  }
}
