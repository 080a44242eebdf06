import type { PortalSession } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import { FormPage } from '../pages/form-page.ts'
import { OrganizationEvent } from '../shell/portal-shell.ts'
import { failureNotice } from '../ui/failure.ts'
import { workplacesOf } from '../workplace.ts'

type Invitation = PortalSession['platformInvitations'][number]

/**
 * What the person was asked to look after, above whatever page they are on. Whoever works somewhere stays there once it
 * is accepted; whoever works nowhere yet goes to the platform.
 *
 * @fires portal-platforms-changed - The person looks after another platform now.
 * @fires portal-organization - They have a place to work in now.
 */
@customElement('portal-platform-invitations')
export class PlatformInvitations extends FormPage {
  static override styles = [
    ...[FormPage.styles].flat(),
    css`
      .notice {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1rem;
        align-items: center;
        justify-content: space-between;
        margin-block-end: 1rem;
      }
    `,
  ]

  @property({ attribute: false }) session!: PortalSession
  @state() private accepted: Invitation | null = null
  @query('[role=status]') private readonly status!: HTMLElement | null

  private async accept(invitation: Invitation): Promise<void> {
    this.failure = null
    await this.attempt(async () => {
      const hadNoPlace = workplacesOf(this.session).length === 0
      await this.client.platforms.acceptInvitation(invitation.id)
      this.accepted = invitation
      this.dispatchEvent(new Event('portal-platforms-changed', { bubbles: true, composed: true }))
      if (hadNoPlace) this.dispatchEvent(new OrganizationEvent(invitation.id))
      // The button that was focused is gone.
      await this.updateComplete
      this.status?.focus()
    })
  }

  protected override render() {
    const open = this.session.platformInvitations.filter(({ id }) => id !== this.accepted?.id)
    return html`${failureNotice(this.failure)}
      ${
        this.accepted === null
          ? nothing
          : html`<p class="notice positive" role="status" tabindex="-1">You look after ${this.accepted.name} now: choose it where you choose what you work in.</p>`
      }
      ${open.map((invitation) => this.notice(invitation))}`
  }

  private notice(invitation: Invitation) {
    const { name } = invitation
    return html`<div class="notice">
      <p>You are asked to look after the platform <strong>${name}</strong>: its API keys, its pages and the companies it adds.</p>
      <button type="button" class="button" aria-label="Accept ${name}" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${() => this.accept(invitation)}>
        Accept
      </button>
    </div>`
  }
}

/**
 * What was accepted on a page is not said on the next one.
 * @param client speaks for the person, who names no place
 */
export const platformInvitations = (session: PortalSession, client: FISTWorks) =>
  html`${keyed(
    location.pathname,
    html`<portal-platform-invitations .session=${session} .client=${client}></portal-platform-invitations>`,
  )}`

declare global {
  interface HTMLElementTagNameMap {
    'portal-platform-invitations': PlatformInvitations
  }
}
