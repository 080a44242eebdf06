import { ScheduleCreate, type ScheduleProgress, upcomingOccurrences } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { checkField, selectField, textField } from '../ui/field.ts'
import type { FormErrors } from '../ui/form-errors.ts'
import { dateField } from './date-field.ts'
import { occurrenceTable } from './occurrence-table.ts'
import { FIELD_OF, FREQUENCIES, frequencyIn, scheduleInput } from './schedule-input.ts'

const PREVIEWED = 12
const ROLLS = { before: 'Pay on the banking day before', after: 'Pay on the banking day after' }
const ENDS = { never: 'Never', on: 'On a date', after: 'After a number of payments' }
const TRANSMITS = { now: 'Send it at once', nextCutoff: 'Send it before the next cutoff' }

/** The fields of a schedule, with what is wrong in them. */
export interface ScheduleForm {
  readonly texts: Readonly<Record<string, string>>
  readonly errors: FormErrors
}

export function nameField({ texts, errors }: ScheduleForm) {
  const hint = 'Its files get this name and the date.'
  const value = texts['name'] ?? ''
  return textField({
    name: 'name',
    label: 'Name',
    hint,
    value,
    error: errors['name'],
    isRequired: true,
    maxLength: 100,
  })
}

export function whenCard(form: ScheduleForm, startHint: string) {
  const { texts, errors } = form
  const value = (name: string) => texts[name] ?? ''
  return html`<section class="card">
    <h2>When</h2>
    <div class="fields">
      ${selectField({ name: 'frequency', label: 'How often', value: value('frequency'), choices: FREQUENCIES })}
      ${ruleFields(form)}
      ${dateField({ name: 'startsOn', label: 'First date', value: value('startsOn'), hint: startHint, error: errors['startsOn'] })}
      ${selectField({ name: 'roll', label: 'On a day banks are closed', value: value('roll'), choices: ROLLS })}
      ${selectField({ name: 'end', label: 'Ends', value: value('end'), choices: ENDS })} ${endField(form)}
    </div>
  </section>`
}

export function howCard({ texts, errors }: ScheduleForm) {
  const hint = 'So long before it pays, the file is made and sent for approval.'
  return html`<section class="card">
    <h2>How</h2>
    <div class="fields">
      ${textField({ name: 'leadDays', label: 'Banking days before', value: texts['leadDays'] ?? '', hint, error: errors['leadDays'], inputMode: 'numeric' })}
      ${selectField({ name: 'transmit', label: 'Once it is submitted', value: texts['transmit'] ?? '', choices: TRANSMITS, error: errors['transmit'] })}
      ${checkField({ name: 'submitOnApproval', label: 'The last approval also submits it', isChecked: texts['submitOnApproval'] === 'on' })}
    </div>
  </section>`
}

function ruleFields({ texts, errors }: ScheduleForm) {
  const field = (name: string, label: string, hint: string) =>
    textField({ name, label, hint, value: texts[name] ?? '', error: errors[name], inputMode: 'numeric' })
  const day = (name: string, label: string) => field(name, label, '1 to 31; 31 is the last day.')
  const months = field('everyMonths', 'Every how many months', '1 is every month, 3 every quarter.')
  switch (frequencyIn(texts)) {
    case 'semiMonthly':
      return [day('firstDay', 'First day'), day('secondDay', 'Second day')]
    case 'monthly':
      return [day('day', 'Day of the month'), months]
    case 'bankingDay':
      return [field('nth', 'Banking day', '1 to 15.'), months]
    case 'lastBankingDay':
      return months
    case 'weekly':
    case 'biweekly':
    case 'fourWeekly':
      return nothing
  }
}

function endField({ texts, errors }: ScheduleForm) {
  const error = (name: string) => errors[name]
  if (texts['end'] === 'on') {
    const value = texts['endDate'] ?? ''
    return dateField({ name: 'endDate', label: 'No payment after', value, error: error('endDate') })
  }
  if (texts['end'] !== 'after') return nothing
  const value = texts['endCount'] ?? ''
  return textField({ name: 'endCount', label: 'Payments', value, error: error('endCount'), inputMode: 'numeric' })
}

/** What the terms that are typed would pay next. */
export function previewCard({ texts }: ScheduleForm, progress: ScheduleProgress) {
  const checked = ScheduleCreate.safeParse({
    ...scheduleInput(texts),
    name: 'preview',
    templateId: 'tpl_00000000000000000000000000',
  })
  const found = checked.success ? upcomingOccurrences(checked.data, progress, PREVIEWED) : []
  return html`<section class="card" aria-live="polite">
    <h2>The next payments</h2>
    ${
      found.length === 0
        ? html`<p class="muted">${checked.success ? 'With this end there is none.' : 'They are shown here once the dates are complete.'}</p>`
        : occurrenceTable(found, 'The next payments')
    }
  </section>`
}

/** The same at the fields that people typed in. */
export function inTheForm(errors: FormErrors): FormErrors {
  return Object.fromEntries(Object.entries(errors).map(([place, message]) => [FIELD_OF[place] ?? place, message]))
}
