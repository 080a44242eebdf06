import type { EntraChallenge } from '@fistworks/contract'

/** Why somebody is sent to the identity provider, and where they go afterwards. Kept in this tab while they are away. */
export interface Errand {
  purpose: 'signIn' | 'connect'
  /** A path of ours. */
  to: string
  /** What to go with; only for connecting, where it was given for a proof of the person. */
  challenge: EntraChallenge | null
}

/** The one address the provider sends people back to. */
export const PROVIDER_PATH = '/sign-in/entra'

/** Whether the person is on the way to the provider or back. */
export const isPassing = () => location.pathname === PROVIDER_PATH

const KEPT = 'fistworks-errand'

/** The address that sends somebody to the provider, and here afterwards. */
export const signInLink = (to: string) => `${PROVIDER_PATH}?to=${encodeURIComponent(to)}`

export function keepErrand(errand: Errand): void {
  sessionStorage.setItem(KEPT, JSON.stringify(errand))
}

export function keptErrand(): Errand | null {
  const text = sessionStorage.getItem(KEPT)
  if (text === null) return null
  const errand = JSON.parse(text) as Errand
  return { ...errand, to: ownPath(errand.to) }
}

export function dropErrand(): void {
  sessionStorage.removeItem(KEPT)
}

/** The path, when it is one of ours; else the first page. */
export function ownPath(to: string | null): string {
  if (to === null || !URL.canParse(to, location.origin)) return '/'
  const { origin, pathname, search, hash } = new URL(to, location.origin)
  return origin === location.origin && pathname !== PROVIDER_PATH ? `${pathname}${search}${hash}` : '/'
}
