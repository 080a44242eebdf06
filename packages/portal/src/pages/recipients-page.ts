import '@fistworks/widgets/register/fist-recipients'
import type { Recipient } from '@fistworks/contract'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { featuresOf } from './features.ts'
import { PortalPage } from './portal-page.ts'

const linkTo = ({ id }: Recipient) => `/recipients/${id}`

@customElement('portal-recipients')
export class RecipientsPage extends PortalPage {
  protected override render() {
    return html`<fist-recipients
      .client=${this.client}
      .features=${featuresOf(this.scopes, 'recipients:write')}
      .linkTo=${linkTo}
    ></fist-recipients>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-recipients': RecipientsPage
  }
}
