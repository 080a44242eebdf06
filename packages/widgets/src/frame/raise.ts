import type { EmbedSessionState, Id, Scope } from '@fistworks/contract'
import type { FrameLink } from './frame-link.ts'
import { FRAME_VERSION, opened } from './message.ts'

/** What the frame tells the page of the portal on which a person confirms. Both are of one origin. */
export interface RaiseOffer {
  fistworks: typeof FRAME_VERSION
  type: 'raise'
  embedSessionId: Id<'ems'>
  secretHash: string
  organization: { id: string; name: string }
  platform: string
  /** `#rrggbb`; `null` for the window's own. */
  accentColor: string | null
  endUser: string
  scopes: readonly Scope[]
}

export const RAISE_PATH = '/confirm'
const LASTS_MS = 6 * 60_000

/**
 * One attempt to have the session raised: a window of the portal, of our own origin, in which a person signs in and
 * confirms. Only that window is answered; it gets the hash of a secret that never leaves this frame.
 */
export class Raise {
  readonly #link: FrameLink
  readonly #raised: () => void
  #window: Window | null = null
  #secret = ''

  constructor(link: FrameLink, raised: () => void) {
    this.#link = link
    this.#raised = raised
    addEventListener('message', (event) => void this.#heard(event))
  }

  /** Opens the window, or shows the one that is open. @returns whether the browser let it */
  begin(): boolean {
    if (this.#window === null || this.#window.closed) {
      this.#secret = newSecret()
      this.#window = open(RAISE_PATH, '_blank', 'popup,width=480,height=720')
    }
    this.#window?.focus()
    return this.#window !== null
  }

  async #heard({ source, origin, data }: MessageEvent): Promise<void> {
    if (origin !== location.origin || source === null || source !== this.#window) return
    const type = opened(data)?.['type']
    if (type === 'raise-hello') await this.#offer(this.#window)
    if (type !== 'raised' || this.#secret === '') return
    this.#link.use(this.#secret)
    this.#secret = ''
    this.#window = null
    this.#raised()
  }

  async #offer(to: Window): Promise<void> {
    await this.#link.lastFor(LASTS_MS)
    const { id, organization, platform, endUser, risable }: EmbedSessionState = await this.#link.state()
    const offer: RaiseOffer = {
      fistworks: FRAME_VERSION,
      type: 'raise',
      embedSessionId: id,
      secretHash: await hashOf(this.#secret),
      organization,
      platform: platform?.name ?? '',
      accentColor: platform?.accentColor ?? null,
      endUser: endUser.name,
      scopes: risable,
    }
    to.postMessage(offer, location.origin)
  }
}

const newSecret = () => hex(crypto.getRandomValues(new Uint8Array(32)))
const hashOf = async (text: string) =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
