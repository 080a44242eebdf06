import type { AuditEvent, AuditEventFilter } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { textsOf } from '../ui/form-errors.ts'
import { selectField, textField } from '../ui/field.ts'

/** What the form says: days as people mean them, the rest as it is sent. */
export interface TypedFilter {
  fromDay: string
  toDay: string
  actor: string
  action: string
  outcome: '' | AuditEvent['outcome']
  targetId: string
}

export const NO_FILTER: TypedFilter = { fromDay: '', toDay: '', actor: '', action: '', outcome: '', targetId: '' }

const ACTIONS: Readonly<Record<string, string>> = {
  '': 'Everything',
  achFile: 'Payments',
  submission: 'Deliveries to the bank',
  recipient: 'Recipients',
  bankAccount: 'Bank accounts',
  bankConnection: 'Bank connections',
  user: 'Sign-ins',
  embedSession: 'Embedded sessions',
  access: 'Refused access',
  auditEvents: 'Exports of this log',
}

const OUTCOMES: Readonly<Record<string, string>> = {
  '': 'Any',
  succeeded: 'Done',
  failed: 'Failed',
  denied: 'Denied',
}

export function isFiltered(typed: TypedFilter): boolean {
  return Object.values(typed).some((value) => value !== '')
}

/** As it is sent. Days begin and end where the person is. */
export function filterOf(typed: TypedFilter): AuditEventFilter {
  const { fromDay, toDay, actor, action, outcome, targetId } = typed
  return {
    ...(fromDay === '' ? {} : { from: startOf(fromDay, 0) }),
    ...(toDay === '' ? {} : { to: startOf(toDay, 1) }),
    ...(actor === '' ? {} : { actor }),
    ...(action === '' ? {} : { action }),
    ...(outcome === '' ? {} : { outcome }),
    ...(targetId === '' ? {} : { targetId }),
  }
}

function startOf(day: string, later: number): string {
  const start = new Date(`${day}T00:00:00`)
  start.setDate(start.getDate() + later)
  return start.toISOString()
}

/** What was chosen in a form of `filterForm`. */
export function typedIn(form: HTMLFormElement, before: TypedFilter): TypedFilter {
  const texts = textsOf(form)
  const text = (name: keyof TypedFilter) => texts[name] ?? ''
  const outcome = text('outcome')
  return {
    ...before,
    fromDay: text('fromDay'),
    toDay: text('toDay'),
    actor: text('actor'),
    action: text('action'),
    outcome: outcome in OUTCOMES ? (outcome as TypedFilter['outcome']) : '',
  }
}

export interface FilterActions {
  change(event: Event): void
  clear(): void
  allTargets(): void
}

export function filterForm(typed: TypedFilter, actions: FilterActions) {
  const { fromDay, toDay } = typed
  const isBackwards = fromDay !== '' && toDay !== '' && fromDay > toDay
  return html`<form class="filter" role="search" aria-label="Filter the audit log" @change=${actions.change} @submit=${actions.change}>
    ${dayField('fromDay', 'From', fromDay)}
    ${dayField('toDay', 'To', toDay, isBackwards ? 'is before the first day' : undefined)}
    ${textField({ name: 'actor', label: 'Who', value: typed.actor, maxLength: 200 })}
    ${selectField({ name: 'action', label: 'What', value: typed.action, choices: ACTIONS })}
    ${selectField({ name: 'outcome', label: 'Outcome', value: typed.outcome, choices: OUTCOMES })}
    <p class="chosen">
      ${
        typed.targetId === ''
          ? nothing
          : html`<span>Only <span class="code">${typed.targetId}</span></span>
              <button type="button" class="button" @click=${actions.allTargets}>Show all</button>`
      }
      <button type="button" class="button" ?hidden=${!isFiltered(typed)} @click=${actions.clear}>Clear filter</button>
    </p>
  </form>`
}

function dayField(name: string, label: string, value: string, error?: string) {
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input
      id=${name}
      name=${name}
      type="date"
      .value=${value}
      aria-invalid=${error ? 'true' : 'false'}
      aria-describedby=${error ? `${name}-error` : nothing}
    />
    ${error ? html`<p class="wrong" id="${name}-error">${label} ${error}.</p>` : nothing}
  </div>`
}
