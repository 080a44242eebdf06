import { type Entry, formatCents } from '@fistworks/contract'
import { AchFiles, type ComponentResources } from '@fistworks/sdk'
import { css, html, LitElement, nothing, type PropertyValues } from 'lit'
import { property, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import { type Failure, failureOf } from '../../internal/failure.ts'
import { failurePanel } from '../../internal/failure-panel.ts'
import { masked } from '../../internal/masked.ts'
import { plural } from '../../internal/sentence.ts'
import { textField } from '../../internal/text-field.ts'
import { baseStyles } from '../../styles/base.ts'
import { buttonStyles } from '../../styles/button.ts'
import { fieldStyles } from '../../styles/field.ts'
import { surfaceStyles } from '../../styles/surface.ts'

const SHOWN = 25
const SEARCH_AFTER_MS = 300

const ownStyles = css`
  :host,
  fieldset,
  .payments {
    display: grid;
    gap: 0.5rem;
  }
  .choice .amount {
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
  }
`

/** Payments of a file, looked for by recipient, to choose some of them. Fires `choose` with all that are chosen. */
export class ReversalChoice extends LitElement {
  static readonly elementName = 'fist-reversal-choice'
  static override styles = [baseStyles, buttonStyles, fieldStyles, surfaceStyles, ownStyles]

  @property({ attribute: false }) client: ComponentResources | null = null
  @property({ attribute: false }) fileId = ''
  @property({ attribute: false }) chosen: readonly Entry[] = []
  @state() private search = ''
  @state() private found: readonly Entry[] | null = null
  @state() private hasMore = false
  @state() private failure: Failure | null = null
  #run = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('client') || changed.has('fileId')) void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  private readonly load = async (): Promise<void> => {
    const { client, fileId } = this
    const run = ++this.#run
    if (client === null || fileId === '') return
    this.failure = null
    const search = this.search.trim()
    try {
      const query = { limit: SHOWN, ...(search === '' ? {} : { search }) }
      const page = await new AchFiles(client.http).listEntries(fileId, query)
      if (run !== this.#run) return
      this.found = page.data
      this.hasMore = page.hasMore
    } catch (error) {
      if (run === this.#run) this.failure = failureOf(error)
    }
  }

  private readonly onSearch = (search: string) => {
    this.search = search
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.load(), SEARCH_AFTER_MS)
  }

  private toggle(entry: Entry): void {
    const others = this.chosen.filter(({ id }) => id !== entry.id)
    const detail = others.length < this.chosen.length ? others : [...others, entry]
    this.dispatchEvent(new CustomEvent('choose', { detail }))
  }

  protected override render() {
    const { chosen, found } = this
    const ids = new Set(chosen.map(({ id }) => id))
    // What was chosen earlier stays in sight; what is chosen now stays in its place.
    const earlier = chosen.filter(({ id }) => !found?.some((one) => one.id === id))
    const shown = [...earlier, ...(found ?? [])]
    const cents = chosen.reduce((sum, { amountCents }) => sum + amountCents, 0)
    const sum =
      chosen.length === 0 ? 'No payment chosen yet.' : `${plural(chosen.length, 'payment')}, ${formatCents(cents)}`
    return html`${textField({
      id: 'search',
      type: 'search',
      label: 'Search by recipient',
      value: this.search,
      hint: 'A part of the name, or the last four digits of the account.',
      onInput: this.onSearch,
    })}
    ${this.failure ? failurePanel(this.failure, this.load) : nothing}
    <fieldset>
      <legend class="label">Payments to take back</legend>
      <p role="status" class="muted small">${found === null && this.failure === null ? 'Loading…' : sum}</p>
      <div class="payments">
        ${repeat(
          shown,
          ({ id }) => id,
          (entry) => this.row(entry, ids.has(entry.id)),
        )}
      </div>
      ${found?.length === 0 ? html`<p>No payment to such a recipient.</p>` : nothing}
      ${this.hasMore ? html`<p class="muted small">There are more: search for the one you mean.</p>` : nothing}
    </fieldset>`
  }

  private row(entry: Entry, isChosen: boolean) {
    const cameBack = entry.outcome?.type === 'return' ? html` · came back, ${entry.outcome.code}` : nothing
    return html`<label class="choice"
      ><input type="checkbox" .checked=${live(isChosen)} ?disabled=${cameBack !== nothing} @change=${() => this.toggle(entry)} />
      <span>${entry.recipientName} <span class="muted">${masked(entry.accountNumberLast4)}${cameBack}</span></span>
      <span class="amount">${entry.direction === 'debit' ? 'Collect ' : ''}${formatCents(entry.amountCents)}</span></label
    >`
  }
}
