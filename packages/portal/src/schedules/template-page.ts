import {
  type EffectiveDates,
  formatCents,
  parseDollars,
  type Schedule,
  type Template,
  TemplateUse,
} from '@fistworks/contract'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FormPage } from '../pages/form-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { dateField } from './date-field.ts'
import { offeredDatesTable } from './offered-dates-table.ts'
import { agrees } from '../ui/question-dialog.ts'

/** One template: makes a draft for a date, with other amounts where they are typed. */
@customElement('portal-template')
export class TemplatePage extends FormPage {
  static override styles = [
    pageStyles,
    formStyles,
    tableStyles,
    css`
      table {
        table-layout: fixed;
        margin-block-end: 1rem;
      }
      .offered {
        margin-block-start: 1rem;
      }
      .offered table {
        margin-block-end: 0.5rem;
      }
      .links {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
      }
      .notice {
        max-width: 44rem;
        margin-block-end: 1rem;
      }
    `,
  ]

  @property({ attribute: false }) templateId = ''

  private readonly template = new Loader(this, async () => {
    const template = await this.client.templates.retrieve(this.templateId)
    const account = template.batches[0]?.bankAccountId
    const offered = account && this.may('bank-accounts:read') ? await this.offers(template, account) : null
    const schedules = (await this.client.schedules.list({ limit: 200 })).data
    return { template, offered, users: schedules.filter(({ templateId }) => templateId === this.templateId) }
  })

  /** The dates that every entry can have: debits decide where there are some. */
  private offers({ debitCents }: Template, account: string) {
    return this.client.effectiveDates.retrieve(account, { direction: debitCents > 0 ? 'debit' : 'credit' })
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.template.load()
  }

  private readonly use = async (event: SubmitEvent) => {
    event.preventDefault()
    const texts = textsOf(event.target as HTMLFormElement)
    const { amounts, wrong } = amountsOf(texts)
    const checked = TemplateUse.safeParse({ effectiveDate: texts['effectiveDate'], amounts })
    this.failure = null
    this.errors = { ...wrong, ...(checked.success ? {} : errorsOfIssues(checked.error.issues, texts)) }
    if (!checked.success || Object.keys(wrong).length > 0) return this.showWrong()
    await this.attempt(async () => {
      const { id } = await this.client.templates.use(this.templateId, checked.data)
      this.go(`/payments/${id}`)
    })
  }

  private readonly take = (date: string) => {
    const field = this.renderRoot.querySelector<HTMLInputElement>('#effectiveDate')
    if (field === null) return
    field.value = date
    field.focus()
    // As if it had been typed: the page knows that something would be lost.
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
  }

  private readonly archive = async (version: number) => {
    const isSure = await agrees(this, {
      heading: 'Archive this template?',
      text: 'It cannot be used any more; payments made from it stay.',
      confirm: 'Archive',
      isDangerous: true,
    })
    if (!isSure) return
    await this.attempt(async () => {
      await this.client.templates.archive(this.templateId, { version })
      this.go('/schedules')
    })
  }

  protected override render() {
    return html`<p class="bar"><a href="/schedules">All schedules and templates</a></p>
      ${this.template.show('the template', ({ template, offered, users }) => [this.usedBy(users), this.form(template, offered)])}`
  }

  /** Schedules that wait for somebody to look at this template come first to the eye. */
  private usedBy(users: readonly Schedule[]) {
    const running = users.filter(({ status }) => status !== 'ended')
    if (running.length === 0) return nothing
    const link = ({ id, name }: Schedule) => html`<li><a href="/schedules/${id}">${name}</a></li>`
    const waiting = running.filter(({ needsConfirmation }) => needsConfirmation)
    if (waiting.length === 0)
      return html`<div class="bar"><p class="muted">Used by:</p><ul class="links">${running.map(link)}</ul></div>`
    return html`<div class="notice caution" role="status">
      <p>This template was changed. No file is made before the schedule is confirmed:</p>
      <ul>${waiting.map(link)}</ul>
    </div>`
  }

  private form(template: Template, offered: EffectiveDates | null) {
    const mayUse = this.may('ach-files:write') && template.archivedAt === null
    return html`<form novalidate @submit=${this.use} @input=${this.onInput}>
      <section class="card">
        <h2>${template.name}</h2>
        ${template.batches.map((batch, index) => this.batch(batch, index, mayUse))}
        ${mayUse ? html`<div class="fields">${dateField({ name: 'effectiveDate', label: 'Pays on', value: firstOf(offered), error: this.errors['effectiveDate'] })}</div>` : nothing}
        ${mayUse && offered !== null ? html`<div class="offered">${offeredDatesTable(offered.dates, this.take)}</div>` : nothing}
      </section>
      ${failureNotice(this.failure)}
      <div class="actions">
        ${mayUse ? html`<button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>Make a draft</button>` : nothing}
        ${
          this.may('schedules:write') && template.archivedAt === null
            ? html`<a class="button" href="/schedules/templates/${template.id}/edit">Edit</a>
                <button type="button" class="button quiet" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${() => this.archive(template.version)}>Archive</button>`
            : nothing
        }
      </div>
    </form>`
  }

  private batch(
    { secCode, companyEntryDescription, entries }: Template['batches'][number],
    batch: number,
    mayUse: boolean,
  ) {
    return html`<table aria-label="${secCode} ${companyEntryDescription}">
      <thead>
        <tr>
          <th scope="col">Recipient</th>
          <th scope="col">Direction</th>
          <th scope="col">Amount</th>
        </tr>
      </thead>
      <tbody>
        ${entries.map(({ recipientName, accountNumberLast4, isArchived, direction, amountCents }, entry) => {
          const name = `amount-${batch}-${entry}`
          const error = this.errors[name]
          const shown = amountCents === null ? '' : formatCents(amountCents)
          return html`<tr>
            <td class="main">
              ${recipientName} <span class="muted">••••${accountNumberLast4}</span> ${isArchived ? html`<span class="badge critical">Archived</span>` : nothing}
            </td>
            <td data-label="Direction">${direction === 'credit' ? 'Pay' : 'Collect'}</td>
            <td data-label="Amount">
              ${
                mayUse
                  ? html`<input
                        name=${name}
                        value=${shown}
                        inputmode="decimal"
                        autocomplete="off"
                        aria-label="Amount for ${recipientName}"
                        aria-invalid=${error ? 'true' : 'false'}
                      />${error ? html`<p class="wrong">Amount ${error}.</p>` : nothing}`
                  : shown
              }
            </td>
          </tr>`
        })}
      </tbody>
    </table>`
  }
}

/** The next date that costs no same-day fee. */
const firstOf = (offered: EffectiveDates | null): string =>
  (offered?.dates.find(({ sameDay }) => !sameDay) ?? offered?.dates[0])?.effectiveDate ?? ''

/** What was typed at each entry, in cents. */
function amountsOf(texts: Readonly<Record<string, string>>) {
  const amounts: { batch: number; entry: number; amountCents: number }[] = []
  const wrong: Record<string, string> = {}
  for (const [name, text] of Object.entries(texts)) {
    const [, batch, entry] = /^amount-(\d+)-(\d+)$/.exec(name) ?? []
    if (batch === undefined || entry === undefined) continue
    const { cents, problem } = parseDollars(text)
    if (problem === null) amounts.push({ batch: Number(batch), entry: Number(entry), amountCents: cents })
    else wrong[name] = text === '' ? 'must not be empty' : problem
  }
  return { amounts, wrong }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-template': TemplatePage
  }
}
