import '@fistworks/widgets/register/fist-ach-file'
import type { AchFileCreatedEvent } from '@fistworks/widgets'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import '../returns/payment-returns.ts'
import { featuresOf } from './features.ts'
import { PortalPage } from './portal-page.ts'

@customElement('portal-payment')
export class PaymentPage extends PortalPage {
  /** The file to show; a new one is composed when empty. */
  @property({ attribute: false }) fileId = ''

  /** The element goes on with the file it has saved; only the address is not up to date. */
  private readonly onCreated = (event: AchFileCreatedEvent) => {
    history.replaceState(null, '', `/payments/${event.detail.achFile.id}`)
  }

  protected override render() {
    return html`<p class="bar"><a href="/payments">All payments</a></p>
      <fist-ach-file
        .client=${this.client}
        .features=${featuresOf(this.scopes, 'ach-files:write')}
        .fileId=${this.fileId}
        @fist-ach-file-created=${this.onCreated}
      ></fist-ach-file>
      ${
        this.fileId === '' || !this.may('returns:read')
          ? nothing
          : html`<portal-payment-returns .client=${this.client} .fileId=${this.fileId}></portal-payment-returns>`
      }`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-payment': PaymentPage
  }
}
