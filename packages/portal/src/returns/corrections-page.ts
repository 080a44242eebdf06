import type { Correction, CorrectionPolicy } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { dayOf } from '../organization/role-words.ts'
import { FormPage } from '../pages/form-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { candidateChoice } from './candidates.ts'
import { civilDay, UNMATCHED_WORDS } from './return-words.ts'
import { returnsStyles, returnsTabs } from './returns-tabs.ts'
import { agrees } from '../ui/question-dialog.ts'

const FIELDS = {
  routingNumber: 'Routing number',
  accountNumber: 'Account number',
  accountType: 'Account type',
  name: 'Name',
  identification: 'Identification',
} as const
const STATES = {
  open: 'Waits for you',
  applied: 'Applied',
  dismissed: 'Dismissed',
  alreadyChanged: 'Already changed',
  notForUs: 'Nothing to change here',
} as const

/** What banks say is wrong in payments they have posted: old and new side by side, to be applied before a day. */
@customElement('portal-corrections')
export class CorrectionsPage extends FormPage {
  static override styles = [pageStyles, formStyles, tableStyles, returnsStyles]

  @state() private said = ''
  @state() private dismissing: string | null = null
  @state() private matching: string | null = null

  private readonly data = new Loader(this, async () => {
    const [open, all, policy] = await Promise.all([
      this.client.corrections.list({ state: 'open', limit: 100 }),
      this.client.corrections.list({ limit: 100 }),
      this.client.corrections.policy(),
    ])
    return { open: open.data, decided: all.data.filter((one) => one.state !== 'open'), policy }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.data.load()
  }

  private async change(work: () => Promise<string>): Promise<void> {
    this.failure = null
    this.said = ''
    await this.attempt(async () => {
      this.said = await work()
      this.dismissing = null
      this.matching = null
      this.settle()
      await this.data.load()
      await this.updateComplete
      this.renderRoot.querySelector<HTMLElement>('#said')?.focus()
    })
  }

  private readonly apply = async (one: Correction) => {
    const isSure = await agrees(this, {
      heading: `Change ${one.recipientName} as the bank says?`,
      text: 'Payments use the new details from then on.',
      confirm: 'Change the recipient',
    })
    if (!isSure) return
    await this.change(async () => {
      await this.client.corrections.apply(one.id)
      return `${one.recipientName} was changed as the bank says.`
    })
  }

  private async dismiss(event: SubmitEvent, { id }: Correction): Promise<void> {
    event.preventDefault()
    const { reason = '' } = textsOf(event.target as HTMLFormElement)
    if (reason === '') return this.askWhy()
    await this.change(async () => {
      await this.client.corrections.dismiss(id, { reason })
      return 'The correction was dismissed.'
    })
  }

  private async match(event: SubmitEvent, { id, unmatched }: Correction): Promise<void> {
    event.preventDefault()
    const { entryId, reason = '' } = textsOf(event.target as HTMLFormElement)
    const chosen = unmatched?.candidates.find((one) => one.entryId === entryId)
    if (chosen === undefined) return
    if (reason === '') return this.askWhy()
    await this.change(async () => {
      await this.client.corrections.match(id, { entryId: chosen.entryId, reason })
      return 'The correction belongs to this payment from now on. It changes nothing until it is applied.'
    })
  }

  private askWhy(): Promise<void> {
    this.errors = { reason: 'Say it in a few words' }
    return this.showWrong()
  }

  private readonly onPolicy = async (event: Event) => {
    event.stopPropagation()
    await this.choose((event.target as HTMLInputElement).checked ? 'byRule' : 'byPerson')
  }

  private async choose(apply: CorrectionPolicy['apply']): Promise<void> {
    await this.change(async () => {
      const after = await this.client.corrections.updatePolicy({ apply })
      if (after.proposal !== null) return 'It holds once another owner or administrator chooses it too.'
      return after.apply === 'byRule'
        ? 'Clear corrections are applied when they come.'
        : 'A person applies every correction.'
    })
  }

  protected override render() {
    return html`${returnsTabs('/returns/corrections')}
      ${this.failure === null ? nothing : html`<div class="bar">${failureNotice(this.failure)}</div>`}
      ${this.said === '' ? nothing : html`<p class="notice positive" id="said" tabindex="-1" role="status">${this.said}</p>`}
      ${this.data.show('corrections', ({ open, decided, policy }) => [
        open.length === 0 ? this.empty() : html`<div class="stack">${open.map((one) => this.card(one))}</div>`,
        this.policy(policy),
        decided.length === 0 ? nothing : this.decided(decided),
      ])}`
  }

  private empty() {
    return html`<section class="card empty"><h2>Nothing to correct</h2>
      <p>When a bank says that a detail of a recipient is wrong, it is shown here. The rules give you six banking days.</p></section>`
  }

  private card(one: Correction) {
    return html`<section class="card stack" aria-labelledby=${one.id}>
      <h2 id=${one.id}>${one.recipientName || 'Unknown recipient'} <span class="badge">${one.code}</span></h2>
      <p>${one.reason} ${one.advice}</p>
      <p class=${one.isOverdue ? 'notice critical' : ''}>${one.isOverdue ? 'Was due on' : 'Apply it by'} <strong>${civilDay(one.dueOn)}</strong>, or before you pay them again, whichever is later.</p>
      ${one.problem === null ? nothing : html`<p class="notice caution">${one.problem}</p>`}
      ${one.unmatched === null ? nothing : html`<p class="notice caution">${UNMATCHED_WORDS[one.unmatched.reason]}</p>`}
      ${one.changes.length === 0 ? nothing : this.changes(one)}
      ${this.may('returns:write') ? this.decision(one) : nothing}
    </section>`
  }

  private changes(one: Correction) {
    return html`<table aria-label="What the bank says about ${one.recipientName}">
      <thead><tr><th scope="col">Detail</th><th scope="col">As you have it</th><th scope="col">As the bank says</th></tr></thead>
      <tbody>${one.changes.map(
        ({ field, before, after }) =>
          html`<tr><td class="main">${FIELDS[field]}</td><td data-label="As you have it">${before}</td><td data-label="As the bank says"><strong>${after}</strong></td></tr>`,
      )}</tbody>
    </table>`
  }

  private decision(one: Correction) {
    if (this.dismissing === one.id) {
      return html`<form @submit=${(event: SubmitEvent) => this.dismiss(event, one)} @input=${this.onInput}>
        ${textField({ name: 'reason', label: 'Why it is not applied', isRequired: true, error: this.errors['reason'] })}
        <div class="actions"><button class="button" aria-disabled=${this.isBusy ? 'true' : 'false'}>Dismiss it</button>
          <button type="button" class="button quiet" @click=${() => (this.dismissing = null)}>Keep it</button></div>
      </form>`
    }
    if (this.matching === one.id && one.unmatched !== null) {
      return html`<form @submit=${(event: SubmitEvent) => this.match(event, one)} @input=${this.onInput}>
        ${candidateChoice(one.unmatched.candidates)}
        ${textField({ name: 'reason', label: 'How you know', isRequired: true, error: this.errors['reason'] })}
        <div class="actions"><button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>It is about this payment</button>
          <button type="button" class="button quiet" @click=${() => (this.matching = null)}>Go back</button></div>
      </form>`
    }
    const isMatchable = (one.unmatched?.candidates.length ?? 0) > 0
    return html`<div class="actions">
      ${isMatchable ? html`<button type="button" class="button" @click=${() => (this.matching = one.id)}>Say which payment…</button>` : nothing}
      ${one.changes.length === 0 || one.recipientId === null ? nothing : html`<button type="button" class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${() => this.apply(one)}>Apply it</button>`}
      <button type="button" class="button" @click=${() => (this.dismissing = one.id)}>Dismiss…</button>
    </div>`
  }

  private policy({ apply, proposal }: CorrectionPolicy) {
    if (!this.may('approval-policy:write')) return nothing
    return html`<section class="card stack" aria-labelledby="policy">
      <h2 id="policy">Apply without asking</h2>
      ${proposal === null ? this.choice(apply === 'byRule') : this.proposal(proposal)}
      <p class="hint">Clear ones say everything at its place and are about what you paid. Every other waits for a person. Two of you have to choose it, because it changes whom you pay.</p>
    </section>`
  }

  private choice(isByRule: boolean) {
    return html`<label class="check" @input=${(event: Event) => event.stopPropagation()}><input type="checkbox" .checked=${isByRule} @change=${this.onPolicy} /><span>Apply corrections that are clear as soon as they come</span></label>`
  }

  private proposal({ by, expiresAt }: NonNullable<CorrectionPolicy['proposal']>) {
    return html`<p class="notice caution">${by.name ?? 'Somebody'} wants corrections that are clear to be applied as soon as they come. It holds once another owner or administrator chooses it too, until ${dayOf(expiresAt)}.</p>
      <div class="actions">
        <button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${() => this.choose('byRule')}>Choose it too</button>
        <button type="button" class="button quiet" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${() => this.choose('byPerson')}>Leave it to a person</button>
      </div>`
  }

  private decided(corrections: readonly Correction[]) {
    return html`<section class="card" aria-label="Decided corrections">
      <table>
        <thead><tr><th scope="col">Recipient</th><th scope="col">What was wrong</th><th scope="col">What became of it</th></tr></thead>
        <tbody>${corrections.map(
          (one) => html`<tr>
            <td class="main"><strong>${one.recipientName || 'Unknown'}</strong><small>${dayOf(one.receivedAt)}</small></td>
            <td data-label="What was wrong"><span>${one.reason} <span class="muted">${one.code}</span></span></td>
            <td data-label="What became of it"><span>${STATES[one.state]}${one.decidedBy === null ? nothing : html` by ${one.decidedBy.name ?? 'the system'}`}
              ${one.decisionReason === null ? nothing : html`<small>${one.decisionReason}</small>`}</span></td>
          </tr>`,
        )}</tbody>
      </table>
    </section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-corrections': CorrectionsPage
  }
}
