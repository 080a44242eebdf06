import { css, html, LitElement, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'

const CLOCK = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
})
const AGAIN_MS = 60_000

/** Says on every page of a sandbox that it is one, and what time it is there. */
@customElement('portal-sandbox-banner')
export class SandboxBanner extends LitElement {
  static override styles = [
    pageStyles,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        padding: 0.5rem 1rem;
        margin-block-end: 1rem;
        border-radius: 0.5rem;
        background: color-mix(in oklab, var(--portal-caution), var(--portal-card) 88%);
      }
      a {
        color: inherit;
      }
    `,
  ]

  /** How far the clock of the sandbox is ahead of this one; `null` until it is known. */
  @state() private aheadMs: number | null = null
  #timer: ReturnType<typeof setInterval> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    void this.read()
    this.#timer = setInterval(this.read, AGAIN_MS)
    addEventListener('focus', this.read)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
    removeEventListener('focus', this.read)
  }

  private readonly read = async () => {
    const answer = await fetch('/dev/clock.json').catch(() => null)
    if (answer?.ok !== true) return
    const { now }: { now: string } = await answer.json()
    this.aheadMs = Date.parse(now) - Date.now()
    this.requestUpdate()
  }

  protected override render() {
    const time = this.aheadMs === null ? nothing : html`<span>${this.time(this.aheadMs)}</span>`
    return html`<p role="note" aria-label="Sandbox">
      <strong>Sandbox: no money moves</strong> ${time}
      <a href="/dev/clock" target="_blank" rel="noopener">Move the clock</a>
      <a href="/dev/bank" target="_blank" rel="noopener">Sandbox bank</a>
    </p>`
  }

  private time(aheadMs: number): string {
    return `${CLOCK.format(new Date(Date.now() + aheadMs))} in New York`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-sandbox-banner': SandboxBanner
  }
}
