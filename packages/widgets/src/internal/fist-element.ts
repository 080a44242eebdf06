import { type ComponentResources, type FetchSessionToken, UsageError } from '@fistworks/sdk'
import { LitElement, type PropertyValues } from 'lit'
import { property } from 'lit/decorators.js'
import { FistErrorEvent } from '../events/error-event.ts'
import { type Failure, failureOf } from './failure.ts'
import { sharedClient } from './shared-client.ts'

/** What every element that talks to the API has: who it speaks through, and what the host asked for. */
export abstract class FistElement extends LitElement {
  /** Where FISTWorks is, like `https://pay.example.com`. */
  @property({ attribute: 'base-url' }) baseUrl = ''
  /** Gives an embed session: `{ token, expiresAt }` or the token alone. It may be replaced at any time: nothing is loaded again, nothing typed is lost. */
  @property({ attribute: false }) fetchSessionToken: FetchSessionToken | null = null
  /** A client of the SDK, instead of `base-url` and `fetchSessionToken`. */
  @property({ attribute: false }) client: ComponentResources | null = null
  /** Which actions to offer, of those the session allows: `write`, `approve`, `submit`, `resolve`. All when not set. */
  @property({ attribute: false }) features: readonly string[] | null = null

  #wasReady = false
  #lifetime = new AbortController()

  /** Ends with the element's stay in the page: for requests that nobody waits for then. */
  protected get lifetime(): AbortSignal {
    return this.#lifetime.signal
  }

  /**
   * The client to speak through.
   * @throws UsageError when `base-url` is no address
   */
  protected connect(): ComponentResources {
    if (this.client) return this.client
    if (!this.fetchSessionToken) throw new UsageError('Set base-url and fetchSessionToken, or client.')
    return sharedClient(this.baseUrl, this.fetchSessionToken)
  }

  /** The client, or `null` while what makes it is missing or wrong. */
  protected get api(): ComponentResources | null {
    try {
      return this.isConfigured ? this.connect() : null
    } catch {
      return null
    }
  }

  private get isConfigured(): boolean {
    return this.client !== null || (this.baseUrl !== '' && this.fetchSessionToken !== null)
  }

  /** Properties besides the client whose change means that other things are to be shown. */
  protected get reloadsOn(): readonly string[] {
    return ['baseUrl']
  }

  /** Loads what is shown; called once there is a client, and again when something else is to be shown. */
  protected abstract load(): Promise<void>

  protected offers(feature: string): boolean {
    return this.features === null || this.features.includes(feature)
  }

  /** Makes a failure of whatever was thrown and tells the host. */
  protected fail(error: unknown): Failure {
    const failure = failureOf(error)
    this.dispatchEvent(new FistErrorEvent({ failure }))
    return failure
  }

  protected override willUpdate(changed: PropertyValues): void {
    const isReady = this.isConnected && this.isConfigured
    const isOther = this.#wasReady && this.reloadsOn.some((name) => changed.has(name))
    if (isReady && (!this.#wasReady || isOther)) void this.load()
    this.#wasReady = isReady
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#wasReady = false
    this.#lifetime.abort()
    this.#lifetime = new AbortController()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.requestUpdate()
  }
}
