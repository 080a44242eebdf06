import type { AuditEvent } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { actionWords } from './action-words.ts'

/** One value that was changed, or that an event tells of. */
interface Change {
  name: string
  before: unknown
  after: unknown
}

/** All there is to know of an event: what changed, and how it came. */
export function eventDetails(event: AuditEvent) {
  const changes = changesOf(event)
  const others = Object.entries(event.data).filter(([name]) => name !== 'before' && name !== 'after')
  return html`<div class="details">
    ${changes.length === 0 ? nothing : changeTable(changes)}
    ${
      others.length === 0
        ? nothing
        : html`<dl>${others.map(([name, value]) => html`<div><dt>${actionWords(name)}</dt><dd>${words(value)}</dd></div>`)}</dl>`
    }
    <dl class="muted">
      ${fact('Through', event.via === null ? null : throughWords(event.via))} ${fact('Address', event.ip)}
      ${fact('Program', event.userAgent)} ${fact('Request', event.requestId)} ${fact('Event', event.id)}
      ${fact('Place in the chain', `${event.sequence} of ${event.chain}`)} ${fact('Hash', event.hash)}
    </dl>
  </div>`
}

function changeTable(changes: readonly Change[]) {
  const isNew = changes.every(({ before }) => before === undefined)
  return html`<table class="changes ${isNew ? 'new' : ''}">
    <thead>
      <tr>
        <th scope="col">Field</th>
        ${isNew ? nothing : html`<th scope="col">Before</th>`}
        <th scope="col">${isNew ? 'Value' : 'After'}</th>
      </tr>
    </thead>
    <tbody>
      ${changes.map(
        ({ name, before, after }) => html`<tr>
          <td class="field">${actionWords(name)}</td>
          ${isNew ? nothing : html`<td class="before" data-label="Before">${words(before)}</td>`}
          <td data-label=${isNew ? 'Value' : 'After'}>${words(after)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`
}

/** What differs; of something new all there is. */
export function changesOf({ data }: Pick<AuditEvent, 'data'>): Change[] {
  const [before, after] = [fieldsOf(data['before']), fieldsOf(data['after'])]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const isNew = Object.keys(before).length === 0
  return names
    .filter((name) => isNew || JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({ name, before: isNew ? undefined : (before[name] ?? null), after: after[name] ?? null }))
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** A value as people read it. */
export function words(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(words).join(', ')
  return Object.entries(value)
    .map(([name, one]) => `${actionWords(name)}: ${words(one)}`)
    .join('; ')
}

const DOORS: Record<NonNullable<AuditEvent['via']>['type'], string> = {
  apiKey: 'API key',
  embedSession: 'embedded session',
  portalSession: 'portal session',
  commandLine: 'command line',
  worker: 'background work',
}

function throughWords({ type, id }: NonNullable<AuditEvent['via']>): string {
  return id === null ? DOORS[type] : `${DOORS[type]} ${id}`
}

function fact(name: string, value: string | null) {
  return value === null ? nothing : html`<div><dt>${name}</dt><dd class="code">${value}</dd></div>`
}
