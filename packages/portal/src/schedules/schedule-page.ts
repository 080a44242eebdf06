import type { Occurrence, Schedule, ScheduleRun } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FormPage } from '../pages/form-page.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { formStyles } from '../styles/form-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { agrees } from '../ui/question-dialog.ts'
import { occurrenceTable } from './occurrence-table.ts'
import { decisionsAbout, type ScheduleDecision } from './schedule-decisions.ts'
import { dayWords, ruleWords, STATUS_WORDS } from './words.ts'

/** A year of weeks. */
const SHOWN = 53
const OUTCOMES: Readonly<Record<ScheduleRun['outcome'], string>> = {
  made: 'File made',
  failed: 'Not made yet',
  missed: 'Missed',
  skipped: 'Skipped',
}

/** One schedule: what it will pay, what it paid, and what a person can do about it. */
@customElement('portal-schedule')
export class SchedulePage extends FormPage {
  static override styles = [pageStyles, formStyles, tableStyles]

  @property({ attribute: false }) scheduleId = ''

  private readonly data = new Loader(this, async () => {
    const [schedule, upcoming, runs] = await Promise.all([
      this.client.schedules.retrieve(this.scheduleId),
      this.client.schedules.upcoming(this.scheduleId, { count: SHOWN }),
      this.client.schedules.listRuns(this.scheduleId, { limit: 50 }),
    ])
    return { schedule, upcoming: ofOneYear(upcoming.occurrences), runs: runs.data }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.data.load()
  }

  private async decide({ question, run }: ScheduleDecision): Promise<void> {
    if (this.isBusy || !(await agrees(this, question))) return
    this.failure = null
    await this.attempt(run)
    if (this.failure !== null) return
    await this.data.load()
    await this.updateComplete
    // What was pressed may be gone with what it offered.
    if (this.shadowRoot?.activeElement === null) this.renderRoot.querySelector<HTMLElement>('#about')?.focus()
  }

  protected override render() {
    return html`<p class="bar"><a href="/schedules">All schedules</a></p>
      ${this.data.show('the schedule', ({ schedule, upcoming, runs }) => [
        this.about(schedule),
        this.next(upcoming),
        this.history(runs),
      ])}`
  }

  private about(schedule: Schedule) {
    const { name, status, rule, templateId, templateName, ends, leadDays, problem, needsConfirmation } = schedule
    const end =
      ends.when === 'never' ? 'no end' : ends.when === 'on' ? `until ${dayWords(ends.date)}` : `${ends.count} payments`
    return html`<section class="card stack">
      <h2 id="about" tabindex="-1">${name} <span class="badge ${status === 'active' ? 'positive' : ''}">${STATUS_WORDS[status]}</span></h2>
      <p>
        ${ruleWords(rule)}, ${end}. Made from
        <a href="/schedules/templates/${templateId}">${templateName}</a> ${leadDays} banking days before, and sent for
        approval.
      </p>
      ${
        needsConfirmation
          ? html`<div class="notice critical" role="status">
              <p>The template was changed. No file is made before somebody has looked at it and confirms the schedule.</p>
            </div>`
          : problem === null
            ? nothing
            : html`<div class="notice critical" role="status"><p>The next file could not be made: ${problem}</p></div>`
      }
      ${failureNotice(this.failure)} ${this.actions(schedule)}
    </section>`
  }

  private actions(schedule: Schedule) {
    const decisions = this.may('schedules:write') ? decisionsAbout(schedule, this.client) : []
    if (decisions.length === 0) return nothing
    return html`<div class="actions">
      <a class="button" href="/schedules/${schedule.id}/edit">Edit</a>
      ${decisions.map(
        (one) =>
          html`<button type="button" class="button ${one.look}" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${() => this.decide(one)}>${one.word}</button>`,
      )}
    </div>`
  }

  private next(upcoming: readonly Occurrence[]) {
    return html`<section class="card">
      <h2>The next payments</h2>
      ${upcoming.length === 0 ? html`<p class="muted">There is none.</p>` : occurrenceTable(upcoming, 'The next payments')}
    </section>`
  }

  private history(runs: readonly ScheduleRun[]) {
    if (runs.length === 0) return nothing
    return html`<section class="card">
      <h2>What became of the others</h2>
      <table aria-label="What became of the others">
        <thead>
          <tr>
            <th scope="col">Payment of</th>
            <th scope="col">Outcome</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          ${runs.map(
            ({ paysOn, outcome, achFileId, problem }) => html`<tr>
              <td class="main">
                ${achFileId === null ? dayWords(paysOn) : html`<a href="/payments/${achFileId}">${dayWords(paysOn)}</a>`}
              </td>
              <td data-label="Outcome">
                <span class="badge ${outcome === 'made' ? 'positive' : outcome === 'skipped' ? '' : 'critical'}"
                  >${OUTCOMES[outcome]}</span
                >
              </td>
              <td data-label="Why">${problem ?? '–'}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </section>`
  }
}

function ofOneYear(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  const [first] = occurrences
  if (first === undefined) return occurrences
  const end = `${Number(first.paysOn.slice(0, 4)) + 1}${first.paysOn.slice(4)}`
  return occurrences.filter(({ paysOn }) => paysOn <= end)
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-schedule': SchedulePage
  }
}
