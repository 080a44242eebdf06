import type { PortalSession } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { css, html } from 'lit'
import '../pages/confirm-page.ts'
import { type Failure, failureNotice } from '../ui/failure.ts'

/** Pages without the navigation. */
export const aloneStyles = css`
  .alone {
    max-width: 30rem;
    margin: 4rem auto;
    padding: 1rem;
  }
`

export const loading = (failure: Failure | null, retry: () => void) => html`<main class="alone">
  ${failure === null ? html`<p class="muted" role="status">Loading…</p>` : failureNotice(failure, retry)}
</main>`

export const noOrganization = (failure: Failure | null, signOut: () => void) => html`<main class="alone stack">
  <h1>No organization</h1>
  <p>You are signed in, but belong to no organization yet. Ask its administrator to add you.</p>
  <p><button type="button" class="button" @click=${signOut}>Sign out</button></p>
  ${failureNotice(failure)}
</main>`

/** The small window that a frame in another page opens. */
export const confirmWindow = (client: FISTWorks, session: PortalSession) => html`<main class="alone">
  <portal-confirm .client=${client} .session=${session}></portal-confirm>
</main>`
