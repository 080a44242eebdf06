import '@fistworks/widgets/register/fist-ach-files'
import type { AchFileCreatedEvent, AchFileOpenedEvent } from '@fistworks/widgets'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Loader } from '../ui/loader.ts'
import './deliveries-switch.ts'
import { featuresOf } from './features.ts'
import { firstSteps, readFirstSteps } from './first-steps.ts'
import { PortalPage } from './portal-page.ts'

@customElement('portal-payments')
export class PaymentsPage extends PortalPage {
  private readonly steps = new Loader(this, () => readFirstSteps(this.client))

  override connectedCallback(): void {
    super.connectedCallback()
    void this.steps.load()
  }

  private readonly open = (event: AchFileOpenedEvent) => {
    event.preventDefault()
    this.go(`/payments/${event.detail.achFileId}`)
  }

  protected override render() {
    return html`<portal-deliveries .client=${this.client} .scopes=${this.scopes}></portal-deliveries>
      ${this.steps.value === null ? nothing : firstSteps(this.steps.value, this.scopes)}
      <fist-ach-files
        .client=${this.client}
        .features=${featuresOf(this.scopes, 'ach-files:write')}
        @fist-ach-file-opened=${this.open}
        @fist-ach-file-created=${(event: AchFileCreatedEvent) => this.go(`/payments/${event.detail.achFile.id}`)}
      ></fist-ach-files>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-payments': PaymentsPage
  }
}
