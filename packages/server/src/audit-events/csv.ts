import type { AuditEvent } from '@fistworks/contract'

const COLUMNS: readonly (readonly [name: string, value: (event: AuditEvent) => string | number | null | undefined])[] =
  [
    ['at', (event) => event.at],
    ['action', (event) => event.action],
    ['outcome', (event) => event.outcome],
    ['actor_type', (event) => event.actor.type],
    ['actor_id', (event) => event.actor.id],
    ['actor_name', (event) => event.actor.name],
    ['via_type', (event) => event.via?.type],
    ['via_id', (event) => event.via?.id],
    ['ip', (event) => event.ip],
    ['user_agent', (event) => event.userAgent],
    ['target_type', (event) => event.targetType],
    ['target_id', (event) => event.targetId],
    ['request_id', (event) => event.requestId],
    ['data', (event) => JSON.stringify(event.data)],
    ['chain', (event) => event.chain],
    ['sequence', (event) => event.sequence],
    ['id', (event) => event.id],
    ['hash', (event) => event.hash],
  ]

export const CSV_HEAD = lineOf(COLUMNS.map(([name]) => name))

/** One event as a line of CSV (RFC 4180). */
export function csvLine(event: AuditEvent): string {
  return lineOf(COLUMNS.map(([, value]) => String(value(event) ?? '')))
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

/** A cell that a spreadsheet would take for a formula begins with an apostrophe instead. */
export function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
