import { type BankConnection, BankConnectionCreate, BankConnectionUpdate } from '@fistworks/contract'
import './connection-test.ts'
import './host-keys.ts'
import { html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { isSandbox } from '../sandbox/sandbox.ts'
import '../sandbox/use-sandbox-bank.ts'
import { failureNotice } from '../ui/failure.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { addressFields, folderFields, headerFields, loginFields } from './bank-connection-fields.ts'
import { connectionInput } from './bank-connection-input.ts'
import { FormPage } from './form-page.ts'

/** Connects a bank, or changes a connection and tries it. */
@customElement('portal-bank-connection')
export class BankConnectionPage extends FormPage {
  @property({ attribute: false }) connectionId: string | null = null
  @property({ attribute: false }) organizationId = ''
  @state() private isSaved = false
  @state() private method: BankConnection['authenticationMethod'] = 'password'
  @state() private fingerprints: readonly string[] = []
  @query('form') private readonly formElement!: HTMLFormElement

  private readonly data = new Loader(this, async () => {
    if (this.connectionId === null) return { connection: null }
    const connection = await this.client.bankConnections.retrieve(this.connectionId)
    this.method = connection.authenticationMethod
    this.fingerprints = connection.hostKeyFingerprints
    return { connection }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.data.load()
  }

  private readonly address = () => {
    const texts = textsOf(this.formElement)
    return { host: texts['host'] ?? '', port: Number(texts['port']) }
  }

  private readonly save = async (event: SubmitEvent) => {
    event.preventDefault()
    const isNew = this.connectionId === null
    const texts = textsOf(this.formElement)
    const input = connectionInput(texts, this.method, this.fingerprints, isNew)
    const checked = (isNew ? BankConnectionCreate : BankConnectionUpdate).safeParse(input)
    this.failure = null
    this.isSaved = false
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues, texts)
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      if (this.connectionId === null) {
        const made = await this.client.bankConnections.create(BankConnectionCreate.parse(input))
        this.go(`/bank-connections/${made.id}`)
      } else {
        await this.client.bankConnections.update(this.connectionId, BankConnectionUpdate.parse(input))
        this.isSaved = true
        this.settle()
        await this.data.load()
      }
    })
  }

  private readonly archive = async () => {
    const id = this.connectionId
    if (id === null || !confirm('Archive this connection? Accounts that use it cannot send files any more.')) return
    await this.attempt(async () => {
      await this.client.bankConnections.archive(id)
      this.go('/bank-connections')
    })
  }

  protected override render() {
    return html`<p class="bar"><a href="/bank-connections">All bank connections</a></p>
      ${this.data.show('the connection', ({ connection }) => [
        connection === null
          ? this.sandboxBank()
          : html`<portal-connection-test .client=${this.client} .connectionId=${connection.id}></portal-connection-test>`,
        this.form(connection),
      ])}`
  }

  private sandboxBank() {
    if (!isSandbox()) return nothing
    return html`<portal-use-sandbox-bank .client=${this.client} .organizationId=${this.organizationId}></portal-use-sandbox-bank>`
  }

  private form(connection: BankConnection | null) {
    const fields = { connection, errors: this.errors }
    const choose = (method: BankConnection['authenticationMethod']) => {
      this.method = method
    }
    return html`<form novalidate @submit=${this.save} @input=${this.onInput}>
      <section class="card">
        <h2>Where the bank is</h2>
        <div class="fields">${addressFields(fields)}</div>
      </section>
      <section class="card stack">
        <h2>How we know it is the bank</h2>
        <portal-host-keys
          .client=${this.client}
          .address=${this.address}
          .fingerprints=${this.fingerprints}
          .error=${this.errors['hostKeyFingerprints'] ?? ''}
          @portal-host-keys=${(event: Event) => {
            this.fingerprints = (event.target as HTMLElementTagNameMap['portal-host-keys']).fingerprints
          }}
        ></portal-host-keys>
      </section>
      <section class="card">
        <h2>How the bank knows it is us</h2>
        <div class="fields">${loginFields(fields, this.method, choose)}</div>
      </section>
      <section class="card">
        <h2>Folders</h2>
        <div class="fields">${folderFields(fields)}</div>
      </section>
      <section class="card">
        <h2>What the file header says</h2>
        <div class="fields">${headerFields(fields)}</div>
      </section>
      ${failureNotice(this.failure)} ${this.isSaved ? html`<p class="notice positive" role="status">Saved.</p>` : nothing}
      <div class="actions">
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>
          ${connection === null ? 'Save, then try it' : 'Save changes'}
        </button>
        <a class="button" href="/bank-connections">${connection === null ? 'Cancel' : 'Back'}</a>
        ${
          connection === null || connection.archivedAt !== null
            ? nothing
            : html`<button type="button" class="button quiet" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.archive}>Archive</button>`
        }
      </div>
    </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-bank-connection': BankConnectionPage
  }
}
