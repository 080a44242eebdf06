import { NOTHING_YET, ScheduleCreate, type TemplateSummary, upcomingOccurrences } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { FormPage } from '../pages/form-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { checkField, selectField, textField } from '../ui/field.ts'
import { errorsOfIssues, type FormErrors, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { dateField } from './date-field.ts'
import { occurrenceTable } from './occurrence-table.ts'
import { FIELD_OF, FREQUENCIES, frequencyIn, scheduleInput } from './schedule-input.ts'

const PREVIEWED = 12

/** Starts a schedule; what it will pay is shown while it is typed. */
@customElement('portal-new-schedule')
export class NewSchedulePage extends FormPage {
  static override styles = [pageStyles, formStyles, tableStyles]

  @state() private texts: Readonly<Record<string, string>> = { frequency: 'monthly', day: '1', leadDays: '3' }

  private readonly templates = new Loader(this, async () => (await this.client.templates.list({ limit: 200 })).data)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.templates.load()
  }

  private readonly changed = (event: Event) => {
    this.onInput(event)
    this.texts = textsOf(event.currentTarget as HTMLFormElement)
  }

  private readonly save = async (event: SubmitEvent) => {
    event.preventDefault()
    const texts = textsOf(event.target as HTMLFormElement)
    const checked = ScheduleCreate.safeParse(scheduleInput(texts))
    this.failure = null
    this.errors = checked.success ? {} : inTheForm(errorsOfIssues(checked.error.issues, texts))
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      const { id } = await this.client.schedules.create(checked.data)
      this.go(`/schedules/${id}`)
    })
    this.errors = inTheForm(this.errors)
  }

  protected override render() {
    return html`<p class="bar"><a href="/schedules">All schedules</a></p>
      ${this.templates.show('templates', (templates) => this.form(templates))}`
  }

  private form(templates: readonly TemplateSummary[]) {
    const usable = templates.filter(({ openAmounts }) => openAmounts === 0)
    if (usable.length === 0) {
      return html`<section class="card empty">
        <h2>No template that can be scheduled</h2>
        <p>A schedule needs a template in which every amount is said. Save a payment as a template first.</p>
        <a class="button primary" href="/payments">Go to the payments</a>
      </section>`
    }
    const error = (name: string) => this.errors[name]
    const choices = Object.fromEntries(usable.map(({ id, name }) => [id, name]))
    return html`<form novalidate @submit=${this.save} @input=${this.changed}>
      <section class="card">
        <h2>What is paid</h2>
        <div class="fields">
          ${textField({ name: 'name', label: 'Name', hint: 'Its files get this name and the date.', error: error('name'), isRequired: true, maxLength: 100 })}
          ${selectField({ name: 'templateId', label: 'Template', choices, error: error('templateId') })}
        </div>
      </section>
      <section class="card">
        <h2>When</h2>
        <div class="fields">
          ${selectField({ name: 'frequency', label: 'How often', value: 'monthly', choices: FREQUENCIES })}
          ${this.ruleFields()}
          ${dateField({ name: 'startsOn', label: 'First date', hint: 'No payment before it; weeks are counted from it.', error: error('startsOn') })}
          ${selectField({ name: 'roll', label: 'On a day banks are closed', choices: { before: 'Pay on the banking day before', after: 'Pay on the banking day after' } })}
          ${this.endFields()}
        </div>
      </section>
      <section class="card">
        <h2>How</h2>
        <div class="fields">
          ${textField({ name: 'leadDays', label: 'Banking days before', value: '3', hint: 'So long before it pays, the file is made and sent for approval.', error: error('leadDays'), inputMode: 'numeric' })}
          ${selectField({ name: 'transmit', label: 'Once it is submitted', choices: { now: 'Send it at once', nextCutoff: 'Send it before the next cutoff' } })}
          ${checkField({ name: 'submitOnApproval', label: 'The last approval also submits it', isChecked: false })}
        </div>
      </section>
      ${this.preview()} ${failureNotice(this.failure)}
      <div class="actions">
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>Start the schedule</button>
        <a class="button" href="/schedules">Cancel</a>
      </div>
    </form>`
  }

  private ruleFields() {
    const error = (name: string) => this.errors[name]
    const day = (name: string, label: string, value: string) =>
      textField({ name, label, value, hint: '1 to 31; 31 is the last day.', error: error(name), inputMode: 'numeric' })
    switch (frequencyIn(this.texts)) {
      case 'semiMonthly':
        return [day('firstDay', 'First day', '15'), day('secondDay', 'Second day', '31')]
      case 'monthly':
        return day('day', 'Day of the month', '1')
      case 'bankingDay':
        return textField({
          name: 'nth',
          label: 'Banking day',
          value: '1',
          hint: '1 to 15.',
          error: error('nth'),
          inputMode: 'numeric',
        })
      case 'weekly':
      case 'biweekly':
      case 'lastBankingDay':
        return nothing
    }
  }

  private endFields() {
    const end = this.texts['end'] ?? 'never'
    const choices = { never: 'Never', on: 'On a date', after: 'After a number of payments' }
    return html`${selectField({ name: 'end', label: 'Ends', choices })}
    ${end === 'on' ? dateField({ name: 'endDate', label: 'No payment after', error: this.errors['endDate'] }) : nothing}
    ${end === 'after' ? textField({ name: 'endCount', label: 'Payments', value: '12', error: this.errors['endCount'], inputMode: 'numeric' }) : nothing}`
  }

  private preview() {
    const checked = ScheduleCreate.safeParse({
      ...scheduleInput(this.texts),
      name: 'preview',
      templateId: 'tpl_00000000000000000000000000',
    })
    const found = checked.success ? upcomingOccurrences(checked.data, NOTHING_YET, PREVIEWED) : []
    return html`<section class="card" aria-live="polite">
      <h2>The next payments</h2>
      ${
        found.length === 0
          ? html`<p class="muted">${checked.success ? 'With this end there is none.' : 'They are shown here once the dates are complete.'}</p>`
          : occurrenceTable(found, 'The next payments')
      }
    </section>`
  }
}

/** The same at the fields that people typed in. */
function inTheForm(errors: FormErrors): FormErrors {
  return Object.fromEntries(Object.entries(errors).map(([place, message]) => [FIELD_OF[place] ?? place, message]))
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-new-schedule': NewSchedulePage
  }
}
