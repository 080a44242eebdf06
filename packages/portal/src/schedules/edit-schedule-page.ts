import { type Schedule, ScheduleUpdate } from '@fistworks/contract'
import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FormPage } from '../pages/form-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { type Failure, failureNotice } from '../ui/failure.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { howCard, inTheForm, nameField, previewCard, whenCard } from './schedule-fields.ts'
import { NEW_TEXTS, scheduleChange, textsOfSchedule } from './schedule-input.ts'

/** Changes what a schedule does by itself; the payments to come are shown as they would be. */
@customElement('portal-edit-schedule')
export class EditSchedulePage extends FormPage {
  static override styles = [
    pageStyles,
    formStyles,
    tableStyles,
    css`
      .below {
        margin-block-start: 1rem;
      }
    `,
  ]

  @property({ attribute: false }) scheduleId = ''
  @state() private texts: Readonly<Record<string, string>> = NEW_TEXTS

  private readonly schedule = new Loader(this, async () => {
    const schedule = await this.client.schedules.retrieve(this.scheduleId)
    this.texts = textsOfSchedule(schedule)
    return schedule
  })

  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.hasUnsavedInput) void this.schedule.load()
  }

  private readonly changed = (event: Event) => {
    this.onInput(event)
    this.texts = { ...this.texts, submitOnApproval: '', ...textsOf(event.currentTarget as HTMLFormElement) }
  }

  private readonly save = async (event: SubmitEvent) => {
    event.preventDefault()
    const texts = textsOf(event.target as HTMLFormElement)
    const checked = ScheduleUpdate.safeParse(scheduleChange(texts, this.schedule.value?.version ?? 0))
    this.failure = null
    this.errors = checked.success ? {} : inTheForm(errorsOfIssues(checked.error.issues, texts))
    if (!checked.success) return this.showWrong()
    await this.attempt(async () => {
      await this.client.schedules.update(this.scheduleId, checked.data)
      this.go(`/schedules/${this.scheduleId}`)
    })
  }

  protected override errorsOf(failure: Failure) {
    return inTheForm(super.errorsOf(failure))
  }

  protected override render() {
    return html`<p class="bar"><a href="/schedules/${this.scheduleId}">Back to the schedule</a></p>
      ${this.may('schedules:write') ? this.schedule.show('the schedule', (schedule) => this.form(schedule)) : this.lookOnly()}`
  }

  private form({ status, templateId, templateName, progress }: Schedule) {
    if (status === 'ended') return html`<p class="notice">This schedule has ended: start a new one instead.</p>`
    const form = { texts: this.texts, errors: this.errors }
    return html`<form novalidate @submit=${this.save} @input=${this.changed}>
      <section class="card">
        <h2>What is paid</h2>
        <div class="fields">${nameField(form)}</div>
        <p class="muted below">
          Recipients, amounts and the account that pays are those of the template
          <a href="/schedules/templates/${templateId}">${templateName}</a>: change them there.
        </p>
      </section>
      ${whenCard(form, 'No payment before it; weeks and months are counted from it. A new one must not be in the past.')}
      ${howCard(form)} ${previewCard(form, progress)}
      <p class="muted">Files that were made stay as they are. Whoever changes a schedule cannot approve its files.</p>
      ${failureNotice(this.failure)}
      <div class="actions">
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>Save the schedule</button>
        <a class="button" href="/schedules/${this.scheduleId}">Cancel</a>
      </div>
    </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-edit-schedule': EditSchedulePage
  }
}
