import type { PortalSession } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import '../organization/access-review-section.ts'
import '../organization/approval-policy-section.ts'
import '../organization/invitations-section.ts'
import type { LeavingSection } from '../organization/leaving-section.ts'
import '../organization/leaving-section.ts'
import type { MembersSection } from '../organization/members-section.ts'
import '../organization/members-section.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { PortalPage } from './portal-page.ts'

/** Who works in the organization, and how it ends. */
@customElement('portal-organization')
export class OrganizationPage extends PortalPage {
  static override styles = [pageStyles]

  @property({ attribute: false }) organization!: PortalSession['organizations'][number]
  /** The person who looks. */
  @property({ attribute: false }) userId = ''
  @query('portal-members') private readonly members!: MembersSection | null
  @query('portal-leaving') private readonly leaving!: LeavingSection

  private readonly onSettled = ({ target }: Event) => {
    if (target !== this.members) this.members?.reload()
    this.leaving.reload()
  }

  protected override render() {
    const { client, scopes, organization } = this
    return html`<div class="stack" @portal-settled=${this.onSettled}>
      <p><strong>${organization.name}</strong> <small class="muted">${organization.id}</small></p>
      ${organization.status === 'open' ? nothing : this.ended()}
      ${
        organization.status === 'open' && this.may('organizations:read')
          ? html`<portal-approval-policy .client=${client} .scopes=${scopes} .organization=${organization}></portal-approval-policy>`
          : nothing
      }
      ${
        this.may('members:read')
          ? html`<portal-members .client=${client} .scopes=${scopes} .organization=${organization} .userId=${this.userId}></portal-members>
            <portal-invitations .client=${client} .scopes=${scopes} .organization=${organization}></portal-invitations>
            <portal-access-review .client=${client} .scopes=${scopes} .organization=${organization}></portal-access-review>`
          : nothing
      }
      <portal-leaving .client=${client} .scopes=${scopes} .organization=${organization}></portal-leaving>
      <p class="actions">
        <a href="/organization/new">Create another organization</a>
        <a href="/set-up-platform">Set up a platform for an accounting product</a>
      </p>
    </div>`
  }

  private ended() {
    return html`<p class="notice caution" role="status">
      ${this.organization.status === 'closing' ? 'This organization is being closed. If that waits for a delivery, settle it under Payments.' : 'This organization is closed.'}
      What it sealed cannot be read any more. Its audit log stays.
    </p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-organization': OrganizationPage
  }
}
