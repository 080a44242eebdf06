import type { Submission } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { formatInstant } from '../../internal/dates.ts'
import { plural } from '../../internal/sentence.ts'
import { actorName, stateWords } from '../../internal/words.ts'

export type Outcome = 'delivered' | 'notDelivered'

/** What a person can do here, and whether they may now. */
export interface Hands {
  isBusy: boolean
  mayResolve: boolean
  mayRetry: boolean
  denied: ReadonlySet<string>
  /** Whether the person wrote the file, as far as the host knows. */
  isAuthor: boolean
  resolve(outcome: Outcome): void
  confirm(outcome: Outcome): void
  reject(): void
  retry(): void
}

const BEFORE_CUTOFF_MS = 15 * 60_000
const SAYS: Record<Outcome, string> = {
  delivered: 'The bank has the file',
  notDelivered: 'The bank does not have the file',
}

/** Whether another try would come after the bank's cutoff. */
export function isLate({ deliverBy, isLate: isWanted }: Submission, nowMs: number): boolean {
  return deliverBy !== null && !isWanted && nowMs >= Date.parse(deliverBy) - BEFORE_CUTOFF_MS
}

/** What a state that is no good means, and what can be done about it. */
export function help(submission: Submission, hands: Hands) {
  const { state, resolution } = submission
  if (state === 'unknown') return resolution ? toConfirm(submission, resolution, hands) : needsPerson(submission, hands)
  if (state === 'failed' || state === 'rejectedByBank') return failed(submission, hands)
  if (state === 'ready' && submission.notBefore) return times('Held until', submission.notBefore, submission)
  if (state !== 'retryWait' && state !== 'reconciling') return nothing
  return html`<div class="notice caution">
    <p>${submission.problem ?? stateWords(state).text}</p>
    ${submission.retryAt ? html`<p class="muted small">Next look ${formatInstant(submission.retryAt)}</p>` : nothing}
  </div>`
}

function times(label: string, at: string, { deliverBy }: Submission) {
  return html`<div class="notice">
    <p>${label} ${formatInstant(at)}. Until then it can be canceled.</p>
    ${deliverBy ? html`<p class="muted small">The bank takes it until ${formatInstant(deliverBy)}</p>` : nothing}
  </div>`
}

function needsPerson(submission: Submission, hands: Hands) {
  const isDisabled = hands.isBusy || hands.denied.has('resolve')
  return html`<div class="notice critical">
    <h3>Ask the bank whether it has this file</h3>
    <p>${submission.problem ?? stateWords('unknown').text}</p>
    <p>It is not sent again until somebody says what the bank answered, and another person confirms it. Give the bank the file name and size: ${submission.fileName}, ${submission.sizeBytes.toLocaleString('en-US')} bytes.</p>
    ${
      hands.mayResolve
        ? html`<div class="actions">
          <button type="button" class="button" ?disabled=${isDisabled} @click=${() => hands.resolve('delivered')}>The bank has it</button>
          <button type="button" class="button danger" ?disabled=${isDisabled} @click=${() => hands.resolve('notDelivered')}>The bank does not have it</button>
        </div>`
        : nothing
    }
  </div>`
}

function toConfirm(submission: Submission, said: NonNullable<Submission['resolution']>, hands: Hands) {
  const { outcome, reason, proposedBy, proposedAt, expiresAt } = said
  const mayConfirm = hands.mayResolve && !said.isYours && !hands.isAuthor
  return html`<div class="notice critical">
    <h3>${mayConfirm ? 'Confirm what the bank said' : 'Another person confirms what the bank said'}</h3>
    <p>${submission.problem ?? stateWords('unknown').text}</p>
    <p>${actorName(proposedBy)}, ${formatInstant(proposedAt)}: “${SAYS[outcome]}. ${reason}”</p>
    <p>${whoConfirms(said, hands)} It counts until ${formatInstant(expiresAt)}; then the bank is asked again.</p>
    <p class="muted small">${submission.fileName}, ${plural(submission.sizeBytes, 'byte')}</p>
    ${
      hands.mayResolve
        ? html`<div class="actions">
          ${mayConfirm ? html`<button type="button" class="button ${outcome === 'delivered' ? '' : 'danger'}" ?disabled=${hands.isBusy || hands.denied.has('confirm')} @click=${() => hands.confirm(outcome)}>Confirm</button>` : nothing}
          <button type="button" class="button" ?disabled=${hands.isBusy} @click=${hands.reject}>${said.isYours ? 'Take it back' : 'That is not so'}</button>
        </div>`
        : nothing
    }
  </div>`
}

/** Who is waited for: neither who asked the bank nor who wrote the file confirms it. */
function whoConfirms({ isYours, proposedBy }: NonNullable<Submission['resolution']>, { isAuthor }: Hands): string {
  if (isYours) return 'You said so: a second person, who did not write the file, asks the bank too and confirms it.'
  if (isAuthor) return `You wrote the file: somebody other than you and ${actorName(proposedBy)} confirms it.`
  return `Somebody other than ${actorName(proposedBy)}, who did not write the file, asks the bank too and confirms it.`
}

function failed(submission: Submission, hands: Hands) {
  const canRetry = submission.state === 'failed' && hands.mayRetry
  const label = isLate(submission, Date.now()) ? 'Send it late' : 'Try again'
  return html`<div class="notice critical">
    <h3>${stateWords(submission.state).text}</h3>
    ${submission.problem ? html`<p>${submission.problem}</p>` : nothing}
    ${submission.state === 'rejectedByBank' ? html`<p>Nobody is paid by this file. Correct what the bank names, ask it when that is not clear, and make a new file.</p>` : nothing}
    ${
      canRetry
        ? html`<div class="actions">
          <button type="button" class="button" ?disabled=${hands.denied.has('submit')} aria-disabled=${hands.isBusy ? 'true' : 'false'} @click=${hands.retry}>${label}</button>
        </div>`
        : nothing
    }
  </div>`
}
