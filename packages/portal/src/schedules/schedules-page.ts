import { formatCents, type Schedule, type TemplateSummary } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { PortalPage } from '../pages/portal-page.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { Loader } from '../ui/loader.ts'
import { dayWords, ruleWords, STATUS_WORDS } from './words.ts'

/** Schedules with their next payment, and the templates that they and people use. */
@customElement('portal-schedules')
export class SchedulesPage extends PortalPage {
  static override styles = [pageStyles, tableStyles]

  private readonly data = new Loader(this, async () => {
    const [schedules, templates] = await Promise.all([
      this.client.schedules.list({ limit: 200 }),
      this.client.templates.list({ limit: 200 }),
    ])
    return { schedules: schedules.data, templates: templates.data }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.data.load()
  }

  protected override render() {
    return this.data.show('schedules', ({ schedules, templates }) => {
      if (templates.length === 0) return this.empty()
      return html`${this.scheduleCard(schedules)} ${this.templateCard(templates)}`
    })
  }

  private scheduleCard(schedules: readonly Schedule[]) {
    return html`<div class="bar">
        <p class="muted">Files that are made by themselves, and wait for approval like any other.</p>
        ${this.may('schedules:write') ? html`<a class="button primary" href="/schedules/new">New schedule</a>` : nothing}
      </div>
      <section class="card" aria-label="Schedules">
        ${
          schedules.length === 0
            ? html`<p class="muted">No schedule yet.</p>`
            : html`<table>
                <thead>
                  <tr>
                    <th scope="col">Schedule</th>
                    <th scope="col">How often</th>
                    <th scope="col">Next payment</th>
                    <th scope="col">Status</th>
                  </tr>
                </thead>
                <tbody>
                  ${schedules.map((schedule) => this.scheduleRow(schedule))}
                </tbody>
              </table>`
        }
      </section>`
  }

  private scheduleRow(schedule: Schedule) {
    const { id, name, templateName, rule, next, status, problem, needsConfirmation } = schedule
    const isWrong = problem !== null || needsConfirmation
    return html`<tr>
      <td class="main"><strong><a href="/schedules/${id}">${name}</a></strong><small>${templateName}</small></td>
      <td data-label="How often">${ruleWords(rule)}</td>
      <td data-label="Next payment">${next === null ? '–' : dayWords(next.paysOn)}</td>
      <td data-label="Status">
        <span class="badge ${isWrong ? 'critical' : status === 'active' ? 'positive' : ''}"
          >${isWrong && status !== 'ended' ? 'Needs attention' : STATUS_WORDS[status]}</span
        >
      </td>
    </tr>`
  }

  private templateCard(templates: readonly TemplateSummary[]) {
    return html`<section class="card" aria-labelledby="templates">
      <div class="bar">
        <h2 id="templates">Templates</h2>
        ${this.may('schedules:write') ? html`<a class="button" href="/schedules/templates/new">New template</a>` : nothing}
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Template</th>
            <th scope="col">Entries</th>
            <th scope="col">Credits</th>
            <th scope="col">Debits</th>
          </tr>
        </thead>
        <tbody>
          ${templates.map(
            ({ id, name, entryCount, creditCents, debitCents, openAmounts }) => html`<tr>
              <td class="main">
                <strong><a href="/schedules/templates/${id}">${name}</a></strong>
                ${openAmounts === 0 ? nothing : html`<small>${openAmounts} amounts are said each time</small>`}
              </td>
              <td data-label="Entries">${entryCount}</td>
              <td data-label="Credits">${formatCents(creditCents)}</td>
              <td data-label="Debits">${formatCents(debitCents)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </section>`
  }

  private empty() {
    return html`<section class="card empty">
      <h2>No template yet</h2>
      <p>Write one, or open a payment that you make again and again and save it as a template: then it can be scheduled.</p>
      ${this.may('schedules:write') ? html`<a class="button primary" href="/schedules/templates/new">New template</a>` : html`<a class="button primary" href="/payments">Go to the payments</a>`}
    </section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-schedules': SchedulesPage
  }
}
