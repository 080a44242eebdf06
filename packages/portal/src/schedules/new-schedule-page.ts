import { NOTHING_YET, ScheduleCreate, type TemplateSummary } from '@fistworks/contract'
import { html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { FormPage } from '../pages/form-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { type Failure, failureNotice } from '../ui/failure.ts'
import { selectField } from '../ui/field.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { howCard, inTheForm, nameField, previewCard, whenCard } from './schedule-fields.ts'
import { NEW_TEXTS, scheduleInput } from './schedule-input.ts'

/** Starts a schedule; what it will pay is shown while it is typed. */
@customElement('portal-new-schedule')
export class NewSchedulePage extends FormPage {
  static override styles = [pageStyles, formStyles, tableStyles]

  @state() private texts: Readonly<Record<string, string>> = NEW_TEXTS

  private readonly templates = new Loader(this, async () => (await this.client.templates.list({ limit: 200 })).data)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.templates.load()
  }

  private readonly changed = (event: Event) => {
    this.onInput(event)
    this.texts = { ...this.texts, submitOnApproval: '', ...textsOf(event.currentTarget as HTMLFormElement) }
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
  }

  protected override errorsOf(failure: Failure) {
    return inTheForm(super.errorsOf(failure))
  }

  protected override render() {
    return html`<p class="bar"><a href="/schedules">All schedules</a></p>
      ${this.may('schedules:write') ? this.templates.show('templates', (templates) => this.form(templates)) : this.lookOnly()}`
  }

  private form(templates: readonly TemplateSummary[]) {
    const usable = templates.filter(({ openAmounts }) => openAmounts === 0)
    if (usable.length === 0) {
      return html`<section class="card empty">
        <h2>No template that can be scheduled</h2>
        <p>A schedule needs a template in which every amount is said. Make one, or save a payment as a template.</p>
        <a class="button primary" href="/schedules/templates/new">New template</a>
      </section>`
    }
    const form = { texts: this.texts, errors: this.errors }
    const choices = Object.fromEntries(usable.map(({ id, name }) => [id, name]))
    return html`<form novalidate @submit=${this.save} @input=${this.changed}>
      <section class="card">
        <h2>What is paid</h2>
        <div class="fields">
          ${nameField(form)} ${selectField({ name: 'templateId', label: 'Template', choices, error: this.errors['templateId'] })}
        </div>
      </section>
      ${whenCard(form, 'No payment before it; weeks are counted from it.')} ${howCard(form)}
      ${previewCard(form, NOTHING_YET)} ${failureNotice(this.failure)}
      <div class="actions">
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>Start the schedule</button>
        <a class="button" href="/schedules">Cancel</a>
      </div>
    </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-new-schedule': NewSchedulePage
  }
}
