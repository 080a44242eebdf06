import type { SecondFactors } from '@fistworks/contract'
import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { FactorsChangedEvent } from '../step-up/step-up-events.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { saveFile } from '../ui/save-file.ts'
import { FormPage } from './form-page.ts'
import { agrees } from '../ui/question-dialog.ts'

/** Codes for whoever has lost everything else: made, shown once, and counted. */
@customElement('portal-recovery-codes')
export class RecoveryCodesSection extends FormPage {
  static override styles = [
    pageStyles,
    formStyles,
    css`
      .codes {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr));
        gap: 0.375rem 1rem;
      }
    `,
  ]

  @state() private codes: readonly string[] = []
  private readonly factors = new Loader(this, () => this.client.secondFactors.retrieve())

  override connectedCallback(): void {
    super.connectedCallback()
    void this.factors.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.codes = []
  }

  /** What is shown once would be lost. */
  override get hasUnsavedInput(): boolean {
    return this.codes.length > 0
  }

  /** Reads anew: the last codes go with the last thing they stand in for. */
  reload(): void {
    void this.factors.load()
  }

  private readonly make = async () => {
    const { recoveryCodes = null } = this.factors.value ?? {}
    const question = { heading: 'Make new recovery codes?', text: 'Those you have work no more.' }
    if (recoveryCodes !== null && !(await agrees(this, { ...question, confirm: 'Make new codes' }))) return
    this.failure = null
    await this.attempt(async () => {
      this.codes = (await this.client.recoveryCodes.create()).codes
      this.dispatchEvent(new FactorsChangedEvent())
    })
  }

  private readonly save = () => {
    const text = `Recovery codes for FISTWorks. Each works once.\n\n${this.codes.join('\n')}\n`
    return saveFile('fistworks-recovery-codes.txt', 'text/plain', new Blob([text]).stream())
  }

  private readonly done = () => {
    this.codes = []
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="recovery">
      <h2 id="recovery">Recovery codes</h2>
      <p>When your devices are lost, each of these confirms once. Keep them on paper or in a password manager.</p>
      ${failureNotice(this.failure)} ${this.codes.length === 0 ? nothing : this.shown()}
      ${this.factors.show('the recovery codes', (factors) => this.known(factors))}
    </section>`
  }

  private shown() {
    return html`<div class="notice caution stack">
      <p role="status">These are shown only now.</p>
      <ul class="codes">
        ${this.codes.map((code) => html`<li class="code">${code}</li>`)}
      </ul>
      <p class="actions">
        <button type="button" class="button" @click=${this.save}>Save as a file</button>
        <button type="button" class="button" @click=${this.done}>I have kept them</button>
      </p>
    </div>`
  }

  private known({ recoveryCodes }: SecondFactors) {
    const words = recoveryCodes === null ? 'Make recovery codes' : 'Make new recovery codes'
    return html`<p>${recoveryCodes === null ? 'You have none.' : `${recoveryCodes.left} of 10 are left.`}</p>
      <p>
        <button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.make}>
          ${this.isBusy ? 'Making them…' : words}
        </button>
      </p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-recovery-codes': RecoveryCodesSection
  }
}
