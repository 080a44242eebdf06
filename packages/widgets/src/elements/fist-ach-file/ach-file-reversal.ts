import type { AchFile, Entry, ReversalReason } from '@fistworks/contract'
import type { ComponentResources } from '@fistworks/sdk'
import { css, html, LitElement, nothing } from 'lit'
import { property, state } from 'lit/decorators.js'
import { Attempt } from '../../internal/attempt.ts'
import { type Failure, failureOf, isRefusal } from '../../internal/failure.ts'
import { failurePanel } from '../../internal/failure-panel.ts'
import { selectField } from '../../internal/text-field.ts'
import { baseStyles } from '../../styles/base.ts'
import { buttonStyles } from '../../styles/button.ts'
import { fieldStyles } from '../../styles/field.ts'
import { surfaceStyles } from '../../styles/surface.ts'
import { ReversalChoice } from './reversal-choice.ts'

const REASONS: readonly { value: ReversalReason; label: string }[] = [
  { value: 'duplicate', label: 'It was sent twice' },
  { value: 'wrongRecipient', label: 'It went to the wrong recipient' },
  { value: 'wrongAmount', label: 'The amount was wrong' },
  { value: 'creditTooLate', label: 'A payment came later than meant' },
  { value: 'debitTooEarly', label: 'A collection came earlier than meant' },
  { value: 'wagesPaidByCheck', label: 'Wages were paid by check as well' },
]
const HOURS = Array.from({ length: 24 }, (_, hours) => ({
  value: String(hours),
  label: hours === 0 ? 'Within the last hour' : `${hours} ${hours === 1 ? 'hour' : 'hours'} ago`,
}))

const formStyles = css`
  form {
    display: grid;
    gap: 1rem;
    max-width: 32rem;
    margin-block-start: 0.75rem;
  }
`

/** Whether the bank has it, so that it could be taken back. */
export const mayBeReversed = ({ kind, status }: AchFile): boolean =>
  kind === 'payments' && (status === 'delivered' || status === 'acknowledged')

/** Asks what, why and since when, and drafts the reversal of a file or of some of its payments. Tells of it with `reversed`. */
export class AchFileReversal extends LitElement {
  static readonly elementName = 'fist-ach-file-reversal'
  static readonly dependencies = [ReversalChoice]
  static override styles = [baseStyles, buttonStyles, fieldStyles, surfaceStyles, formStyles]

  @property({ attribute: false }) client: ComponentResources | null = null
  @property({ attribute: false }) file: AchFile | null = null
  @state() private isPart = false
  @state() private chosen: readonly Entry[] = []
  @state() private isChoiceMissing = false
  @state() private reason = ''
  @state() private hoursAgo = '0'
  @state() private isReasonMissing = false
  @state() private isBusy = false
  @state() private failure: Failure | null = null
  readonly #attempt = new Attempt()
  #noticed = ''

  private readonly onSubmit = async (event: Event) => {
    event.preventDefault()
    const { client, file, reason } = this
    this.isReasonMissing = reason === ''
    this.isChoiceMissing = this.isPart && this.chosen.length === 0
    if (!client || !file || this.isBusy || this.isReasonMissing || this.isChoiceMissing) return
    this.isBusy = true
    this.failure = null
    // The same again when it is asked for again after silence.
    this.#noticed ||= new Date(Date.now() - Number(this.hoursAgo) * 3_600_000).toISOString()
    // What was just noticed goes by the clock of the server, which decides what is too late.
    const discovered = this.hoursAgo === '0' ? {} : { discoveredAt: this.#noticed }
    try {
      const part = this.isPart ? { entryIds: this.chosen.map(({ id }) => id) } : {}
      const input = { version: file.version, reason: reason as ReversalReason, ...part, ...discovered }
      const idempotencyKey = this.#attempt.keyFor(JSON.stringify(input))
      const reversal = await client.achFiles.reverse(file.id, input, { idempotencyKey })
      this.#attempt.end()
      this.#noticed = ''
      this.dispatchEvent(new CustomEvent('reversed', { detail: reversal }))
    } catch (error) {
      this.failure = failureOf(error)
      if (isRefusal(this.failure)) {
        this.#attempt.end()
        this.#noticed = ''
      }
    } finally {
      this.isBusy = false
    }
  }

  private readonly onChoose = ({ detail }: CustomEvent<readonly Entry[]>) => {
    this.chosen = detail
    this.isChoiceMissing = false
  }

  private what() {
    const choice = (isPart: boolean, label: string) => html`<label class="choice"
      ><input type="radio" name="what" .checked=${this.isPart === isPart} @change=${() => (this.isPart = isPart)} />${label}</label
    >`
    return html`<fieldset>
        <legend class="label">What</legend>
        <div class="choices">${choice(false, 'Everything that has not come back')}${choice(true, 'Some payments')}</div>
      </fieldset>
      ${this.isPart ? html`<fist-reversal-choice .client=${this.client} .fileId=${this.file?.id ?? ''} .chosen=${this.chosen} @choose=${this.onChoose}></fist-reversal-choice>` : nothing}
      ${this.isChoiceMissing ? html`<p class="wrong-text" role="alert">Choose at least one payment.</p>` : nothing}`
  }

  protected override render() {
    return html`<details>
      <summary>Take this file back</summary>
      <form novalidate @submit=${this.onSubmit}>
        <p class="muted">
          Within five banking days after it settled, and 24 hours after the error was noticed. The reversal is a file of its
          own that another person approves.
        </p>
        ${this.what()}
        ${selectField({
          id: 'reason',
          label: 'Why',
          value: this.reason,
          options: [{ value: '', label: 'Choose a reason' }, ...REASONS],
          error: this.isReasonMissing ? 'Choose why: other reasons do not allow a reversal.' : undefined,
          onInput: (value) => {
            this.reason = value
            this.isReasonMissing = false
          },
        })}
        ${selectField({ id: 'noticed', label: 'Noticed', value: this.hoursAgo, options: HOURS, onInput: (value) => (this.hoursAgo = value) })}
        ${this.failure ? failurePanel(this.failure) : nothing}
        <div class="actions">
          <button type="submit" class="button danger" aria-disabled=${this.isBusy ? 'true' : 'false'}>Draft the reversal</button>
        </div>
      </form>
    </details>`
  }
}
