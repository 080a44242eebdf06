import { MAIL_KINDS, type MailKind } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { PortalPage } from './portal-page.ts'

const WORDS: Readonly<Record<MailKind, string>> = {
  approvals: 'Payments that wait for approval, and what was decided about yours',
  schedules: 'Payments that schedules made',
  deliveries: 'Deliveries that were canceled or settled, and reversals',
  returns: 'Payments that came back',
  corrections: 'Corrections that banks ask for',
  banks: 'Banks that cannot be reached, and can again',
}

/** Which mails the person gets; some they get always. */
@customElement('portal-mail-choice')
export class MailChoiceSection extends PortalPage {
  static override styles = [pageStyles, formStyles]

  @state() private said = ''
  @state() private failure: Failure | null = null
  private readonly choice = new Loader(this, async () => (await this.client.account.mails()).off)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.choice.load()
  }

  /** What is chosen is saved at once. */
  override get hasUnsavedInput(): boolean {
    return false
  }

  private async choose(kind: MailKind, isWanted: boolean): Promise<void> {
    const before = this.choice.value ?? []
    this.said = ''
    this.failure = null
    try {
      const off = isWanted ? before.filter((one) => one !== kind) : [...before, kind]
      this.choice.value = (await this.client.account.chooseMails({ off })).off
      this.said = 'Saved.'
    } catch (error) {
      this.failure = failureOf(error)
      await this.choice.load()
    }
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="mails">
      <h2 id="mails">Mails</h2>
      <p>What you get by mail, in all organizations you work in. What may keep money from arriving, and what is about who may do what, is mailed always.</p>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.choice.show('what you are mailed', (off) => MAIL_KINDS.map((kind) => this.box(kind, !off.includes(kind))))}
    </section>`
  }

  private box(kind: MailKind, isOn: boolean) {
    const onChange = (event: Event) => this.choose(kind, (event.target as HTMLInputElement).checked)
    return html`<label class="check"><input type="checkbox" name=${kind} .checked=${isOn} @change=${onChange} /><span>${WORDS[kind]}</span></label>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-mail-choice': MailChoiceSection
  }
}
