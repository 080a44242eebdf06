import type { AchFile, BankAccount, Id } from '@fistworks/contract'
import type { ComponentResources } from '@fistworks/sdk'
import { html, nothing } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { AchFileChangedEvent } from '../../events/ach-file-changed-event.ts'
import { AchFileCreatedEvent } from '../../events/ach-file-created-event.ts'
import { Attempt } from '../../internal/attempt.ts'
import { ConfirmDialog } from '../../internal/confirm-dialog.ts'
import { duplicateQuestion, namedDuplicates } from '../../internal/duplicates.ts'
import { type Failure, isForbidden, isRefusal } from '../../internal/failure.ts'
import { failurePanel, skeleton } from '../../internal/failure-panel.ts'
import { FistElement } from '../../internal/fist-element.ts'
import { badge, statusWords } from '../../internal/words.ts'
import { baseStyles, frame } from '../../styles/base.ts'
import { buttonStyles } from '../../styles/button.ts'
import { listStyles } from '../../styles/list.ts'
import { surfaceStyles } from '../../styles/surface.ts'
import { FistSubmission } from '../fist-submission/fist-submission.ts'
import { FILE_ACTIONS, type FileAction, mayBeEdited } from './ach-file-actions.ts'
import { AchFileReversal, mayBeReversed } from './ach-file-reversal.ts'
import { approvalsView, noticesView } from './approvals-view.ts'
import { AchFileEditor, type Saved } from './ach-file-editor.ts'
import { batchView, historyView, totalsView } from './ach-file-view.ts'
import { batchDefaults } from './batch-defaults.ts'
import { type AchFilePrefill, type Draft, draftOfFile, draftOfPrefill, newBatch } from './draft.ts'
import { achFileStyles } from './fist-ach-file.styles.ts'
import { loadPayees } from './load-payees.ts'

/**
 * One ACH file: composed, approved by another person, submitted, followed to the bank.
 *
 * @fires fist-ach-file-created - A draft was saved for the first time: `detail.achFile`.
 * @fires fist-ach-file-changed - It was saved, decided on, submitted or canceled: `detail.achFile`.
 * @fires fist-submission-changed - Its delivery came to another state: `detail.submission`.
 * @fires fist-error - Something could not be done: `detail.failure`.
 */
export class FistAchFile extends FistElement {
  static readonly elementName = 'fist-ach-file'
  static readonly dependencies = [AchFileEditor, AchFileReversal, ConfirmDialog, FistSubmission]
  static override styles = [baseStyles, frame, buttonStyles, surfaceStyles, listStyles, achFileStyles]

  /** The file to show; a new one is composed when empty. */
  @property({ attribute: 'file-id' }) fileId = ''
  /** The bank account new batches are paid from; the only one there is, or asked for, when empty. */
  @property({ attribute: 'bank-account' }) bankAccount = ''
  /** What a new file starts with, such as the bills to be paid. Batches may leave out the account and the date. */
  @property({ attribute: false }) prefill: AchFilePrefill | null = null

  @state() private file: AchFile | null = null
  @state() private source: Draft | null = null
  @state() private bankAccounts: readonly BankAccount[] = []
  @state() private loadFailure: Failure | null = null
  @state() private failure: Failure | null = null
  @state() private denied: ReadonlySet<string> = new Set()
  @state() private isBusy = false
  @query('fist-ach-file-editor') private readonly editor!: AchFileEditor | null
  @query('fist-confirm-dialog') private readonly confirmDialog!: ConfirmDialog
  readonly #attempt = new Attempt()
  #doing = ''
  #run = 0
  #savedHere = ''
  #shownPrefill = 'null'

  /** Whether something a person typed is not saved and would be lost. */
  get hasUnsavedInput(): boolean {
    return this.editor?.hasUnsavedInput ?? false
  }

  protected override get reloadsOn(): readonly string[] {
    return ['baseUrl', 'fileId', 'prefill']
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#run++
  }

  protected override async load(): Promise<void> {
    // What is shown stays when it was just saved here, or holds unsaved input and only moved or got the same prefill.
    if (this.#savedHere !== '' && this.#savedHere === this.fileId) return
    const isSame = (this.file?.id ?? '') === this.fileId && JSON.stringify(this.prefill) === this.#shownPrefill
    if (isSame && this.editor?.isDirty) return
    await this.reload()
  }

  private readonly reload = async () => {
    const run = ++this.#run
    this.#savedHere = ''
    this.#shownPrefill = JSON.stringify(this.prefill)
    this.file = null
    this.source = null
    this.failure = null
    this.loadFailure = null
    try {
      const client = this.connect()
      const options = { signal: this.lifetime }
      const [accounts, file, source] = await Promise.all([
        client.bankAccounts.list({ limit: 200 }, options),
        this.fileId === '' ? null : client.achFiles.retrieve(this.fileId, options),
        this.fileId === '' && this.prefill ? loadPayees(client, this.prefill, this.lifetime) : null,
      ])
      if (run !== this.#run) return
      this.bankAccounts = accounts.data.filter((each) => each.archivedAt === null)
      this.file = file
      this.source = file
        ? draftOfFile(file)
        : source && this.prefill
          ? draftOfPrefill(this.prefill, source, this.defaults)
          : { name: '', batches: [newBatch(this.defaults)] }
    } catch (error) {
      if (run === this.#run) this.loadFailure = this.fail(error)
    }
  }

  private get defaults() {
    return batchDefaults(this.bankAccount, this.bankAccounts)
  }

  /** Its delivery moved on: so did the file. What cannot be loaded now stays as it is shown. */
  private readonly refresh = async () => {
    const id = this.file?.id
    if (!id) return
    try {
      const file = await this.connect().achFiles.retrieve(id)
      if (this.file?.id === id) this.file = file
    } catch (error) {
      this.fail(error)
    }
  }

  private isDenied({ feature, name }: FileAction): boolean {
    return this.denied.has(`feature ${feature}`) || this.denied.has(`action ${name}`)
  }

  private get isEditable(): boolean {
    return this.offers('write') && (this.file === null || mayBeEdited(this.file))
  }

  private readonly onSaved = async ({ detail }: CustomEvent<Saved>) => {
    const { file, isNew, wantsApproval } = detail
    this.file = file
    this.#savedHere = file.id
    this.fileId = file.id
    // Told last: a host may go to another page then.
    if (wantsApproval) await this.requestApproval(file)
    if (isNew) this.dispatchEvent(new AchFileCreatedEvent({ achFile: this.file }))
    else this.dispatchEvent(new AchFileChangedEvent({ achFile: this.file }))
  }

  private requestApproval(file: AchFile): Promise<boolean> {
    const { id, version } = file
    return this.performKnowing(`requestApproval ${version}`, 'write', (client, idempotencyKey, known) =>
      client.achFiles.requestApproval(id, { version, acknowledgedDuplicates: [...known] }, { idempotencyKey }),
    )
  }

  private async act(action: FileAction): Promise<void> {
    const file = this.file
    if (!file || this.isBusy) return
    const reason = await this.confirmDialog.ask(action.question(file, this.bankAccounts))
    if (reason === null) return
    this.#doing = action.doing
    const what = `${action.name} ${file.version} ${reason}`
    const isDone = await this.performKnowing(what, action.feature, (client, key, known) =>
      action.run(client, file, { reason, known }, key),
    )
    if (isDone && this.file) this.dispatchEvent(new AchFileChangedEvent({ achFile: this.file }))
  }

  /** The same, after the person has said of what may be paid twice that it is meant. */
  private async performKnowing(
    what: string,
    feature: string,
    call: (client: ComponentResources, key: string, known: readonly Id<'ach'>[]) => Promise<AchFile>,
  ): Promise<boolean> {
    const isDone = await this.perform(what, feature, (client, key) => call(client, key, []))
    const { failure } = this
    if (isDone || failure?.code !== 'possible-duplicate') return isDone
    // The question says it, in the words of a person.
    this.failure = null
    const known = namedDuplicates(failure.errors)
    if ((await this.confirmDialog.ask(duplicateQuestion(failure.text))) === null) return false
    return this.perform(`${what} ${known.join(' ')}`, feature, (client, key) => call(client, key, known))
  }

  private readonly onReversed = ({ detail }: CustomEvent<AchFile>) => {
    this.fileId = detail.id
    this.dispatchEvent(new AchFileCreatedEvent({ achFile: detail }))
  }

  /** Makes one change and says whether it was made; the same key again when it is asked for again after silence. */
  private async perform(
    what: string,
    feature: string,
    call: (client: ComponentResources, key: string) => Promise<AchFile>,
  ): Promise<boolean> {
    if (!this.api || this.isBusy) return false
    this.isBusy = true
    this.failure = null
    try {
      this.file = await call(this.api, this.#attempt.keyFor(what))
      this.#attempt.end()
      // Should it come back to be edited, then as it is now.
      this.source = draftOfFile(this.file)
      await this.updateComplete
      this.renderRoot.querySelector<HTMLElement>('#heading')?.focus()
      return true
    } catch (error) {
      this.failure = this.fail(error)
      if (isRefusal(this.failure)) this.#attempt.end()
      if (isForbidden(this.failure)) {
        // The session lacks the right, or only this person may not take this step.
        const action = what.split(' ')[0] ?? ''
        this.denied = new Set([
          ...this.denied,
          this.failure.code === 'forbidden' ? `feature ${feature}` : `action ${action}`,
        ])
      }
      return false
    } finally {
      this.isBusy = false
    }
  }

  protected override render() {
    const { file } = this
    const words = file && statusWords(file.status)
    return html`<section class="frame" aria-labelledby="heading">
      <div class="head">
        <div class="grow">
          <h2 id="heading" tabindex="-1">${file?.name ?? (this.fileId ? 'Payment file' : 'New payment file')}</h2>
          ${words ? html`<p class="muted">${words.text}</p>` : nothing}
        </div>
        ${words ? badge(words) : nothing} ${file && this.isEditable ? this.actions() : nothing}
      </div>
      ${this.loadFailure ? html`<div class="body">${failurePanel(this.loadFailure, this.reload, 'The file could not be loaded')}</div>` : this.content()}
      <fist-confirm-dialog></fist-confirm-dialog>
    </section>`
  }

  private content() {
    if (this.source === null) return skeleton('Loading the file')
    return html`<div class="body content">
      ${this.failureNotice()} ${noticesView(this.file)} ${this.isEditable ? this.edit() : this.show()}
    </div>`
  }

  private failureNotice() {
    const { failure } = this
    if (failure?.code !== 'version-mismatch' && failure?.code !== 'state-conflict') return failurePanel(failure)
    const text = `${failure.text} Nothing was done. Look at it again before you decide.`
    return failurePanel({ ...failure, text }, this.reload, 'The file was changed in the meantime')
  }

  private edit() {
    return html`<fist-ach-file-editor
        .client=${this.api}
        .bankAccounts=${this.bankAccounts}
        .bankAccount=${this.bankAccount}
        .source=${this.source}
        .file=${this.file}
        ?inert=${this.isBusy}
        @saved=${this.onSaved}
        @reload=${this.reload}
    ></fist-ach-file-editor>`
  }

  private show() {
    const { file } = this
    if (file === null) return html`<p>This session may look at files and not make them.</p>`
    const delivery = file.submissionId
      ? html`<fist-submission @fist-submission-changed=${this.refresh} .client=${this.api} .features=${this.features} .isAuthor=${file.you.isAuthor} submission-id=${file.submissionId}></fist-submission>`
      : nothing
    return html`${totalsView(file)} ${approvalsView(file)} ${this.actions()} ${delivery}
      ${this.offers('write') && mayBeReversed(file) ? html`<fist-ach-file-reversal .client=${this.api} .file=${file} @reversed=${this.onReversed}></fist-ach-file-reversal>` : nothing}
      <div class="stack">${file.batches.map((batch, index) => batchView(batch, index, this.bankAccounts))}</div>
      ${historyView(file)}`
  }

  private actions() {
    const { file } = this
    const offered = FILE_ACTIONS.filter(
      (each) => file && each.from.includes(file.status) && this.offers(each.feature) && (each.isFor?.(file) ?? true),
    )
    if (offered.length === 0) return nothing
    const busy = this.isBusy ? 'true' : 'false'
    return html`<div class="actions">
      ${offered.map((each) => html`<button type="button" class="button ${each.look}" ?disabled=${this.isDenied(each)} aria-disabled=${busy} @click=${() => this.act(each)}>${each.label}</button>`)}
      <span class="muted" role="status">${this.isBusy ? this.#doing : ''}</span>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fist-ach-file': FistAchFile
  }
}
