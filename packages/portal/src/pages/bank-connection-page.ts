import { type BankConnection, BankConnectionCreate, BankConnectionUpdate, type BankCutoffs } from '@fistworks/contract'
import './connection-test.ts'
import './cutoffs-editor.ts'
import './host-keys.ts'
import './our-keys.ts'
import { css, html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { isSandbox } from '../sandbox/sandbox.ts'
import '../sandbox/use-sandbox-bank.ts'
import { failureNotice } from '../ui/failure.ts'
import { errorsOfIssues, type FormErrors, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { encryptionFields, legacyFields, nameFields, returnFields } from './bank-agreement-fields.ts'
import { agreementInput, withoutAgreement } from './bank-agreement-input.ts'
import { addressFields, folderFields, headerFields, loginFields, type Method } from './bank-connection-fields.ts'
import { connectionInput } from './bank-connection-input.ts'
import { FormPage } from './form-page.ts'
import { agrees } from '../ui/question-dialog.ts'

/** What is asked only once something else was chosen, or is wrong. */
const chosenStyles = css`
  .fields:not(:has([name='afterProcessing'] > [value='move']:checked)) > :has([name='processedDirectory'][aria-invalid='false']),
  .fields:has([name='encrypt']:not(:checked)) > :not(:has([name='encrypt'], [aria-invalid='true'])) {
    display: none;
  }
`

const ADVANCED = ['fileNameTemplate', 'encryption.publicKeys', 'legacyAlgorithmsUntil']

/** Connects a bank, or changes a connection and tries it. */
@customElement('portal-bank-connection')
export class BankConnectionPage extends FormPage {
  static override styles = [...FormPage.styles, chosenStyles]

  @property({ attribute: false }) connectionId: string | null = null
  @property({ attribute: false }) organizationId = ''
  @state() private isSaved = false
  @state() private method: Method = 'password'
  @state() private cutoffs: BankCutoffs | null = null
  @state() private template = ''
  @state() private fingerprints: readonly string[] = []
  private saved: BankConnection | null = null
  @query('form') private readonly formElement!: HTMLFormElement

  private readonly data = new Loader(this, async () => {
    if (this.connectionId === null) return { connection: null }
    const connection = await this.client.bankConnections.retrieve(this.connectionId)
    this.method = connection.publicKey === null ? connection.authenticationMethod : 'newKeyPair'
    this.cutoffs = connection.cutoffs
    this.template = connection.fileNameTemplate ?? ''
    this.fingerprints = connection.hostKeyFingerprints
    this.saved = connection
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
    const saved = this.saved
    const isPairKept = saved !== null && saved.publicKey !== null && this.method === 'newKeyPair'
    const input = {
      ...connectionInput(withoutAgreement(texts), this.method, this.fingerprints, { isNew, isPairKept }),
      ...agreementInput(texts, this.cutoffs, saved),
    }
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
    if (id === null) return
    const isSure = await agrees(this, {
      heading: 'Archive this connection?',
      text: 'Accounts that use it cannot send files any more.',
      confirm: 'Archive',
      isDangerous: true,
    })
    if (!isSure) return
    await this.attempt(async () => {
      await this.client.bankConnections.archive(id)
      this.go('/bank-connections')
    })
  }

  protected override render() {
    const back = html`<p class="bar"><a href="/bank-connections">All bank connections</a></p>`
    if (!this.may('bank-connections:write')) return [back, this.lookOnly()]
    return html`${back}
      ${this.data.show('the connection', ({ connection }) => [
        connection === null
          ? this.sandboxBank()
          : html`${connection.hostKeyRefusedAt === null ? nothing : html`<p class="notice critical" role="alert">The bank’s server showed another key than the confirmed ones. Nothing is sent until you have asked the bank and confirmed its keys below, then saved.</p>`}
              <portal-connection-test .client=${this.client} .connectionId=${connection.id}></portal-connection-test>
              <portal-our-keys .client=${this.client} .connection=${connection}></portal-our-keys>`,
        this.form(connection),
      ])}`
  }

  private sandboxBank() {
    if (!isSandbox()) return nothing
    return html`<portal-use-sandbox-bank .client=${this.client} .organizationId=${this.organizationId}></portal-use-sandbox-bank>`
  }

  private agreement(fields: { connection: BankConnection | null; errors: FormErrors }) {
    const { errors } = fields
    const first = Object.keys(errors).find((name) => name.startsWith('cutoffs'))
    return html`<section class="card">
        <h2>What comes back</h2>
        <div class="fields">${returnFields(fields)}</div>
      </section>
      <section class="card stack">
        <h2>Until when the bank takes files</h2>
        <portal-cutoffs
          .cutoffs=${this.cutoffs}
          .error=${first === undefined ? '' : (errors[first] ?? '')}
          @portal-cutoffs=${(event: Event) => {
            this.cutoffs = (event.target as HTMLElementTagNameMap['portal-cutoffs']).cutoffs
          }}
        ></portal-cutoffs>
      </section>
      <details class="card" ?open=${ADVANCED.some((name) => errors[name] !== undefined)}>
        <summary><strong>More: names of files, OpenPGP, old encryption</strong></summary>
        <div class="fields" @input=${this.onTemplate}>${nameFields(fields, this.template)}</div>
        <div class="fields">${encryptionFields(fields)}</div>
        <div class="fields">${legacyFields(fields)}</div>
      </details>`
  }

  private readonly onTemplate = (event: Event) => {
    this.template = (event.target as HTMLInputElement).value.trim()
  }

  private form(connection: BankConnection | null) {
    const fields = { connection, errors: this.errors }
    const choose = (method: Method) => {
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
      ${this.agreement(fields)}
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
