import type { Id, Submission, SubmissionRetry } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { SubmissionChangedEvent } from '../../events/submission-changed-event.ts'
import { Attempt } from '../../internal/attempt.ts'
import { ConfirmDialog } from '../../internal/confirm-dialog.ts'
import { formatInstant } from '../../internal/dates.ts'
import { duplicateQuestion, namedDuplicates } from '../../internal/duplicates.ts'
import { type Failure, isForbidden, isRefusal } from '../../internal/failure.ts'
import { failurePanel, skeleton } from '../../internal/failure-panel.ts'
import { FistElement } from '../../internal/fist-element.ts'
import { badge, stateWords } from '../../internal/words.ts'
import { baseStyles, frame } from '../../styles/base.ts'
import { buttonStyles } from '../../styles/button.ts'
import { surfaceStyles } from '../../styles/surface.ts'
import { submissionStyles } from './fist-submission.styles.ts'
import { type Hands, help, isLate, type Outcome } from './help.ts'
import { nextDelay } from './poll-delay.ts'

type Known = Pick<SubmissionRetry, 'acknowledgedDuplicates'>

/** States in which nothing changes any more by itself. */
const FINAL = new Set(['acknowledged', 'rejectedByBank', 'failed', 'canceled'])

const LATE = {
  heading: 'Send it after the cutoff?',
  text: 'The bank may settle it a day later than planned, or refuse it. Ask the bank what it does with a late file.',
  confirm: 'Send it late',
  isDangerous: true,
}

const consequence = (outcome: Outcome) =>
  outcome === 'delivered'
    ? 'It counts as delivered and is never sent again.'
    : 'It may be sent again. If the bank has it after all, everybody is paid twice.'

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
  /** Whether the person wrote the file that is delivered: then somebody else confirms what the bank said of it. */
  @property({ attribute: false }) isAuthor = false

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

  private hands(): Hands {
    return {
      isBusy: this.isBusy,
      mayResolve: this.offers('resolve'),
      mayRetry: this.offers('submit'),
      denied: this.denied,
      isAuthor: this.isAuthor,
      resolve: (outcome) => void this.resolve(outcome),
      confirm: (outcome) => void this.confirm(outcome),
      reject: () => void this.reject(),
      retry: () => void this.retry(),
    }
  }

  private async resolve(outcome: Outcome): Promise<void> {
    const isDelivered = outcome === 'delivered'
    const reason = await this.confirmDialog.ask({
      heading: isDelivered ? 'The bank has the file?' : 'The bank does not have the file?',
      text: `${consequence(outcome)} Another person confirms it first.`,
      reasonLabel: 'How do you know?',
      confirm: isDelivered ? 'It was delivered' : 'It was not delivered',
      isDangerous: !isDelivered,
    })
    if (reason === null) return
    await this.perform('resolve', `${outcome} ${reason}`, (api, id, idempotencyKey) =>
      api.submissions.resolve(id, { outcome, reason }, { idempotencyKey }),
    )
  }

  private async confirm(outcome: Outcome): Promise<void> {
    const isDelivered = outcome === 'delivered'
    const { fileName = '', resolution = null } = this.submission ?? {}
    const answer = await this.confirmDialog.ask({
      heading: isDelivered ? 'Confirm that the bank has it?' : 'Confirm that the bank does not have it?',
      text: `${fileName}. ${consequence(outcome)} “${resolution?.reason ?? ''}”`,
      confirm: isDelivered ? 'The bank has it' : 'The bank does not have it',
      isDangerous: !isDelivered,
    })
    if (answer === null) return
    await this.performKnowing('confirm', `confirm ${outcome}`, (api, id, known, idempotencyKey) =>
      api.submissions.confirmResolution(id, { outcome, ...known }, { idempotencyKey }),
    )
  }

  private async reject(): Promise<void> {
    const isYours = this.submission?.resolution?.isYours ?? false
    const reason = await this.confirmDialog.ask({
      heading: isYours ? 'Take back what you said?' : 'Take away what was said?',
      text: 'The delivery stays unknown until somebody asks the bank again.',
      reasonLabel: 'Why?',
      confirm: isYours ? 'Take it back' : 'Take it away',
    })
    if (reason === null) return
    await this.perform('reject', `reject ${reason}`, (api, id, idempotencyKey) =>
      api.submissions.rejectResolution(id, { reason }, { idempotencyKey }),
    )
  }

  private async retry(): Promise<void> {
    const late = this.submission !== null && isLate(this.submission, Date.now())
    if (!late) await this.tryAgain(false)
    // The server's clock decides what is too late.
    const wantsWord = this.failure?.errors.some(({ pointer }) => pointer === '/late') ?? false
    if (!late && !wantsWord) return
    this.failure = null
    if ((await this.confirmDialog.ask(LATE)) !== null) await this.tryAgain(true)
  }

  private tryAgain(late: boolean): Promise<void> {
    return this.performKnowing('submit', `retry ${late}`, (api, id, known, idempotencyKey) =>
      api.submissions.retry(id, { ...(late ? { late } : {}), ...known }, { idempotencyKey }),
    )
  }

  /** Where another file makes some of the same payments by now, the person says whether that is meant. */
  private async performKnowing(
    feature: string,
    what: string,
    call: (api: NonNullable<typeof this.api>, id: Id<'sub'>, known: Known, key: string) => Promise<Submission>,
  ): Promise<void> {
    await this.perform(feature, what, (api, id, key) => call(api, id, {}, key))
    const { failure } = this
    if (failure?.code !== 'possible-duplicate') return
    this.failure = null
    const acknowledgedDuplicates = namedDuplicates(failure.errors)
    if ((await this.confirmDialog.ask(duplicateQuestion(failure.text))) === null) return
    const knowing = `${what} ${acknowledgedDuplicates.join(' ')}`
    await this.perform(feature, knowing, (api, id, key) => call(api, id, { acknowledgedDuplicates }, key))
  }

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
      ${failurePanel(this.failure)} ${help(submission, this.hands())} ${this.timeline(submission)}
    </div>`
  }

  private none() {
    return html`<div class="empty"><h3>Nothing is on its way</h3><p>A delivery shows here once a file is submitted.</p></div>`
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
