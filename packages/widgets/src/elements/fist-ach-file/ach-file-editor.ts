import type { AchFile, BankAccount } from '@fistworks/contract'
import { formatCents } from '@fistworks/contract'
import type { ComponentResources } from '@fistworks/sdk'
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { FistErrorEvent } from '../../events/error-event.ts'
import { Attempt } from '../../internal/attempt.ts'
import { today } from '../../internal/dates.ts'
import { type Failure, failureOf, isRefusal } from '../../internal/failure.ts'
import { failurePanel } from '../../internal/failure-panel.ts'
import { RecipientPicker } from '../../internal/recipient-picker.ts'
import { plural } from '../../internal/sentence.ts'
import { idOfPointer, textField } from '../../internal/text-field.ts'
import { baseStyles } from '../../styles/base.ts'
import { buttonStyles } from '../../styles/button.ts'
import { fieldStyles } from '../../styles/field.ts'
import { surfaceStyles } from '../../styles/surface.ts'
import { editorStyles } from './ach-file-editor.styles.ts'
import { batchDefaults } from './batch-defaults.ts'
import { batchFields, type EditorView } from './batch-fields.ts'
import { bodyOf, type Draft, type DraftBatch, type DraftEntry, newBatch, totalsOf } from './draft.ts'
import { OfferedDates } from './offered-dates.ts'
import { withBatch, withNewEntry } from './draft-edit.ts'
import { draftProblems, type Problems } from './draft-problems.ts'

const ENTRIES_SHOWN = 100

/** The file as it is stored now, and whether the person wants it to go to the approvers. */
export interface Saved {
  readonly file: AchFile
  readonly isNew: boolean
  readonly wantsApproval: boolean
}

/**
 * Composes a draft. What is typed lives here until it is saved, whatever happens to tokens or requests. Fires `saved`
 * with what became of it, and `reload` to show what others saved.
 */
export class AchFileEditor extends LitElement implements EditorView {
  static readonly elementName = 'fist-ach-file-editor'
  static readonly dependencies = [OfferedDates, RecipientPicker]
  static override styles = [baseStyles, buttonStyles, fieldStyles, surfaceStyles, editorStyles]

  @property({ attribute: false }) client: ComponentResources | null = null
  @property({ attribute: false }) bankAccounts: readonly BankAccount[] = []
  /** What to start with; a new object starts again. */
  @property({ attribute: false }) source: Draft | null = null
  /** The file as it was last saved, `null` for a new one. */
  @property({ attribute: false }) file: AchFile | null = null
  @property({ attribute: false }) bankAccount = ''

  @state() private draft: Draft = { name: '', batches: [] }
  @state() private savedDraft: Draft | null = null
  @state() private touched: ReadonlySet<string> = new Set()
  @state() private openNotes: ReadonlySet<string> = new Set()
  @state() private showsAll = false
  @state() private fromServer: Problems = new Map()
  @state() private failure: Failure | null = null
  @state() private isBusy = false
  @state() private announcement = ''
  @state() shownEntries = ENTRIES_SHOWN
  #problems: Problems = new Map()
  readonly #attempt = new Attempt()

  /** Whether saving would change something on the server. */
  get isDirty(): boolean {
    return this.draft !== this.savedDraft
  }

  /** Whether something a person typed would be lost. */
  get hasUnsavedInput(): boolean {
    return this.isDirty && this.draft !== this.source
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('source') && this.source) {
      this.draft = this.source
      this.savedDraft = this.file ? this.source : null
      this.touched = new Set()
      this.showsAll = false
      this.fromServer = new Map()
      this.failure = null
    }
    this.#problems = draftProblems(this.draft, today())
  }

  problemAt(pointer: string, touchKey: string): string | undefined {
    const said = this.fromServer.get(pointer)
    if (said !== undefined) return said
    return this.showsAll || this.touched.has(touchKey) ? this.#problems.get(pointer) : undefined
  }
  touch(touchKey: string): void {
    if (!this.touched.has(touchKey)) this.touched = new Set([...this.touched, touchKey])
  }
  change(batchKey: string, change: (batch: DraftBatch) => DraftBatch): void {
    this.replace(withBatch(this.draft, batchKey, change))
  }
  removeBatch(batchKey: string): void {
    this.replace({ ...this.draft, batches: this.draft.batches.filter((batch) => batch.key !== batchKey) })
  }
  isNoteOpen(entry: DraftEntry): boolean {
    return entry.addenda !== '' || this.openNotes.has(entry.key)
  }
  openNote(entry: DraftEntry): void {
    this.openNotes = new Set([...this.openNotes, entry.key])
  }
  showMore(): void {
    this.shownEntries += ENTRIES_SHOWN
  }
  addEntry(batchKey: string): void {
    this.change(batchKey, withNewEntry)
    const index = this.draft.batches.findIndex((batch) => batch.key === batchKey)
    const at = (this.draft.batches[index]?.entries.length ?? 1) - 1
    this.shownEntries = Math.max(this.shownEntries, at + 1)
    void this.focusOn(`/batches/${index}/entries/${at}/recipientId`)
  }

  private replace(draft: Draft): void {
    this.draft = draft
    this.announcement = ''
    this.fromServer = new Map()
    this.#attempt.end()
  }

  private addBatch(): void {
    const batch = newBatch(batchDefaults(this.bankAccount, this.bankAccounts))
    this.replace({ ...this.draft, batches: [...this.draft.batches, batch] })
  }

  private async focusOn(pointer: string): Promise<boolean> {
    await this.updateComplete
    const found = this.renderRoot.querySelector<HTMLElement>(`#${idOfPointer(pointer)}`)
    found?.focus()
    return found !== null
  }

  private async focusFirst(problems: Problems): Promise<void> {
    for (const pointer of problems.keys()) {
      const at = /entries\/(\d+)/.exec(pointer)?.[1]
      if (at) this.shownEntries = Math.max(this.shownEntries, Number(at) + 1)
      if (await this.focusOn(pointer)) return
    }
    this.renderRoot.querySelector<HTMLElement>('[role=alert]')?.focus()
  }

  /** Saves what was typed, unless something in it is wrong. */
  private async save(wantsApproval: boolean, overVersion?: number): Promise<void> {
    if (this.isBusy || !this.client) return
    this.failure = null
    this.showsAll = true
    if (this.#problems.size > 0) {
      await this.focusFirst(this.#problems)
      return
    }
    this.isBusy = true
    const sent = this.draft
    try {
      const saved = await this.send(sent, overVersion)
      this.savedDraft = sent
      this.announcement = 'The draft is saved'
      this.#attempt.end()
      const isNew = this.file === null
      this.file = saved
      // What was typed while it was being saved would be lost by going on.
      const detail: Saved = { file: saved, isNew, wantsApproval: wantsApproval && !this.hasUnsavedInput }
      this.dispatchEvent(new CustomEvent('saved', { detail }))
    } catch (error) {
      await this.refuse(failureOf(error))
    } finally {
      this.isBusy = false
    }
  }

  private async refuse(failure: Failure): Promise<void> {
    this.failure = failure
    if (isRefusal(failure)) this.#attempt.end()
    this.dispatchEvent(new FistErrorEvent({ failure }))
    this.fromServer = new Map(failure.errors.map((each) => [each.pointer, each.message]))
    await this.focusFirst(this.fromServer)
  }

  private send(draft: Draft, overVersion?: number): Promise<AchFile> {
    const { achFiles } = this.client as ComponentResources
    const body = bodyOf(draft)
    if (this.file) return achFiles.update(this.file.id, { ...body, version: overVersion ?? this.file.version })
    return achFiles.create(body, { idempotencyKey: this.#attempt.keyFor('create') })
  }

  private readonly saveOverTheirs = async () => {
    if (!this.client || !this.file) return
    try {
      const theirs = await this.client.achFiles.retrieve(this.file.id)
      await this.save(false, theirs.version)
    } catch (error) {
      await this.refuse(failureOf(error))
    }
  }

  private readonly onSubmit = (event: Event) => {
    event.preventDefault()
    void this.save(false)
  }

  private readonly onAskApproval = () => {
    if (this.isBusy) return
    if (this.isDirty || this.file === null) return void this.save(true)
    const detail: Saved = { file: this.file, isNew: false, wantsApproval: true }
    this.dispatchEvent(new CustomEvent('saved', { detail }))
  }

  private conflict() {
    return html`<div class="notice caution" role="alert" tabindex="-1">
      <h3>Somebody changed this file while you were working on it</h3>
      <p>What you typed is still here and is not saved.</p>
      <div class="actions">
        <button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('reload'))}>Drop mine, show theirs</button>
        <button type="button" class="button" @click=${this.saveOverTheirs}>Save mine over theirs</button>
      </div>
    </div>`
  }

  protected override render() {
    const { name, batches } = this.draft
    const problem = this.failure?.code === 'version-mismatch' ? this.conflict() : failurePanel(this.failure)
    return html`<form novalidate autocomplete="off" @submit=${this.onSubmit}>
      ${problem}
      ${textField({ id: idOfPointer('/name'), label: 'Name of this file', hint: 'For you and your colleagues; the bank does not see it.', value: name, error: this.problemAt('/name', 'name'), onInput: (text) => this.replace({ ...this.draft, name: text }), onLeave: () => this.touch('name') })}
      ${repeat(
        batches,
        (batch) => batch.key,
        (batch, index) => batchFields(this, batch, index, batches.length === 1),
      )}
      <div><button type="button" class="button quiet" @click=${() => this.addBatch()}>Add another batch</button></div>
      ${this.bar()}
      <div class="visually-hidden" role="status">${this.announcement}</div>
    </form>`
  }

  private bar() {
    const { entryCount, creditCents, debitCents } = totalsOf(this.draft.batches)
    const count = this.#problems.size
    const state =
      count > 0 ? `${plural(count, 'thing')} to fill in or correct` : this.isDirty ? 'Not saved yet' : 'All saved'
    return html`<div class="bar">
      <div>
        <p class="sum">${creditCents > 0 || debitCents === 0 ? formatCents(creditCents) : nothing}${debitCents > 0 ? html` <span class="muted small">${creditCents > 0 ? 'and ' : ''}${formatCents(debitCents)} collected</span>` : nothing}</p>
        <p class="muted small">${plural(entryCount, 'payment')} · ${state}</p>
      </div>
      <div class="actions">
        <button type="submit" class="button" ?disabled=${!this.client} aria-disabled=${this.isBusy ? 'true' : 'false'}>${this.isBusy ? 'Saving…' : 'Save draft'}</button>
        <button type="button" class="button primary" ?disabled=${!this.client} aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.onAskApproval}>
          Request approval
        </button>
      </div>
    </div>`
  }
}
