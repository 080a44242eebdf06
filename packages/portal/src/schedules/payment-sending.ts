import type { AchFile, Transmit } from '@fistworks/contract'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import '../payments/payment-entries.ts'
import { FormPage } from '../pages/form-page.ts'
import { failureNotice } from '../ui/failure.ts'
import { checkField, selectField } from '../ui/field.ts'
import { textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { ask } from '../ui/question-dialog.ts'
import './offered-dates.ts'
import { dayWords, momentWords } from './words.ts'

const CHOICES = {
  now: 'Send it at once',
  nextCutoff: 'Send it before the next cutoff',
  at: 'Send it at a time',
} as const

const ownStyles = css`
  :host {
    display: block;
    margin-block-start: 1.5rem;
  }
  h2 {
    margin-block-end: 0.75rem;
  }
  details {
    margin-block: 0.75rem 1rem;
  }
  summary {
    cursor: pointer;
    font-weight: 550;
  }
  summary + * {
    margin-block-start: 0.75rem;
  }
  p + .actions,
  form + .actions {
    margin-block: 0.75rem 0;
  }
`

/** When a payment leaves for the bank and settles, and how it is kept for the next time. */
@customElement('portal-payment-sending')
export class PaymentSending extends FormPage {
  static override styles = [...FormPage.styles, ownStyles]

  @property({ attribute: false }) fileId = ''
  @property({ attribute: false }) onChanged: () => void = () => {}

  private when: Transmit['when'] | null = null

  readonly file = new Loader(this, () => this.client.achFiles.retrieve(this.fileId))

  override connectedCallback(): void {
    super.connectedCallback()
    void this.file.load()
  }

  private readonly save = async (event: SubmitEvent) => {
    event.preventDefault()
    const texts = textsOf(event.target as HTMLFormElement)
    const file = this.file.value
    if (file === null) return
    const when = texts['when'] as Transmit['when']
    const moment = new Date(texts['at'] ?? '')
    if (when === 'at' && Number.isNaN(moment.getTime())) {
      this.errors = { at: 'must be a day and a time' }
      return this.showWrong()
    }
    const transmit: Transmit = when === 'at' ? { when, at: moment.toISOString() } : { when }
    this.failure = null
    await this.attempt(async () => {
      const submitOnApproval = texts['submitOnApproval'] === 'on'
      await this.client.achFiles.update(file.id, { version: file.version, transmit, submitOnApproval })
      this.settle()
      await this.file.load()
      this.onChanged()
    })
  }

  private readonly keep = async () => {
    const name = await ask(this, {
      heading: 'Save as template',
      text: 'It keeps the recipients and amounts, without the dates. It can be used by hand or on a schedule.',
      confirm: 'Save the template',
      field: { label: 'Name', value: this.file.value?.name ?? '', maxLength: 100, check: nameProblem },
    })
    if (name === null) return
    this.failure = null
    await this.attempt(async () => {
      const { id } = await this.client.templates.create({ name, achFileId: this.fileId as AchFile['id'] })
      this.go(`/schedules/templates/${id}`)
    })
  }

  protected override render() {
    return this.file.show('when it is sent', (file) => {
      const isOpen = file.status === 'draft' || file.status === 'rejected'
      const mayChange = isOpen && this.may('ach-files:write')
      const mayKeep = this.may('schedules:write') && file.batches.length > 0 && file.kind === 'payments'
      const isLarge = file.batches.some(({ entries, entryCount }) => entries.length < entryCount)
      const entries = isLarge
        ? html`<portal-payment-entries .client=${this.client} .file=${file}></portal-payment-entries>`
        : nothing
      if (file.plannedTransmission === null && !mayKeep) return entries
      return html`${entries}<section class="card" aria-labelledby="sending">
        <h2 id="sending">${file.plannedTransmission === null ? 'For the next time' : 'Sending'}</h2>
        ${this.plan(file)} ${mayChange ? [this.offered(file), this.form(file)] : nothing} ${failureNotice(this.failure)}
        ${
          mayKeep
            ? html`<div class="actions"><button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.keep}>Save as template</button></div>`
            : nothing
        }
      </section>`
    })
  }

  private plan({ plannedTransmission: plan, submitOnApproval }: AchFile) {
    if (plan === null) return nothing
    if (plan.leavesAt === null) {
      return html`<div class="notice critical" role="status"><p>It cannot be sent like this: ${plan.problem}.</p></div>`
    }
    const settles = plan.settles.map(({ on, sameDay }) => `${dayWords(on)}${sameDay ? ' (same day)' : ''}`)
    return html`<p>
      ${submitOnApproval ? 'Its last approval submits it.' : ''} Submitted now, it leaves on
      ${momentWords(plan.leavesAt)} and settles on ${[...new Set(settles)].join(', ')}.
      ${plan.deliverBy === null ? 'The cutoffs of the bank are not known, so none is promised.' : html`The last cutoff of the bank for it is ${momentWords(plan.deliverBy)}: submit it at least 20 minutes before.`}
    </p>`
  }

  /** For the account and the direction that decide: debits where there are some. */
  private offered({ batches, totals }: AchFile) {
    const account = batches[0]?.bankAccountId
    if (account === undefined || !this.may('bank-accounts:read')) return nothing
    const direction = totals.debitCents > 0 ? 'debit' : 'credit'
    return html`<details>
      <summary>Dates that can be reached</summary>
      <portal-offered-dates .client=${this.client} .accountId=${account} .direction=${direction}></portal-offered-dates>
    </details>`
  }

  private form({ transmit, submitOnApproval }: AchFile) {
    const when = this.when ?? transmit.when
    const at = transmit.when === 'at' ? localTime(transmit.at) : ''
    return html`<form novalidate @submit=${this.save} @input=${this.onInput}>
      <div class="fields" @change=${this.choose}>
        ${selectField({ name: 'when', label: 'Once it is submitted', value: when, choices: CHOICES })}
        ${
          when === 'at'
            ? html`<div class="field">
                <label for="at">Not before</label>
                <input id="at" name="at" type="datetime-local" value=${at} aria-invalid=${this.errors['at'] ? 'true' : 'false'} />
                ${this.errors['at'] ? html`<p class="wrong">Not before ${this.errors['at']}.</p>` : nothing}
              </div>`
            : nothing
        }
        ${checkField({ name: 'submitOnApproval', label: 'The last approval also submits it', isChecked: submitOnApproval })}
      </div>
      <div class="actions">
        <button class="button" aria-disabled=${this.isBusy ? 'true' : 'false'}>Save how it is sent</button>
      </div>
    </form>`
  }

  private readonly choose = (event: Event) => {
    const select = event.target as HTMLSelectElement
    if (select.name !== 'when') return
    this.when = select.value as Transmit['when']
    this.requestUpdate()
  }
}

const nameProblem = (name: string) => (name === '' ? 'must not be empty' : null)

/** As `datetime-local` takes it, on the person's own clock. */
function localTime(instant: string): string {
  const date = new Date(instant)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-payment-sending': PaymentSending
  }
}
