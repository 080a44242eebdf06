import type { Id, Submission } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { SubmissionChangedEvent } from '../../events/submission-changed-event.ts'
import { Attempt } from '../../internal/attempt.ts'
import { ConfirmDialog } from '../../internal/confirm-dialog.ts'
import { formatInstant } from '../../internal/dates.ts'
import { type Failure, isForbidden, isRefusal } from '../../internal/failure.ts'
import { failurePanel, skeleton } from '../../internal/failure-panel.ts'
import { FistElement } from '../../internal/fist-element.ts'
import { badge, stateWords } from '../../internal/words.ts'
import { baseStyles, frame } from '../../styles/base.ts'
import { buttonStyles } from '../../styles/button.ts'
import { surfaceStyles } from '../../styles/surface.ts'
import { submissionStyles } from './fist-submission.styles.ts'
import { nextDelay } from './poll-delay.ts'

/** States in which nothing changes any more by itself. */
const FINAL = new Set(['acknowledged', 'rejectedByBank', 'failed', 'canceled'])

/**
 * One delivery of a file to the bank, step by step as it happens, and what a person can do when one is needed.
 *
 * @fires fist-submission-changed - It came to another state: `detail.submission`.
 * @fires fist-error - Something could not be done: `detail.failure`.
 */
export class FistSubmission extends FistElement {
  static readonly elementName = 'fist-submission'
  static readonly dependencies = [ConfirmDialog]
  static override styles = [baseStyles, frame, buttonStyles, surfaceStyles, submissionStyles]

  @property({ attribute: 'submission-id' }) submissionId = ''

  @state() private submission: Submission | null = null
  @state() private failure: Failure | null = null
  @state() private isLoadFailed = false
  @state() private isBusy = false
  @state() private denied: ReadonlySet<string> = new Set()
  @query('fist-confirm-dialog') private readonly confirmDialog!: ConfirmDialog
  readonly #attempt = new Attempt()
  #timer: ReturnType<typeof setTimeout> | undefined
  #quietPolls = 0
  #run = 0

  protected override get reloadsOn(): readonly string[] {
    return ['baseUrl', 'submissionId']
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('visibilitychange', this.onVisible)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('visibilitychange', this.onVisible)
    clearTimeout(this.#timer)
    this.#run++
  }

  private readonly onVisible = () => {
    if (!document.hidden && this.submission && !FINAL.has(this.submission.state)) void this.poll()
  }

  protected override async load(): Promise<void> {
    if (this.submission?.id !== this.submissionId) this.submission = null
    this.failure = null
    this.#quietPolls = 0
    await this.poll()
  }

  private async poll(): Promise<void> {
    const run = ++this.#run
    clearTimeout(this.#timer)
    if (this.submissionId === '') return
    try {
      const submission = await this.connect().submissions.retrieve(this.submissionId, { signal: this.lifetime })
      if (run !== this.#run) return
      this.isLoadFailed = false
      this.take(submission)
    } catch (error) {
      if (run !== this.#run) return
      // While there is something to show a poll that failed is only tried again.
      if (this.submission === null) {
        this.isLoadFailed = true
        this.failure = this.fail(error)
        return
      }
    }
    this.schedule()
  }

  private schedule(): void {
    if (this.submission === null || FINAL.has(this.submission.state) || document.hidden) return
    this.#timer = setTimeout(() => void this.poll(), nextDelay(this.#quietPolls++))
  }

  private take(submission: Submission): void {
    const before = this.submission
    this.submission = submission
    if (before?.state === submission.state) return
    this.#quietPolls = 0
    if (before !== null) this.dispatchEvent(new SubmissionChangedEvent({ submission }))
  }

  private readonly resolve = async (outcome: 'delivered' | 'notDelivered') => {
    const isDelivered = outcome === 'delivered'
    const reason = await this.confirmDialog.ask({
      heading: isDelivered ? 'The bank has the file?' : 'The bank does not have the file?',
      text: isDelivered
        ? 'It counts as delivered and is never sent again.'
        : 'It may be sent again. If the bank has it after all, everybody is paid twice.',
      reasonLabel: 'How do you know?',
      confirm: isDelivered ? 'It was delivered' : 'It was not delivered',
      isDangerous: !isDelivered,
    })
    if (reason === null) return
    await this.perform('resolve', `${outcome} ${reason}`, (api, id, idempotencyKey) =>
      api.submissions.resolve(id, { outcome, reason }, { idempotencyKey }),
    )
  }

  private readonly retry = () =>
    void this.perform('submit', 'retry', (api, id, idempotencyKey) => api.submissions.retry(id, { idempotencyKey }))

  private async perform(
    feature: string,
    what: string,
    call: (api: NonNullable<typeof this.api>, id: Id<'sub'>, key: string) => Promise<Submission>,
  ): Promise<void> {
    if (!this.api || this.isBusy || !this.submission) return
    this.isBusy = true
    this.failure = null
    this.#run++
    clearTimeout(this.#timer)
    try {
      this.take(await call(this.api, this.submission.id, this.#attempt.keyFor(what)))
      this.#attempt.end()
    } catch (error) {
      this.failure = this.fail(error)
      if (isRefusal(this.failure)) this.#attempt.end()
      if (isForbidden(this.failure)) this.denied = new Set([...this.denied, feature])
    } finally {
      this.isBusy = false
      this.schedule()
    }
  }

  protected override render() {
    const { submission } = this
    const words = submission && stateWords(submission.state)
    return html`<section class="frame" aria-labelledby="heading">
      <div class="head">
        <div class="grow">
          <h2 id="heading">Delivery to the bank</h2>
          ${submission ? html`<p class="muted small file">${submission.fileName}</p>` : nothing}
        </div>
        <div role="status">${words ? badge(words) : nothing}</div>
      </div>
      ${this.body(submission)}
      <fist-confirm-dialog></fist-confirm-dialog>
    </section>`
  }

  private body(submission: Submission | null) {
    if (this.isLoadFailed) {
      const again = () => void this.load()
      return html`<div class="body">${failurePanel(this.failure, again, 'The delivery could not be loaded')}</div>`
    }
    if (submission === null) return this.submissionId === '' ? this.none() : skeleton('Loading the delivery', 4)
    return html`<div class="body content">
      ${failurePanel(this.failure)} ${this.help(submission)} ${this.timeline(submission)}
    </div>`
  }

  private none() {
    return html`<div class="empty"><h3>Nothing is on its way</h3><p>A delivery shows here once a file is submitted.</p></div>`
  }

  private help(submission: Submission) {
    if (submission.state === 'unknown') return this.needsPerson(submission)
    if (submission.state === 'failed' || submission.state === 'rejectedByBank') return this.failed(submission)
    if (submission.state !== 'retryWait') return nothing
    return html`<div class="notice caution">
      <p>${submission.problem ?? stateWords('retryWait').text}</p>
      ${submission.retryAt ? html`<p class="muted small">Next try ${formatInstant(submission.retryAt)}</p>` : nothing}
    </div>`
  }

  private needsPerson(submission: Submission) {
    const isDisabled = this.isBusy || this.denied.has('resolve')
    return html`<div class="notice critical">
      <h3>Ask the bank whether it has this file</h3>
      <p>${submission.problem ?? stateWords('unknown').text}</p>
      <p>It is not sent again until somebody says what the bank answered. Give them the file name and size: ${submission.fileName}, ${submission.sizeBytes.toLocaleString('en-US')} bytes.</p>
      ${
        this.offers('resolve')
          ? html`<div class="actions">
            <button type="button" class="button" ?disabled=${isDisabled} @click=${() => this.resolve('delivered')}>The bank has it</button>
            <button type="button" class="button danger" ?disabled=${isDisabled} @click=${() => this.resolve('notDelivered')}>The bank does not have it</button>
          </div>`
          : nothing
      }
    </div>`
  }

  private failed(submission: Submission) {
    const canRetry = submission.state === 'failed' && this.offers('submit')
    return html`<div class="notice critical">
      <h3>${stateWords(submission.state).text}</h3>
      ${submission.problem ? html`<p>${submission.problem}</p>` : nothing}
      ${
        canRetry
          ? html`<div class="actions">
            <button type="button" class="button" ?disabled=${this.denied.has('submit')} aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.retry}>Try again</button>
          </div>`
          : nothing
      }
    </div>`
  }

  private timeline(submission: Submission) {
    return html`<ol class="timeline">
      ${submission.steps.map((step) => {
        const { label, tone, text } = stateWords(step.state)
        return html`<li class=${tone}>
          <span class="strong">${label}</span>
          <time class="muted small" datetime=${step.at}>${formatInstant(step.at)}</time>
          <span class="detail muted">${step.detail || text}${step.attempt > 1 ? ` (attempt ${step.attempt})` : ''}</span>
        </li>`
      })}
    </ol>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fist-submission': FistSubmission
  }
}
