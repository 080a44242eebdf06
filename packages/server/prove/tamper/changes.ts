import { CHAIN_START, hashOf } from '../../src/audit/chain.ts'
import type { AuditEventRow } from '../../src/audit/table.ts'

/** One way to falsify a log, and what of it must be noticed. */
export interface Change {
  name: string
  events: AuditEventRow[]
  /** The place at which it must show at the latest; only the tree shows some, and then at the next checkpoint. */
  by?: number
}

const swapped = (events: AuditEventRow[], a: number, b: number, also: readonly (keyof AuditEventRow)[]) =>
  events.map((event, index) => {
    const other = events[index === a ? b : index === b ? a : index]
    if (other === undefined || other === event) return event
    return { ...other, ...Object.fromEntries(also.map((field) => [field, event[field]])) }
  })
const numbered = (events: AuditEventRow[]) => events.map((event, index) => ({ ...event, seq: index + 1 }))

/** As somebody would who knows how the chain is made: every number, link and hash is right again. */
export function rewritten(events: readonly AuditEventRow[]): AuditEventRow[] {
  const heads = new Map<string, { ownerSeq: number; hash: Buffer }>()
  return numbered([...events]).map((event) => {
    const head = heads.get(event.ownerId)
    const linked = {
      ...event,
      ownerSeq: (head?.ownerSeq ?? 0) + 1,
      previousHash: head?.hash ?? Buffer.from(CHAIN_START),
    }
    const made = { ...linked, hash: Buffer.from(hashOf(linked)) }
    heads.set(made.ownerId, made)
    return made
  })
}

/** Every field of every event, each changed a little, emptied, or filled. */
export function* fieldChanges(events: readonly AuditEventRow[]): Generator<Change> {
  for (const [index, event] of events.entries()) {
    for (const field of Object.keys(event) as (keyof AuditEventRow)[]) {
      for (const value of others(event[field])) {
        const changed = events.with(index, { ...event, [field]: value } as AuditEventRow)
        const next = events.findIndex((later, at) => at > index && later.ownerId === event.ownerId)
        // A hash that was changed alone can show at the event itself or at the link of the one after it.
        yield { name: `${field} of ${event.seq}`, events: changed, by: Math.max(event.seq, next + 1) }
      }
    }
  }
}

function others(value: AuditEventRow[keyof AuditEventRow]): unknown[] {
  if (value === null) return ['', 'x']
  if (typeof value === 'number') return [value + 1, value - 1]
  if (typeof value === 'string') return [`${value} `, value.slice(1), `${value.slice(0, -1)}\u0000`]
  return [0, 17, 31].map((at) => value.map((byte, index) => (index === at ? byte ^ 1 : byte)))
}

/** Events taken out, put in, put elsewhere, and whole organizations gone; plainly, and by somebody who knows how. */
export function* placeChanges(events: readonly AuditEventRow[]): Generator<Change> {
  const all = [...events]
  for (const [index, event] of events.entries()) {
    const without = all.toSpliced(index, 1)
    yield { name: `${event.seq} taken out`, events: without }
    yield { name: `${event.seq} taken out, the rest moved up`, events: numbered(without) }
    yield { name: `${event.seq} taken out, all written anew`, events: rewritten(without) }
    const twice = all.toSpliced(index, 0, event)
    yield { name: `${event.seq} put in twice`, events: twice }
    yield { name: `${event.seq} put in twice, the rest moved down`, events: numbered(twice) }
    yield {
      name: `another put in at ${event.seq}`,
      events: rewritten(all.toSpliced(index, 0, { ...event, id: 'aud_x' })),
    }
    yield { name: `${event.seq} written anew`, events: rewritten(all.with(index, { ...event, targetId: 'rcp_x' })) }
    yield { name: `end cut off at ${event.seq}`, events: all.slice(0, index) }
    for (const other of [index + 1, index + 3]) {
      if (other >= all.length) continue
      yield { name: `${event.seq} and ${other + 1} swapped`, events: swapped(all, index, other, []) }
      yield { name: `${event.seq} and ${other + 1} swapped, places kept`, events: swapped(all, index, other, ['seq']) }
      yield {
        name: `${event.seq} and ${other + 1} swapped, all written anew`,
        events: rewritten(swapped(all, index, other, ['seq'])),
      }
    }
  }
  for (const owner of new Set(all.map(({ ownerId }) => ownerId))) {
    const rest = all.filter(({ ownerId }) => ownerId !== owner)
    yield { name: `${owner} gone`, events: rest }
    yield { name: `${owner} gone, the rest moved up`, events: numbered(rest) }
    yield {
      name: `${owner} under another name`,
      events: rewritten(all.map((event) => (event.ownerId === owner ? { ...event, ownerId: 'org_x' } : event))),
    }
  }
}
