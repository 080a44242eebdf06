import type { FetchSessionToken } from '@fistworks/sdk'
import { FistEvent } from '../events/fist-event.ts'
import { sessionFrom, sessionIdOf } from './host-sessions.ts'
import { ATTRIBUTES, EVENTS, type FrameOptions, isNumber, isObject, opened, sent, type ToFrame } from './message.ts'
import { themeOf } from './theme.ts'
import { VisiblePart } from './visible-part.ts'

const WAIT_MS = 15_000
const HEIGHT_MAX = 50_000
const CANNOT = 'This part of the page could not be shown.'
const TITLES: Readonly<Record<string, string>> = {
  recipients: 'Recipients',
  'recipient-form': 'Recipient',
  'ach-files': 'Payment files',
  'ach-file': 'Payment file',
  submission: 'Delivery to the bank',
}

const Base = (globalThis.HTMLElement ?? Object) as typeof HTMLElement

/**
 * One of the components, inside a frame on FISTWorks' own origin: scripts of your page cannot read what it shows, nor
 * what is typed into it. Its attributes and properties are those of the component; its events too, and they come through
 * with ids and masked data only.
 *
 * @fires fist-error - Also when the frame cannot be shown: `detail.failure.code` is `frame-unavailable`.
 */
export class FistFrame extends Base {
  static readonly elementName = 'fist-frame'
  static readonly observedAttributes = ['component', 'base-url', ...ATTRIBUTES]

  #fetchSessionToken: FetchSessionToken | null = null
  #features: readonly string[] | null = null
  #prefill: object | null = null
  #isUnsaved = false
  #port: MessagePort | null = null
  #frame: HTMLIFrameElement | null = null
  #run = 0
  #shown = ''
  #lifetime = new AbortController()
  readonly #root = globalThis.HTMLElement === undefined ? null : this.attachShadow({ mode: 'open' })

  /** Gives an embed session: `{ token, expiresAt }` or the token alone. */
  get fetchSessionToken(): FetchSessionToken | null {
    return this.#fetchSessionToken
  }
  set fetchSessionToken(given) {
    this.#fetchSessionToken = given
    this.#begin()
  }

  /** Which actions to offer, of those the session allows. */
  get features(): readonly string[] | null {
    return this.#features
  }
  set features(given) {
    this.#features = given
    this.#tellOptions()
  }

  /** What a new recipient or payment file starts with. */
  get prefill(): object | null {
    return this.#prefill
  }
  set prefill(given) {
    this.#prefill = given
    this.#tellOptions()
  }

  /** Whether something a person typed is not saved and would be lost. */
  get hasUnsavedInput(): boolean {
    return this.#isUnsaved
  }

  override focus(): void {
    this.#frame?.focus()
  }

  connectedCallback(): void {
    this.#lifetime = new AbortController()
    const tell = () => this.#tellOptions()
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', tell, { signal: this.#lifetime.signal })
    // A page changes its look by a class or an attribute of its root.
    const looks = new MutationObserver(tell)
    for (const each of [document.documentElement, document.body]) looks.observe(each, { attributes: true })
    this.#lifetime.signal.addEventListener('abort', () => looks.disconnect())
    this.#begin()
  }

  disconnectedCallback(): void {
    this.#lifetime.abort()
    this.#end()
  }

  attributeChangedCallback(name: string): void {
    if (name === 'component' || name === 'base-url') this.#begin()
    else this.#tellOptions()
  }

  /** Shows the frame once everything it needs is there; another component or address is another frame. */
  #begin(): void {
    const { component, base } = this.#wanted
    const name = `${component} ${base}`
    if (!this.isConnected || this.#fetchSessionToken === null || component === '' || base === '') return
    if (name !== this.#shown) void this.#show(name)
  }

  get #wanted() {
    return { component: this.getAttribute('component') ?? '', base: this.getAttribute('base-url') ?? '' }
  }

  async #show(name: string): Promise<void> {
    this.#end()
    const run = ++this.#run
    this.#shown = name
    const { component, base } = this.#wanted
    try {
      const origin = new URL(base).origin
      const session = await sessionFrom(this.#fetchSessionToken as FetchSessionToken, null)
      if (run !== this.#run) return
      const id = sessionIdOf(session.token)
      if (id === null) throw new TypeError('This is not the token of an embed session.')
      const frame = document.createElement('iframe')
      frame.title = this.getAttribute('title') ?? TITLES[component] ?? component
      frame.setAttribute('sandbox', SANDBOX)
      frame.src = `${origin}/embed/v1/frame?session=${id}`
      this.#frame = frame
      this.#root?.replaceChildren(frame)
      look(frame)
      const give = setTimeout(() => this.#fail(), WAIT_MS)
      // Each document that the frame loads gets a channel of its own, and only when it is FISTWorks'.
      frame.addEventListener('load', () => {
        const port = this.#open(() => clearTimeout(give))
        const hello = { type: 'hello', component, session, options: this.#options } as ToFrame
        frame.contentWindow?.postMessage(sent(hello), origin, [port])
      })
      this.#lifetime.signal.addEventListener('abort', () => clearTimeout(give))
    } catch {
      if (run === this.#run) this.#fail()
    }
  }

  /** @returns the end of the channel that is the frame's */
  #open(onReady: () => void): MessagePort {
    this.#port?.close()
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    port1.onmessage = ({ data }) => {
      if (port1 !== this.#port) return
      const message = opened(data)
      if (message?.['type'] === 'ready') onReady()
      this.#heard(message ?? {})
    }
    return port2
  }

  #heard(message: Record<string, unknown>): void {
    const { type, height, isUnsaved, stale, name, detail, event } = message
    if (type === 'ready' && this.#frame) new VisiblePart(this.#frame, (view) => this.#send(view), this.#lifetime.signal)
    if (type === 'size' && isNumber(height)) {
      this.#frame?.style.setProperty('height', `${Math.min(Math.max(0, Math.ceil(height)), HEIGHT_MAX)}px`)
    }
    if (type === 'unsaved') this.#isUnsaved = isUnsaved === true
    if (type === 'session' && typeof stale === 'string') void this.#renew(stale)
    if (type === 'event' && isObject(detail) && isNumber(event)) this.#dispatch(String(name), detail, event)
  }

  async #renew(stale: string): Promise<void> {
    const port = this.#port
    const give = this.#fetchSessionToken
    const session = give === null ? null : await sessionFrom(give, stale).catch(() => null)
    if (port === this.#port) this.#send({ type: 'session', session })
  }

  #dispatch(name: string, detail: object, event: number): void {
    if (!(EVENTS as readonly string[]).includes(name)) return
    const isOurs = this.dispatchEvent(new FistEvent(name, detail, { cancelable: name === 'fist-ach-file-opened' }))
    if (isOurs) this.#send({ type: 'proceed', event })
  }

  get #options(): FrameOptions {
    const set = ATTRIBUTES.flatMap((name) => {
      const value = this.getAttribute(name)
      return value === null ? [] : [[name, value] as const]
    })
    const { features, prefill } = this
    return { attributes: Object.fromEntries(set), features, prefill, theme: themeOf(this) }
  }

  #tellOptions(): void {
    if (this.#port) this.#send({ type: 'options', options: this.#options })
  }

  #send(message: ToFrame): void {
    this.#port?.postMessage(sent(message))
  }

  #fail(): void {
    this.#end()
    const notice = document.createElement('p')
    notice.setAttribute('role', 'alert')
    const again = document.createElement('button')
    again.type = 'button'
    again.textContent = 'Try again'
    again.onclick = () => this.#begin()
    notice.append(CANNOT, ' ', again)
    this.#root?.replaceChildren(notice)
    const failure = { code: 'frame-unavailable', status: null, text: CANNOT, requestId: null, errors: [] }
    this.dispatchEvent(new FistEvent('fist-error', { failure }))
  }

  #end(): void {
    this.#run++
    this.#shown = ''
    this.#port?.close()
    this.#port = null
    this.#frame = null
    this.#isUnsaved = false
    this.#root?.replaceChildren()
  }
}

/** Its own origin for its own cookies of none, forms, and the window in which a person confirms; it moves no other page. */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox'

/** By the object model, which a strict content policy of the page allows. */
function look({ style }: HTMLIFrameElement): void {
  style.setProperty('display', 'block')
  style.setProperty('width', '100%')
  style.setProperty('height', '12rem')
  style.setProperty('border', '0')
  style.setProperty('background', 'transparent')
}

declare global {
  interface HTMLElementTagNameMap {
    'fist-frame': FistFrame
  }
}
