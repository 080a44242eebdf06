import { type NewWebhookEndpoint, type WebhookEndpoint, WebhookEndpointCreate } from '@fistworks/contract'
import { css, html, nothing, type PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { errorsOfIssues } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import '../ui/secret-once.ts'
import { FormPage } from './form-page.ts'
import { keyFormStyles } from './key-form-styles.ts'
import './webhook-deliveries.ts'
import { webhookFields, webhookInput } from './webhook-form.ts'
import { webhookStyles } from './webhook-styles.ts'
import { agrees } from '../ui/question-dialog.ts'

/** Where the organization's own systems are told of events. */
@customElement('portal-webhooks')
export class WebhooksPage extends FormPage {
  static override styles = [
    pageStyles,
    formStyles,
    tableStyles,
    keyFormStyles,
    webhookStyles,
    css`
      .said {
        margin-block-end: 1rem;
      }
    `,
  ]

  @state() private made: NewWebhookEndpoint | null = null
  @state() private isAdding = false
  @state() private said = ''
  @state() private shownId: string | null = null
  private readonly endpoints = new Loader(this, async () => {
    const { data } = await this.client.webhookEndpoints.list({ limit: 200 })
    return data.filter(({ archivedAt }) => archivedAt === null)
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.endpoints.load()
  }

  /** A secret that nobody has saved yet would be lost with the page. */
  override get hasUnsavedInput(): boolean {
    return this.made !== null || super.hasUnsavedInput
  }

  /** Whoever cannot see that the secret is there hears it. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has('made') && this.made !== null) this.renderRoot.querySelector('h2')?.focus()
    else if (changed.get('made') || changed.get('isAdding') !== undefined)
      this.focusOn(this.isAdding ? '#url' : '.button.primary')
  }

  private focusOn(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }

  private readonly onSaved = () => {
    this.said = 'The secret is in use.'
    this.made = null
    this.settle()
  }

  private readonly cancel = () => {
    this.isAdding = false
    this.errors = {}
    this.settle()
  }

  private async change(work: () => Promise<string>): Promise<void> {
    this.failure = null
    this.said = ''
    await this.attempt(async () => {
      this.said = await work()
      await this.endpoints.load()
    })
  }

  private readonly create = async (event: SubmitEvent) => {
    event.preventDefault()
    const input = webhookInput(event.target as HTMLFormElement)
    const checked = WebhookEndpointCreate.safeParse(input)
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues, { url: String(input.url) })
    if (!checked.success) return this.showWrong()
    await this.change(async () => {
      this.made = await this.client.webhookEndpoints.create(checked.data)
      this.isAdding = false
      this.settle()
      return ''
    })
  }

  private readonly rotate = async ({ id, url }: WebhookEndpoint) => {
    const isSure = await agrees(this, {
      heading: `Make a new secret for ${url}?`,
      text: 'The old one signs along for one day.',
      confirm: 'Make a new secret',
    })
    if (!isSure) return
    await this.change(async () => {
      this.made = await this.client.webhookEndpoints.rotateSecret(id, { overlapHours: 24 })
      return ''
    })
  }

  private readonly test = ({ id, url }: WebhookEndpoint) =>
    this.change(async () => {
      await this.client.webhookEndpoints.test(id)
      this.shownId = id
      this.renderRoot.querySelector('portal-webhook-deliveries')?.look()
      return `A test was sent to ${url}. What comes of it shows below.`
    })

  private readonly turn = ({ id, url, state }: WebhookEndpoint) =>
    this.change(async () => {
      const isOn = state === 'enabled'
      await (isOn ? this.client.webhookEndpoints.disable(id) : this.client.webhookEndpoints.enable(id))
      return isOn ? `Nothing is sent to ${url} any more.` : `Events are sent to ${url} again.`
    })

  private readonly archive = async ({ id, url }: WebhookEndpoint) => {
    const isSure = await agrees(this, {
      heading: `Remove ${url}?`,
      text: 'Nothing is sent there any more.',
      confirm: 'Remove',
      isDangerous: true,
    })
    if (!isSure) return
    await this.change(async () => {
      await this.client.webhookEndpoints.archive(id)
      if (this.shownId === id) this.shownId = null
      return `${url} was removed.`
    })
  }

  protected override render() {
    if (this.made !== null) {
      return html`<section class="card stack" aria-labelledby="made">
        <h2 id="made" tabindex="-1">The new secret of ${this.made.url}</h2>
        <p>Your system checks with it that what arrives is from here.</p>
        <portal-secret-once word="secret" .secret=${this.made.secret} @portal-secret-saved=${this.onSaved}></portal-secret-once>
      </section>`
    }
    return html`${failureNotice(this.failure)}
    ${this.said === '' ? nothing : html`<p class="notice positive said" role="status">${this.said}</p>`}
    ${this.endpoints.show('webhooks', (endpoints) => html`${this.bar()} ${this.isAdding ? this.form() : nothing} ${endpoints.length === 0 ? this.none() : this.table(endpoints)} ${this.deliveries(endpoints)}`)}`
  }

  private bar() {
    return html`<div class="bar">
      <p class="muted">Your own systems are told here of what happens.</p>
      ${
        this.may('webhooks:write') && !this.isAdding
          ? html`<button type="button" class="button primary" @click=${() => (this.isAdding = true)}>Add an endpoint</button>`
          : nothing
      }
    </div>`
  }

  private form() {
    return html`<form class="card stack" novalidate @submit=${this.create} @input=${this.onInput}>
      <h2>Add an endpoint</h2>
      ${webhookFields(this.errors)}
      <div class="actions">
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>Add the endpoint</button>
        <button type="button" class="button" @click=${this.cancel}>Cancel</button>
      </div>
    </form>`
  }

  private none() {
    return html`<section class="card empty">
      <h2>No endpoint yet</h2>
      <p>An endpoint is an address of your own system. It gets a short signed message for each event: a file was approved, a payment came back.</p>
    </section>`
  }

  private table(endpoints: readonly WebhookEndpoint[]) {
    return html`<section class="card" aria-label="Endpoints">
      <table>
        <thead>
          <tr>
            <th scope="col">Endpoint</th>
            <th scope="col">Events</th>
            <th scope="col">State</th>
            <th scope="col" class="end"><span class="muted">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          ${endpoints.map((endpoint) => this.row(endpoint))}
        </tbody>
      </table>
    </section>`
  }

  private row(endpoint: WebhookEndpoint) {
    const { url, description, eventTypes, state, disabledBecause, failingSince, previousSecretEndsAt } = endpoint
    const action = (label: string, work: () => unknown) =>
      html`<button type="button" class="button quiet" aria-label="${label}: ${url}" @click=${work}>${label}</button>`
    return html`<tr>
      <td class="main"><strong class="url">${url}</strong><small>${description}</small></td>
      <td data-label="Events">${eventTypes === null ? 'All' : eventTypes.length === 1 ? 'One kind' : `${eventTypes.length} kinds`}</td>
      <td data-label="State"><div class="several">
        ${state === 'enabled' ? html`<span class="badge positive">Enabled</span>` : html`<span class="badge critical">Disabled</span>`}
        ${disabledBecause === null ? nothing : html`<small>${disabledBecause}</small>`}
        ${state === 'enabled' && failingSince !== null ? html`<small>Failing since ${timeOf(failingSince)}</small>` : nothing}
        ${previousSecretEndsAt === null ? nothing : html`<small>Two secrets until ${timeOf(previousSecretEndsAt)}</small>`}
      </div></td>
      <td class="end">
        ${action('Deliveries', () => this.show(endpoint.id))}
        ${
          this.may('webhooks:write')
            ? html`${state === 'enabled' ? action('Send a test', () => this.test(endpoint)) : nothing}
              ${action(state === 'enabled' ? 'Disable' : 'Enable', () => this.turn(endpoint))}
              ${action('New secret', () => this.rotate(endpoint))} ${action('Remove', () => this.archive(endpoint))}`
            : nothing
        }
      </td>
    </tr>`
  }

  private show(id: string): void {
    this.shownId = id
    this.renderRoot.querySelector('portal-webhook-deliveries')?.look()
  }

  private deliveries(endpoints: readonly WebhookEndpoint[]) {
    const endpoint = endpoints.find(({ id }) => id === this.shownId)
    if (endpoint === undefined) return nothing
    return html`<portal-webhook-deliveries .client=${this.client} .scopes=${this.scopes} .endpoint=${endpoint}></portal-webhook-deliveries>`
  }
}

const timeOf = (instant: string) =>
  new Date(instant).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' })

declare global {
  interface HTMLElementTagNameMap {
    'portal-webhooks': WebhooksPage
  }
}
