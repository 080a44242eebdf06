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
