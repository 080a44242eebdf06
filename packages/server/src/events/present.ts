import type { Event } from '@fistworks/contract'
import type { EventRow } from './table.ts'

/** An event as lists and webhooks tell it. */
export function presentEvent(row: EventRow): Event {
  const { id, type, at, objectType, objectId, organizationId, sequence, status, about } = row
  return {
    id,
    type,
    timestamp: at,
    data: { object: objectType, id: objectId, organizationId, sequence, status, about: { ...about } },
  }
}
