import { formatCents, type Return } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
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
import { againInWords, civilDay, KIND_WORDS, UNMATCHED_WORDS } from './return-words.ts'
import { returnsStyles, returnsTabs } from './returns-tabs.ts'
import { agrees } from '../ui/question-dialog.ts'

const DIFFER = {
  heading: 'It does not fit in everything. Is it this payment all the same?',
  confirm: 'It is this payment',
}

/** One return: what it means, whether the payment may be sent again, and what to do now. */
@customElement('portal-return')
export class ReturnPage extends FormPage {
  static override styles = [pageStyles, formStyles, tableStyles, returnsStyles]

  @property({ attribute: false }) returnId = ''
  @state() private said = ''

  private readonly data = new Loader(this, () => this.client.returns.retrieve(this.returnId))

  override connectedCallback(): void {
    super.connectedCallback()
    void this.data.load()
  }

  private readonly retry = async (event: SubmitEvent) => {
    event.preventDefault()
    const texts = textsOf(event.target as HTMLFormElement)
    const newAuthorization = texts['newAuthorization'] ?? ''
    this.failure = null
    await this.attempt(async () => {
      const draft = await this.client.returns.retry(this.returnId, newAuthorization === '' ? {} : { newAuthorization })
      this.go(`/payments/${draft.id}`)
    })
  }

  private readonly match = async (event: SubmitEvent) => {
    event.preventDefault()
    const { entryId, reason = '' } = textsOf(event.target as HTMLFormElement)
    const chosen = this.data.value?.unmatched?.candidates.find((one) => one.entryId === entryId)
    if (chosen === undefined) return
    const differ = chosen.differences.length > 0
    if (
      differ &&
      !(await agrees(this, { ...DIFFER, text: chosen.differences.map(({ message }) => message).join(' ') }))
    )
      return
    this.failure = null
    await this.attempt(async () => {
      this.data.value = await this.client.returns.match(this.returnId, {
        entryId: chosen.entryId,
        reason,
        ...(differ ? { acceptDifferences: true as const } : {}),
      })
      this.said = 'The return belongs to this payment from now on.'
      this.settle()
    })
  }

  private readonly archive = async (recipientId: string) => {
    const isSure = await agrees(this, {
      heading: 'Archive this recipient?',
      text: 'Nothing can be paid to it any more; what was paid stays readable.',
      confirm: 'Archive',
      isDangerous: true,
    })
    if (!isSure) return
    this.failure = null
    await this.attempt(async () => {
      await this.client.recipients.archive(recipientId)
      this.said = 'The recipient is archived.'
    })
  }

  protected override render() {
    return html`${returnsTabs('/returns')}
      <p class="bar"><a href="/returns">All returns</a></p>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.data.show('the return', (one) => [this.summary(one), one.unmatched === null ? nothing : this.unmatched(one), this.steps(one)])}`
  }

  private summary(one: Return) {
    const fact = (term: string, value: unknown) => (value === null ? nothing : html`<dt>${term}</dt><dd>${value}</dd>`)
    return html`<section class="card stack" aria-labelledby="what">
      <h2 id="what">${KIND_WORDS[one.kind]}: ${one.reason}</h2>
      <p>${one.advice}</p>
      ${againInWords(one) === '' ? nothing : html`<p><strong>${againInWords(one)}</strong> <span class="muted">${one.sendAgain?.why === one.advice ? '' : (one.sendAgain?.why ?? '')}</span></p>`}
      <dl class="facts">
        ${fact('Recipient', one.recipientId === null ? one.recipientName : html`<a href="/recipients/${one.recipientId}">${one.recipientName}</a> ••••${one.accountNumberLast4}`)}
        ${fact('Amount', `${formatCents(one.amountCents)} ${one.direction === 'debit' ? 'collected' : 'paid'}`)}
        ${fact('Payment', one.achFileId === null ? null : html`<a href="/payments/${one.achFileId}">Open the payment</a>`)}
        ${fact('Code', `${one.code} · ${one.secCode}`)}
        ${fact('Returned on', civilDay(one.returnedOn))}
        ${fact('Received', dayOf(one.receivedAt))}
        ${fact('The bank says', one.information)}
        ${fact('Date of death', one.dateOfDeath === null ? null : civilDay(one.dateOfDeath))}
        ${fact('The other bank had time until', one.deadline === null ? null : `${civilDay(one.deadline.date)}${one.deadline.wasMissed ? ': it came late' : ''}`)}
        ${fact('Your bank can refuse it until', one.dishonorBy === null ? null : civilDay(one.dishonorBy))}
        ${fact('Trace number', one.originalTraceNumber)}
        ${fact('Came in', html`<a href="/returns/files/${one.inboundFileId}">the file of the bank</a>`)}
      </dl>
      ${one.differences.map(({ message }) => html`<p class="notice caution">${message}</p>`)}
    </section>`
  }

  private unmatched(one: Return) {
    const { unmatched } = one
    if (unmatched === null) return nothing
    return html`<section class="card stack" aria-labelledby="unmatched">
      <h2 id="unmatched">Which payment is it about?</h2>
      <p>${UNMATCHED_WORDS[unmatched.reason]} Ask your bank if you are not sure.</p>
      ${
        unmatched.candidates.length === 0 || !this.may('returns:write')
          ? nothing
          : html`<form @submit=${this.match} @input=${this.onInput}>
            ${candidateChoice(unmatched.candidates)}
            ${textField({ name: 'reason', label: 'How you know', isRequired: true, error: this.errors['reason'] })}
            <div class="actions"><button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>It is about this payment</button></div>
          </form>`
      }
    </section>`
  }

  private steps(one: Return) {
    const steps = one.nextSteps.filter((step) => step !== 'match')
    if (steps.length === 0 && one.retriedBy === null) return nothing
    return html`<section class="card stack" aria-labelledby="next">
      <h2 id="next">What you can do</h2>
      ${one.retriedBy === null ? nothing : html`<p><a class="button" href="/payments/${one.retriedBy}">Open the payment that sends it again</a></p>`}
      ${steps.map((step) => this.step(step, one))}
    </section>`
  }

  private step(step: Return['nextSteps'][number], one: Return) {
    const { recipientId } = one
    if (step === 'retry') return this.retryForm(one)
    if (step === 'correct' && recipientId !== null)
      return html`<p><a class="button ${one.sendAgain?.answer === 'onceCorrected' ? 'primary' : ''}" href="/recipients/${recipientId}">Correct the recipient</a></p>`
    if (step === 'archiveRecipient' && recipientId !== null && this.may('recipients:write'))
      return html`<p><button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${() => this.archive(recipientId)}>Archive the recipient</button></p>`
    if (step === 'newPayment') return html`<p><a class="button" href="/payments/new">Make a new payment</a></p>`
    if (step === 'contactRecipient') return html`<p>Talk to ${one.recipientName || 'the recipient'} about it.</p>`
    return step === 'contactBank' ? html`<p>Ask your bank what to do.</p>` : nothing
  }

  private retryForm(one: Return) {
    if (!this.may('ach-files:write')) return html`<p>Somebody who makes payments can send it again.</p>`
    const needsWord = one.sendAgain?.answer === 'onceAuthorized'
    const needsCorrection = one.sendAgain?.answer === 'onceCorrected'
    return html`<form @submit=${this.retry} @input=${this.onInput}>
      ${needsWord ? textField({ name: 'newAuthorization', label: 'When and how the receiver agreed again', isRequired: true, error: this.errors['newAuthorization'] }) : nothing}
      <div class="actions"><button class="button ${needsCorrection ? '' : 'primary'}" aria-disabled=${this.isBusy ? 'true' : 'false'}>Send it again</button>
        <span class="muted">${needsCorrection ? 'Once the recipient is corrected. ' : ''}Makes a payment that somebody else approves.</span></div>
    </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-return': ReturnPage
  }
}
