import type { AuditEvent } from '@fistworks/contract'

/**
 * What the things and people in these events are called, by id: as the newest event says that tells a name. Of what is
 * not named in any of them there is only the id.
 */
export function namesIn(
  events: readonly Pick<AuditEvent, 'actor' | 'targetId' | 'data'>[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const keep = (id: string, name: unknown) => {
    if (typeof name === 'string' && name !== '' && !names.has(id)) names.set(id, name)
  }
  for (const { actor, targetId, data } of events) {
    keep(targetId, nameOf(data['after']) ?? nameOf(data['before']))
    keep(actor.id, actor.name)
  }
  return names
}

function nameOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined
}
