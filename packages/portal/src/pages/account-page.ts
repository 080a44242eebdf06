import { type Passkey, PasskeyCreate } from '@fistworks/contract'
import { css, html, nothing } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import '../sign-in/connected-accounts.ts'
import { passkeyFailure } from '../step-up/passkey-failure.ts'
import { makePasskey } from '../step-up/passkeys.ts'
import { FactorsChangedEvent } from '../step-up/step-up-events.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice, failureOf } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import './authenticator-app.ts'
import './close-account.ts'
import { FormPage } from './form-page.ts'
import './mail-choice.ts'
import './open-sessions.ts'
import type { RecoveryCodesSection } from './recovery-codes.ts'
import './recovery-codes.ts'
import { agrees } from '../ui/question-dialog.ts'

/** The person's passkeys: what they confirm with before what must not be done by somebody else. */
@customElement('portal-account')
export class AccountPage extends FormPage {
  static override styles = [
    pageStyles,
    formStyles,
    tableStyles,
    css`
      .add {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
        align-items: start;
        max-width: none;
      }
      .add .field {
        flex: 1 1 15rem;
      }
      /* Beside the input, below its label. */
      @media (min-width: 40rem) {
        .add .button {
          margin-block-start: 1.8rem;
        }
      }
    `,
  ]

  @state() private said = ''
  @query('portal-recovery-codes') private readonly recoveryCodes!: RecoveryCodesSection
  private readonly passkeys = new Loader(this, async () => (await this.client.passkeys.list()).data)

  override connectedCallback(): void {
    super.connectedCallback()
    this.addEventListener('portal-factors-changed', this.onFactorsChanged)
    void this.passkeys.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.removeEventListener('portal-factors-changed', this.onFactorsChanged)
  }

  private readonly onFactorsChanged = () => this.recoveryCodes.reload()

  private readonly add = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const { name = '' } = textsOf(form)
    const checked = PasskeyCreate.shape.name.safeParse(name)
    this.failure = null
    this.said = ''
    this.errors = checked.success ? {} : { name: errorsOfIssues(checked.error.issues, { '': name })[''] ?? '' }
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      await makePasskey(this.client, name)
      this.dispatchEvent(new FactorsChangedEvent())
      this.said = `The passkey “${name}” was added.`
      form.reset()
      this.settle()
      await this.passkeys.load()
    })
  }

  private readonly onRemove = async ({ id, name }: Passkey) => {
    const isSure = await agrees(this, {
      heading: `Remove the passkey “${name}”?`,
      text: 'It confirms nothing any more.',
      confirm: 'Remove',
      isDangerous: true,
    })
    if (!isSure) return
    this.failure = null
    this.said = ''
    await this.attempt(async () => {
      await this.client.passkeys.remove(id)
      this.dispatchEvent(new FactorsChangedEvent())
      this.said = `The passkey “${name}” was removed.`
      await this.passkeys.load()
    })
  }

  protected override describe(error: unknown) {
    return passkeyFailure(error) ?? failureOf(error)
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="passkeys">
      <h2 id="passkeys">Passkeys</h2>
      <p>
        A passkey stays on your device and is opened with your fingerprint, your face or the device's PIN. Some things
        are done only after you confirm with one, like approving a payment or changing a bank connection.
      </p>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.passkeys.show('passkeys', (passkeys) => (passkeys.length === 0 ? this.none() : this.table(passkeys)))}
      <form class="add" novalidate @submit=${this.add} @input=${this.onInput}>
        ${textField({ name: 'name', label: 'Name of a new passkey', hint: 'So that you know it later, like “Work laptop”.', error: this.errors['name'], maxLength: 100 })}
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>
          ${this.isBusy ? 'Waiting…' : 'Add a passkey'}
        </button>
      </form>
    </section>
    <portal-authenticator-app .client=${this.client}></portal-authenticator-app>
    <portal-recovery-codes .client=${this.client}></portal-recovery-codes>
    <portal-open-sessions .client=${this.client}></portal-open-sessions>
    <portal-mail-choice .client=${this.client}></portal-mail-choice>
    <portal-connected-accounts .client=${this.client}></portal-connected-accounts>
    <portal-close-account .client=${this.client}></portal-close-account>`
  }

  private none() {
    return html`<p class="notice caution">
      You have no passkey yet. The first one is added within five minutes of signing in; if it is later than that, sign
      out and in again.
    </p>`
  }

  private table(passkeys: readonly Passkey[]) {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Added</th>
          <th scope="col">Last used</th>
          <th scope="col" class="end"><span class="muted">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${passkeys.map(
          (passkey) => html`<tr>
            <td class="main"><strong>${passkey.name}</strong></td>
            <td data-label="Added">${dayOf(passkey.createdAt)}</td>
            <td data-label="Last used">${passkey.lastUsedAt === null ? 'Never' : dayOf(passkey.lastUsedAt)}</td>
            <td class="end">
              <button type="button" class="button quiet" aria-label="Remove ${passkey.name}" @click=${() => this.onRemove(passkey)}>
                Remove
              </button>
            </td>
          </tr>`,
        )}
      </tbody>
    </table>`
  }
}

const dayOf = (instant: string) =>
  new Date(instant).toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric' })

declare global {
  interface HTMLElementTagNameMap {
    'portal-account': AccountPage
  }
}
