import type { WebhookDelivery, WebhookEndpoint } from '@fistworks/contract'
import { html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { actionWords } from './action-words.ts'
import { PortalPage } from './portal-page.ts'
import { webhookStyles } from './webhook-styles.ts'

const SHOWN = 50
const DAY_MS = 86_400_000
const DAYS = 7
/** A delivery settles within seconds; the page looks so often and then leaves it to the person. */
const LOOK_MS = 1_000
const LOOKS = 20

/** What was sent to one endpoint, with every try, and how it is sent anew. */
@customElement('portal-webhook-deliveries')
export class WebhookDeliveries extends PortalPage {
  static override styles = [pageStyles, tableStyles, webhookStyles]

  @property({ attribute: false }) endpoint!: WebhookEndpoint
  @state() private said = ''
  @state() private failure: Failure | null = null
  #looks = 0
  #timer: number | undefined

  private readonly deliveries = new Loader(this, async () => {
    const { data } = await this.client.webhookDeliveries.list({ webhookEndpointId: this.endpoint.id, limit: SHOWN })
    return data
  })

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('endpoint')) this.look()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  /** Reads them, and again for a while as long as one is on its way. */
  look(): void {
    this.#looks = LOOKS
    void this.#read()
  }

  async #read(): Promise<void> {
    clearTimeout(this.#timer)
    await this.deliveries.load()
    this.#looks -= 1
    const isUnderWay = this.deliveries.value?.some(
      ({ state, attempts }) => state === 'waiting' && attempts.length === 0,
    )
    if (isUnderWay && this.#looks > 0 && this.isConnected) {
      this.#timer = window.setTimeout(() => void this.#read(), LOOK_MS)
    }
  }

  private async change(work: () => Promise<string>): Promise<void> {
    this.failure = null
    this.said = ''
    try {
      this.said = await work()
    } catch (error) {
      this.failure = failureOf(error)
    }
    this.look()
  }

  private readonly redeliver = ({ id, eventType }: WebhookDelivery) =>
    this.change(async () => {
      await this.client.webhookDeliveries.redeliver(id)
      return `“${actionWords(eventType)}” is sent anew.`
    })

  private readonly redeliverFailed = () =>
    this.change(async () => {
      const since = new Date(Date.now() - DAYS * DAY_MS).toISOString()
      const { count, hasMore } = await this.client.webhookEndpoints.redeliverFailed(this.endpoint.id, { since })
      if (count === 0) return 'Nothing failed in the last seven days.'
      const events = count === 1 ? 'One event is' : `${count.toLocaleString('en-US')} events are`
      return `${events} sent anew.${hasMore ? ' There are more: do it again.' : ''}`
    })

  protected override render() {
    return html`<section class="card stack" aria-labelledby="deliveries">
      <h2 id="deliveries" class="url" tabindex="-1">Sent to ${this.endpoint.url}</h2>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      <div class="actions">
        <button type="button" class="button" @click=${() => this.look()}>Look again</button>
        ${
          this.mayChange
            ? html`<button type="button" class="button" @click=${this.redeliverFailed}>Send anew what failed in seven days</button>`
            : nothing
        }
      </div>
      ${this.deliveries.show('what was sent', (deliveries) => (deliveries.length === 0 ? html`<p>Nothing was sent yet.</p>` : this.table(deliveries)))}
    </section>`
  }

  private get mayChange(): boolean {
    return this.may('webhooks:write') && this.endpoint.state === 'enabled' && this.endpoint.archivedAt === null
  }

  private table(deliveries: readonly WebhookDelivery[]) {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Event</th>
          <th scope="col">Outcome</th>
          <th scope="col">Tries</th>
          <th scope="col" class="end"><span class="muted">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${deliveries.map((delivery) => this.row(delivery))}
      </tbody>
    </table>`
  }

  private row(delivery: WebhookDelivery) {
    const { eventType, createdAt, state, attempts, nextAttemptAt } = delivery
    const words = actionWords(eventType)
    const problem = attempts.at(-1)?.problem ?? null
    return html`<tr>
      <td class="main"><strong>${words}</strong><small>${timeOf(createdAt)} · ${delivery.eventId}</small></td>
      <td data-label="Outcome"><div class="several">
        <span class="badge ${TONES[state]}">${STATES[state]}</span>
        ${problem === null ? nothing : html`<small>${problem}</small>`}
        ${nextAttemptAt === null || attempts.length === 0 ? nothing : html`<small>Next try ${timeOf(nextAttemptAt)}</small>`}
      </div></td>
      <td data-label="Tries">
        ${
          attempts.length === 0
            ? 'None yet'
            : html`<details>
              <summary>${attempts.length}</summary>
              <ul>
                ${attempts.map(({ at, status, durationMs }) => html`<li>${timeOf(at)}: ${status ?? 'no answer'}, ${durationMs} ms</li>`)}
              </ul>
            </details>`
        }
      </td>
      <td class="end">
        ${
          state === 'waiting' || !this.mayChange
            ? nothing
            : html`<button type="button" class="button quiet" aria-label="Send anew: ${words}, ${timeOf(createdAt)}" @click=${() => this.redeliver(delivery)}>Send anew</button>`
        }
      </td>
    </tr>`
  }
}

const STATES: Readonly<Record<WebhookDelivery['state'], string>> = {
  waiting: 'On its way',
  delivered: 'Delivered',
  failed: 'Failed',
}
const TONES: Readonly<Record<WebhookDelivery['state'], string>> = {
  waiting: '',
  delivered: 'positive',
  failed: 'critical',
}

const timeOf = (instant: string) =>
  new Date(instant).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'medium' })

declare global {
  interface HTMLElementTagNameMap {
    'portal-webhook-deliveries': WebhookDeliveries
  }
}
