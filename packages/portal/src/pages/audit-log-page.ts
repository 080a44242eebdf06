import type { AuditEvent } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { actionWords } from './action-words.ts'
import { PortalPage } from './portal-page.ts'

const time = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium' })
const OUTCOMES: Record<AuditEvent['outcome'], { word: string; tone: string }> = {
  succeeded: { word: 'Done', tone: 'positive' },
  failed: { word: 'Failed', tone: 'critical' },
  denied: { word: 'Denied', tone: 'critical' },
}

@customElement('portal-audit-log')
export class AuditLogPage extends PortalPage {
  static override styles = [pageStyles, tableStyles]

  @state() private events: readonly AuditEvent[] | null = null
  @state() private cursor: string | null = null
  @state() private failure: Failure | null = null
  @state() private isBusy = false

  override connectedCallback(): void {
    super.connectedCallback()
    void this.more()
  }

  private readonly more = async () => {
    if (this.isBusy) return
    this.isBusy = true
    this.failure = null
    try {
      const page = await this.client.auditEvents.list({
        limit: 50,
        ...(this.cursor === null ? {} : { after: this.cursor }),
      })
      this.events = [...(this.events ?? []), ...page.data]
      this.cursor = page.nextCursor
    } catch (error) {
      this.failure = failureOf(error)
    } finally {
      this.isBusy = false
    }
  }

  protected override render() {
    return html`${this.events === null ? nothing : this.list(this.events)}
      ${this.events === null && this.isBusy ? html`<p class="muted" role="status">Loading the audit log…</p>` : nothing}
      ${failureNotice(this.failure, () => void this.more())}
      ${
        this.cursor === null || this.failure !== null
          ? nothing
          : html`<button class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.more}>Show older</button>`
      }`
  }

  private list(events: readonly AuditEvent[]) {
    if (events.length === 0) return html`<section class="card empty"><h2>Nothing has happened yet</h2></section>`
    return html`<section class="card" aria-label="Audit log">
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">When</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          ${events.map((event) => this.row(event))}
        </tbody>
      </table>
    </section>`
  }

  private row(event: AuditEvent) {
    const { word, tone } = OUTCOMES[event.outcome]
    return html`<tr>
      <td class="main"><strong>${actionWords(event.action)}</strong><small class="code">${event.targetId}</small></td>
      <td data-label="Who"><span>${event.actor.name ?? event.actor.id}</span></td>
      <td data-label="When"><time datetime=${event.at}>${time.format(new Date(event.at))}</time></td>
      <td data-label="Outcome"><span class="badge ${tone}">${word}</span></td>
    </tr>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-audit-log': AuditLogPage
  }
}
