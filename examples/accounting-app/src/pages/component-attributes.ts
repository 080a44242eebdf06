import { html } from 'hono/html'
import type { User } from '../sign-in/users.ts'
import type { Html } from './layout.ts'

/**
 * What every FISTWorks component is told: where the API is, and which actions to offer. Offering less than the session
 * allows only tidies the page; what is allowed, FISTWorks decides by the session.
 */
export function componentAttributes(apiUrl: string, user: User, component: keyof User['components']): Html {
  const features = user.components[component]?.features ?? []
  return html`data-fistworks base-url="${apiUrl}" data-features="${features.join(' ')}"`
}

/** Where a component stands: as an element of this page, or inside a frame on FISTWorks' own origin. */
export type Place = 'page' | 'frame'

/** The way from one to the other, for whoever wants to see the difference. */
export function placeSwitch(place: Place): Html {
  return place === 'frame'
    ? html`<p class="hint">Inside FISTWorks’ own frame. <a href="?">Show it as part of this page</a></p>`
    : html`<p class="hint"><a href="?place=frame">Show it inside FISTWorks’ own frame</a></p>`
}
