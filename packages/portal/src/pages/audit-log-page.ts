import type { AuditEvent, AuditExport } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { selectField } from '../ui/field.ts'
import { saveFile } from '../ui/save-file.ts'
import { actionWords } from './action-words.ts'
import { eventDetails } from './audit-log-details.ts'
import { filterForm, filterOf, isFiltered, NO_FILTER, type TypedFilter, typedIn } from './audit-log-filter.ts'
import { namesIn } from './audit-log-names.ts'
import { auditLogStyles } from './audit-log-styles.ts'
import { PortalPage } from './portal-page.ts'

const time = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})
const OUTCOMES: Record<AuditEvent['outcome'], { word: string; tone: string }> = {
  succeeded: { word: 'Done', tone: 'positive' },
  failed: { word: 'Failed', tone: 'critical' },
  denied: { word: 'Denied', tone: 'caution' },
}
const FORMATS: Record<AuditExport['format'], string> = {
  csv: 'CSV, for a spreadsheet',
  jsonl: 'JSON lines, with proofs',
  ocsf: 'OCSF, for a security log',
}

function whoWords({ type, id, name }: AuditEvent['actor']): string {
  if (type === 'anonymous') return 'Somebody not signed in'
  return name ?? id
}

/** Everything that happened in the organization: who, through what, on what, before and after. */
@customElement('portal-audit-log')
export class AuditLogPage extends PortalPage {
  static override styles = [pageStyles, formStyles, tableStyles, auditLogStyles]

  @state() private events: readonly AuditEvent[] | null = null
  @state() private cursor: string | null = null
  @state() private failure: Failure | null = null
  @state() private exportFailure: Failure | null = null
  @state() private isBusy = false
  @state() private isExporting = false
  @state() private filter: TypedFilter = NO_FILTER
  @state() private opened: ReadonlySet<string> = new Set()
  #run = 0

  override connectedCallback(): void {
    super.connectedCallback()
    void this.begin()
  }

  /** What is typed here only looks for something. */
  override get hasUnsavedInput(): boolean {
    return false
  }

  private begin(): Promise<void> {
    this.events = null
    this.cursor = null
    return this.read()
  }

  private readonly more = () => {
    if (!this.isBusy) void this.read()
  }

  /** An answer that a later filter overtook is dropped. */
  private async read(): Promise<void> {
    const run = ++this.#run
    this.isBusy = true
    this.failure = null
    try {
      const page = await this.client.auditEvents.list({
        limit: 50,
        ...filterOf(this.filter),
        ...(this.cursor === null ? {} : { after: this.cursor }),
      })
      if (run !== this.#run) return
      this.events = [...(this.events ?? []), ...page.data]
      this.cursor = page.nextCursor
    } catch (error) {
      if (run === this.#run) this.failure = failureOf(error)
    } finally {
      if (run === this.#run) this.isBusy = false
    }
  }

  private narrow(filter: TypedFilter): void {
    if (JSON.stringify(filter) === JSON.stringify(this.filter)) return
    this.filter = filter
    const isBackwards = filter.fromDay !== '' && filter.toDay !== '' && filter.fromDay > filter.toDay
    if (!isBackwards) void this.begin()
  }

  private readonly onFilter = (event: Event) => {
    event.preventDefault()
    this.narrow(typedIn(event.currentTarget as HTMLFormElement, this.filter))
  }

  /** The button that was pressed goes: the focus goes on at the first field. */
  private readonly clear = () => {
    const form = this.renderRoot.querySelector<HTMLFormElement>('form.filter')
    form?.reset()
    form?.querySelector<HTMLElement>('input')?.focus()
    this.narrow(NO_FILTER)
  }

  private readonly export = async (event: Event) => {
    event.preventDefault()
    if (this.isExporting) return
    const format = new FormData(event.currentTarget as HTMLFormElement).get('format') as AuditExport['format']
    this.isExporting = true
    this.exportFailure = null
    try {
      const file = await this.client.auditEvents.export({ format, ...filterOf(this.filter) })
      await saveFile(file.fileName, file.contentType, file.body)
    } catch (error) {
      this.exportFailure = failureOf(error)
    } finally {
      this.isExporting = false
    }
  }

  private toggle(id: string): void {
    const opened = new Set(this.opened)
    if (!opened.delete(id)) opened.add(id)
    this.opened = opened
  }

  protected override render() {
    return html`<section class="card">
        ${filterForm(this.filter, {
          change: this.onFilter,
          clear: this.clear,
          allTargets: () => this.narrow({ ...this.filter, targetId: '' }),
        })}
      </section>
      ${this.may('audit-events:export') ? this.exportForm() : nothing}
      ${this.events === null ? nothing : this.list(this.events)}
      ${this.events === null && this.isBusy ? html`<p class="muted" role="status">Loading the audit log…</p>` : nothing}
      ${failureNotice(this.failure, this.more)} ${this.end()}`
  }

  private exportForm() {
    return html`<form class="export" aria-label="Export the audit log" @submit=${this.export}>
        <p class="muted">${isFiltered(this.filter) ? 'The export has what the filter shows.' : 'The export has all events.'}</p>
        <div>
          ${selectField({ name: 'format', label: 'Export as', value: 'csv', choices: FORMATS })}
          <button class="button" aria-disabled=${this.isExporting ? 'true' : 'false'}>
            ${this.isExporting ? 'Preparing…' : 'Export'}
          </button>
        </div>
      </form>
      ${failureNotice(this.exportFailure)}`
  }

  private end() {
    if (this.failure !== null || this.events === null || this.events.length === 0) return nothing
    if (this.cursor === null) return html`<p class="muted end-of-list">These are all events.</p>`
    return html`<p class="end-of-list">
      <button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.more}>
        ${this.isBusy ? 'Loading…' : 'Show older'}
      </button>
    </p>`
  }

  private list(events: readonly AuditEvent[]) {
    if (events.length === 0) {
      return html`<section class="card empty" role="status">
        <h2>${isFiltered(this.filter) ? 'Nothing matches this filter' : 'Nothing has happened yet'}</h2>
        ${isFiltered(this.filter) ? html`<p>Choose a longer time, or clear the filter.</p>` : nothing}
      </section>`
    }
    const names = namesIn(events)
    return html`<section class="card" aria-label="Audit log">
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">When</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          ${events.map((event) => this.row(event, names))}
        </tbody>
      </table>
    </section>`
  }

  private row(event: AuditEvent, names: ReadonlyMap<string, string>) {
    const { word, tone } = OUTCOMES[event.outcome]
    const isOpen = this.opened.has(event.id)
    const details = `details-${event.id}`
    const name = names.get(event.targetId)
    const target = name ?? event.targetId
    return html`<tr>
        <td class="main">
          <button
            type="button"
            class="what"
            aria-expanded=${isOpen ? 'true' : 'false'}
            aria-controls=${isOpen ? details : nothing}
            @click=${() => this.toggle(event.id)}
          >
            ${actionWords(event.action)}
          </button>
          <button
            type="button"
            class="about ${name === undefined ? 'code' : ''}"
            title="Show only what was done to ${event.targetId}"
            aria-label="Show only what was done to ${target}"
            @click=${() => this.narrow({ ...this.filter, targetId: event.targetId })}
          >
            ${target}
          </button>
        </td>
        <td data-label="Who"><span>${whoWords(event.actor)}</span></td>
        <td data-label="When"><time datetime=${event.at}>${time.format(new Date(event.at))}</time></td>
        <td data-label="Outcome"><span class="badge ${tone}">${word}</span></td>
      </tr>
      ${isOpen ? html`<tr class="more" id=${details}><td class="wide" colspan="4">${eventDetails(event)}</td></tr>` : nothing}`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-audit-log': AuditLogPage
  }
}
