import { type ApiKey, ApiKeyCreate, type NewApiKey } from '@fistworks/contract'
import { css, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import '../ui/secret-once.ts'
import { FormPage } from './form-page.ts'
import { keyErrors, keyFields, keyInput } from './key-form.ts'
import { keyFormStyles } from './key-form-styles.ts'
import { agrees } from '../ui/question-dialog.ts'

/** The keys of back ends, of the organization or the platform that is worked in. */
@customElement('portal-api-keys')
export class ApiKeysPage extends FormPage {
  static override styles = [
    pageStyles,
    formStyles,
    tableStyles,
    keyFormStyles,
    css`
      .said {
        margin-block-end: 1rem;
      }
      .ended {
        color: var(--portal-muted);
      }
    `,
  ]

  @property({ type: Boolean }) isPlatform = false
  @state() private made: NewApiKey | null = null
  @state() private isAdding = false
  @state() private said = ''
  private readonly keys = new Loader(this, async () => (await this.client.apiKeys.list({ limit: 200 })).data)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.keys.load()
  }

  /** A key that nobody has saved yet would be lost with the page. */
  override get hasUnsavedInput(): boolean {
    return this.made !== null || super.hasUnsavedInput
  }

  /** Whoever cannot see that the key is there hears it. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has('made') && this.made !== null) this.renderRoot.querySelector('h2')?.focus()
  }

  private readonly onSaved = () => {
    this.said = `The key “${this.made?.name}” is ready to use.`
    this.made = null
    this.settle()
  }

  private readonly cancel = () => {
    this.isAdding = false
    this.errors = {}
    this.settle()
  }

  private async change(work: () => Promise<unknown>): Promise<void> {
    this.failure = null
    this.said = ''
    await this.attempt(async () => {
      await work()
      await this.keys.load()
    })
  }

  private readonly create = async (event: SubmitEvent) => {
    event.preventDefault()
    const input = keyInput(event.target as HTMLFormElement)
    const checked = ApiKeyCreate.safeParse(input)
    this.failure = null
    this.said = ''
    this.errors = checked.success ? {} : keyErrors(checked.error.issues, String(input.name))
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      this.made = await this.client.apiKeys.create(checked.data)
      this.isAdding = false
      this.settle()
      await this.keys.load()
    })
  }

  private readonly rotate = async ({ id, name }: ApiKey) => {
    const isSure = await agrees(this, {
      heading: `Make a new key in place of “${name}”?`,
      text: 'The old one works on for one day.',
      confirm: 'Make a new key',
    })
    if (!isSure) return
    await this.change(async () => {
      this.made = await this.client.apiKeys.rotate(id, { overlapDays: 1 })
    })
  }

  private readonly revoke = async ({ id, name }: ApiKey) => {
    const isSure = await agrees(this, {
      heading: `Revoke “${name}”?`,
      text: 'What uses it is refused at once.',
      confirm: 'Revoke',
      isDangerous: true,
    })
    if (!isSure) return
    await this.change(async () => {
      await this.client.apiKeys.revoke(id)
      this.said = `The key “${name}” was revoked.`
    })
  }

  protected override render() {
    if (this.made !== null) {
      return html`<section class="card stack" aria-labelledby="made">
        <h2 id="made" tabindex="-1">The new key “${this.made.name}”</h2>
        <portal-secret-once .secret=${this.made.secret} @portal-secret-saved=${this.onSaved}></portal-secret-once>
      </section>`
    }
    return html`${failureNotice(this.failure)}
    ${this.said === '' ? nothing : html`<p class="notice positive said" role="status">${this.said}</p>`}
    ${this.keys.show('API keys', (keys) => html`${this.bar()} ${this.isAdding ? this.form() : nothing} ${keys.length === 0 ? this.none() : this.table(keys)}`)}`
  }

  private bar() {
    return html`<div class="bar">
      <p class="muted">Keys let a back end work here without a person.</p>
      ${
        this.may('api-keys:write') && !this.isAdding
          ? html`<button type="button" class="button primary" @click=${() => (this.isAdding = true)}>New API key</button>`
          : nothing
      }
    </div>`
  }

  private form() {
    return html`<form class="card stack" novalidate @submit=${this.create} @input=${this.onInput}>
      <h2>New API key</h2>
      ${keyFields(this.errors, this.isPlatform)}
      <div class="actions">
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>Make the key</button>
        <button type="button" class="button" @click=${this.cancel}>Cancel</button>
      </div>
    </form>`
  }

  private none() {
    return html`<section class="card empty">
      <h2>No API key yet</h2>
      <p>A key is shown once when it is made, may do only what you tick, and ends by itself.</p>
    </section>`
  }

  private table(keys: readonly ApiKey[]) {
    return html`<section class="card" aria-label="API keys">
      <table>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Last used</th>
            <th scope="col">Networks</th>
            <th scope="col">Ends</th>
            <th scope="col" class="end"><span class="muted">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          ${keys.map((key) => this.row(key))}
        </tbody>
      </table>
    </section>`
  }

  private row(key: ApiKey) {
    const state = stateOf(key)
    const mayChange = state === 'In use' && this.may('api-keys:write')
    const named = key.lastFour === null ? key.name : `${key.name} that ends in ${key.lastFour}`
    return html`<tr class=${state === 'In use' ? '' : 'ended'}>
      <td class="main">
        <strong>${key.name}</strong> ${state === 'In use' ? nothing : html`<span class="badge">${state}</span>`}
        ${mayChange && key.replacedBy !== null ? html`<span class="badge">Replaced</span>` : nothing}
        <small>${key.lastFour === null ? key.id : `ends in …${key.lastFour}`} · ${key.scopes.length === 1 ? 'one permission' : `${key.scopes.length} permissions`}</small>
      </td>
      <td data-label="Last used">${key.lastUsedAt === null ? 'Never' : minuteOf(key.lastUsedAt)}</td>
      <td data-label="Networks">${key.allowedNetworks.length === 0 ? 'Anywhere' : key.allowedNetworks.join(', ')}</td>
      <td data-label="Ends">${dayOf(key.revokedAt ?? key.expiresAt)}</td>
      <td class="end">
        ${
          mayChange
            ? html`${
                key.replacedBy === null
                  ? html`<button type="button" class="button quiet" aria-label="Rotate ${named}" @click=${() => this.rotate(key)}>Rotate</button>`
                  : nothing
              }
              <button type="button" class="button quiet" aria-label="Revoke ${named}" @click=${() => this.revoke(key)}>Revoke</button>`
            : nothing
        }
      </td>
    </tr>`
  }
}

function stateOf({ revokedAt, expiresAt }: ApiKey): 'In use' | 'Revoked' | 'Expired' {
  if (revokedAt !== null) return 'Revoked'
  return Date.parse(expiresAt) <= Date.now() ? 'Expired' : 'In use'
}

const dayOf = (instant: string) =>
  new Date(instant).toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric' })
const minuteOf = (instant: string) =>
  new Date(instant).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' })

declare global {
  interface HTMLElementTagNameMap {
    'portal-api-keys': ApiKeysPage
  }
}
