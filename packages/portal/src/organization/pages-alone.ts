import type { PortalSession } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html } from 'lit'
import type { Route } from '../navigation/routes.ts'
import './accept-invitation.ts'
import { type Failure, failureNotice } from '../ui/failure.ts'
import './found-organization.ts'
import { platformInvitations } from './platform-invitations.ts'
import '../pages/confirm-page.ts'
import { setUpPage } from '../pages/page-of.ts'
import { isOrganization, type Workplace } from '../workplace.ts'

/** Clients for the person, who names no place: `confirming` asks the person for a proof where one is needed. */
export interface Placeless {
  plain: FISTWorks
  confirming: FISTWorks
}

/** What is shown to somebody who works nowhere yet, or is on the way to another place; `null` for whoever is at home. */
export function pageAlone(
  { page, title }: Route,
  session: PortalSession,
  current: Workplace | undefined,
  { plain, confirming }: Placeless,
  signOut: () => void,
) {
  if (page === 'invitation') {
    return html`<portal-accept-invitation .client=${plain} .session=${session}></portal-accept-invitation>`
  }
  if (page === 'setUpPlatform' && current === undefined) {
    return html`<h1>${title}</h1>
      ${setUpPage(confirming)}
      <p><a href="/">Not now</a></p>`
  }
  if (current !== undefined && page !== 'newOrganization') return null
  return html`${platformInvitations(session, confirming)} ${newOrganization(plain, current, signOut)}`
}

function newOrganization(client: FISTWorks, current: Workplace | undefined, signOut: () => void) {
  return html`<h1>${current === undefined ? 'No organization' : 'New organization'}</h1>
    ${
      current === undefined
        ? html`<p>
          You are signed in, but belong to no organization yet. Open the link of your invitation, ask an administrator to
          invite you, or create an organization of your own.
        </p>`
        : html`<p><a href=${isOrganization(current) ? '/organization' : '/platform'}>Back to ${current.name}</a></p>`
    }
    <portal-found-organization .client=${client}></portal-found-organization>
    <p>Do you build an accounting product? <a href="/set-up-platform">Set up your platform</a></p>
    <p><button type="button" class="button" @click=${signOut}>Sign out</button></p>`
}

/** A small window of its own, without the way to other pages. */
export function confirmWindow(client: FISTWorks, session: PortalSession) {
  return html`<main class="alone"><portal-confirm .client=${client} .session=${session}></portal-confirm></main>`
}

/** While it is found out who is there. */
export function loadingPage(failure: Failure | null, retry: () => void) {
  return html`<main class="alone">
    ${failure === null ? html`<p class="muted" role="status">Loading…</p>` : failureNotice(failure, retry)}
  </main>`
}
