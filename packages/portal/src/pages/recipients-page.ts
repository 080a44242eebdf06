import '@fistworks/widgets/register/fist-recipients'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { featuresOf } from './features.ts'
import { PortalPage } from './portal-page.ts'

@customElement('portal-recipients')
export class RecipientsPage extends PortalPage {
  protected override render() {
    return html`<fist-recipients
      .client=${this.client}
      .features=${featuresOf(this.scopes, 'recipients:write')}
    ></fist-recipients>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-recipients': RecipientsPage
  }
}
