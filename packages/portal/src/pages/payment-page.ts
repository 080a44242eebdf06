import '@fistworks/widgets/register/fist-ach-file'
import type { AchFileChangedEvent, AchFileCreatedEvent } from '@fistworks/widgets'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import '../organization/approval-problem.ts'
import '../returns/payment-returns.ts'
import '../schedules/payment-sending.ts'
import './deliveries-switch.ts'
import { featuresOf } from './features.ts'
import { PortalPage } from './portal-page.ts'

@customElement('portal-payment')
export class PaymentPage extends PortalPage {
  /** The file to show; a new one is composed when empty. */
  @property({ attribute: false }) fileId = ''
  /** The file that was composed here: the element goes on with it. */
  @state() private createdId = ''
  /** Grows with each change that this page makes of the file, so that the element reads it anew. */
  @state() private changes = 0

  /** The element goes on with the file it has saved; only the address is not up to date. */
  private readonly onCreated = (event: AchFileCreatedEvent) => {
    // A reversal of the file that was shown has a page of its own, with its own sending and returns.
    if (this.fileId !== '') return this.go(`/payments/${event.detail.achFile.id}`)
    this.createdId = event.detail.achFile.id
    history.replaceState(history.state, '', `/payments/${this.createdId}`)
  }

  private readonly onChanged = (_event: AchFileChangedEvent) => {
    void this.renderRoot.querySelector('portal-payment-sending')?.file.load()
  }

  private readonly onSending = () => {
    this.fileId ||= this.createdId
    this.changes += 1
  }

  protected override render() {
    const id = this.fileId || this.createdId
    return html`<p class="bar"><a href="/payments">All payments</a></p>
      ${this.may('organizations:read') ? html`<portal-approval-problem .client=${this.client}></portal-approval-problem>` : nothing}
      <portal-deliveries .client=${this.client} .scopes=${this.scopes}></portal-deliveries>
      ${keyed(
        this.changes,
        html`<fist-ach-file
          .client=${this.client}
          .features=${featuresOf(this.scopes, 'ach-files:write')}
          .fileId=${this.fileId}
          @fist-ach-file-created=${this.onCreated}
          @fist-ach-file-changed=${this.onChanged}
        ></fist-ach-file>`,
      )}
      ${
        this.fileId === '' || !this.may('returns:read')
          ? nothing
          : html`<portal-payment-returns .client=${this.client} .fileId=${this.fileId}></portal-payment-returns>`
      }
      ${
        id === ''
          ? nothing
          : html`<portal-payment-sending
              .client=${this.client}
              .scopes=${this.scopes}
              .fileId=${id}
              .onChanged=${this.onSending}
            ></portal-payment-sending>`
      }`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-payment': PaymentPage
  }
}
