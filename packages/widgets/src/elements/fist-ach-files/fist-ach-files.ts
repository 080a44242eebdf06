import { type AchFile, type AchFileSummary, formatCents } from '@fistworks/contract'
import { html, nothing, type PropertyValues } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { guard } from 'lit/directives/guard.js'
import type { AchFileChangedEvent } from '../../events/ach-file-changed-event.ts'
import type { AchFileCreatedEvent } from '../../events/ach-file-created-event.ts'
import { AchFileOpenedEvent } from '../../events/ach-file-opened-event.ts'
import { ConfirmDialog } from '../../internal/confirm-dialog.ts'
import { formatInstant } from '../../internal/dates.ts'
import { failurePanel, skeleton } from '../../internal/failure-panel.ts'
import { FistElement } from '../../internal/fist-element.ts'
import { NearEnd } from '../../internal/near-end.ts'
import { Pager } from '../../internal/pager.ts'
import { plural } from '../../internal/sentence.ts'
import { actorName, badge, statusWords } from '../../internal/words.ts'
import { baseStyles, frame } from '../../styles/base.ts'
import { buttonStyles } from '../../styles/button.ts'
import { listStyles } from '../../styles/list.ts'
import { surfaceStyles } from '../../styles/surface.ts'
import type { AchFilePrefill } from '../fist-ach-file/draft.ts'
import { FistAchFile } from '../fist-ach-file/fist-ach-file.ts'
import { achFilesStyles } from './fist-ach-files.styles.ts'

const PAGE = 50
const LEAVE = {
  heading: 'Leave without saving?',
  text: 'What you typed into this file is not saved and will be lost.',
  confirm: 'Leave',
  isDangerous: true,
}

/**
 * The ACH files of an organization, the newest first; one that is opened takes the place of the list.
 *
 * @fires fist-ach-file-opened - A file was chosen: `detail.achFileId`. Cancel it to show the file elsewhere.
 * @fires fist-ach-file-created - A draft was saved for the first time: `detail.achFile`.
 * @fires fist-ach-file-changed - A file was saved, decided on, submitted or canceled: `detail.achFile`.
 * @fires fist-submission-changed - A delivery came to another state: `detail.submission`.
 * @fires fist-error - Something could not be done: `detail.failure`.
 */
export class FistAchFiles extends FistElement {
  static readonly elementName = 'fist-ach-files'
  static readonly dependencies = [FistAchFile, ConfirmDialog]
  static override styles = [baseStyles, frame, buttonStyles, surfaceStyles, listStyles, achFilesStyles]

  /** The bank account new batches are paid from. */
  @property({ attribute: 'bank-account' }) bankAccount = ''
  /** Opens a new file that starts with these batches, such as the bills to be paid. */
  @property({ attribute: false }) prefill: AchFilePrefill | null = null

  /** The file in the place of the list: its id, an empty text for a new one, `null` for the list. */
  @state() private opened: string | null = null
  @state() private openedPrefill: AchFilePrefill | null = null
  @query('fist-ach-file') private readonly file!: FistAchFile | null
  @query('fist-confirm-dialog') private readonly confirmDialog!: ConfirmDialog
  readonly #list = new Pager<AchFileSummary>(this, (error) => this.fail(error))
  readonly #nearEnd = new NearEnd(this, () => void this.more())

  protected override willUpdate(changed: PropertyValues): void {
    const isOther = JSON.stringify(changed.get('prefill')) !== JSON.stringify(this.prefill)
    if (changed.has('prefill') && this.prefill && isOther) this.open('', this.prefill)
    super.willUpdate(changed)
  }

  /** Whether something a person typed is not saved and would be lost. */
  get hasUnsavedInput(): boolean {
    return this.file?.hasUnsavedInput ?? false
  }

  protected override async load(): Promise<void> {
    await this.#list.start(async (after) => {
      const query = { limit: PAGE, ...(after ? { after } : {}) }
      const page = await this.connect().achFiles.list(query, { signal: this.lifetime })
      return { data: page.data, hasMore: page.hasMore, nextCursor: page.nextCursor }
    })
    this.#nearEnd.again()
  }

  private async more(): Promise<void> {
    await this.#list.more()
    await this.updateComplete
    this.#nearEnd.again()
  }

  private open(id: string, prefill: AchFilePrefill | null = null): void {
    this.opened = id
    this.openedPrefill = prefill
  }

  private choose({ id }: AchFileSummary): void {
    if (this.dispatchEvent(new AchFileOpenedEvent({ achFileId: id }))) void this.show(id)
  }

  /** Opens a file in the place of the list. */
  async show(id: string): Promise<void> {
    this.open(id)
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('.back button')?.focus()
  }

  private readonly back = async () => {
    if (this.hasUnsavedInput && (await this.confirmDialog.ask(LEAVE)) === null) return
    const id = this.opened
    this.opened = null
    await this.load()
    await this.updateComplete
    const row = this.renderRoot.querySelector<HTMLElement>(`[data-file="${id}"]`)
    ;(row ?? this.renderRoot.querySelector<HTMLElement>('.new'))?.focus()
  }

  private readonly onChanged = (event: AchFileCreatedEvent | AchFileChangedEvent) => {
    const { batches: _batches, approval: _approval, generated: _generated, ...summary }: AchFile = event.detail.achFile
    if (this.opened === '') this.opened = summary.id
    this.#list.put(summary)
  }

  protected override render() {
    return html`<section class="frame" aria-label="ACH files">${this.opened === null ? this.list() : this.detail()}</section>`
  }

  private detail() {
    return html`<div class="back"><button type="button" class="button quiet" @click=${this.back}>← All files</button></div>
      <fist-ach-file
        .client=${this.api}
        .features=${this.features}
        .fileId=${this.opened ?? ''}
        .bankAccount=${this.bankAccount}
        .prefill=${this.openedPrefill}
        @fist-ach-file-created=${this.onChanged}
        @fist-ach-file-changed=${this.onChanged}
      ></fist-ach-file>
      <fist-confirm-dialog></fist-confirm-dialog>`
  }

  private newButton() {
    if (!this.offers('write')) return nothing
    const isDisabled = this.api === null
    return html`<button type="button" class="button primary new" ?disabled=${isDisabled} @click=${() => this.show('')}>New payment file</button>`
  }

  private list() {
    const { status, failure, count, isEmpty } = this.#list
    return html`<div class="head"><h2 class="grow">Payment files</h2>${isEmpty ? nothing : this.newButton()}</div>
      ${
        count > 0
          ? this.table()
          : status === 'failed'
            ? html`<div class="body">${failurePanel(failure, () => void this.#list.retry(), 'Files could not be loaded')}</div>`
            : isEmpty
              ? this.none()
              : skeleton('Loading files')
      }`
  }

  private none() {
    return html`<div class="empty">
      <h3>No payment files yet</h3>
      <p>Put payments into a file, have another person approve it, and send it to your bank.</p>
      ${this.newButton()}
    </div>`
  }

  private table() {
    const { pages, status, failure, hasMore } = this.#list
    return html`<div class="rows" role="table" aria-label="Payment files">
        <div role="rowgroup">
          <div class="row row-head" role="row">
            <span role="columnheader">Name</span><span role="columnheader" class="number">Total</span>
            <span role="columnheader" class="status">Status</span>
          </div>
        </div>
        ${pages.map((page) => guard([page], () => html`<div class="chunk ${page.length === PAGE ? 'long' : ''}" role="rowgroup">${page.map((file) => this.row(file))}</div>`))}
      </div>
      ${status === 'failed' ? html`<div class="body">${failurePanel(failure, () => void this.#list.retry())}</div>` : nothing}
      ${hasMore && status !== 'failed' ? html`<div class="near-end foot muted small">Loading more…</div>` : nothing}`
  }

  private row(file: AchFileSummary) {
    const { totals } = file
    return html`<div class="row" role="row">
      <div class="cell" role="cell">
        <button type="button" class="open" data-file=${file.id} @click=${() => this.choose(file)}>${file.name}</button><br />
        <span class="muted small">${plural(totals.entryCount, 'payment')} · ${actorName(file.createdBy)}, ${formatInstant(file.createdAt)}</span>
      </div>
      <div class="cell number strong" role="cell">${formatCents(totals.creditCents + totals.debitCents)}</div>
      <div class="cell status" role="cell">${badge(statusWords(file.status))}</div>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fist-ach-files': FistAchFiles
  }
}
