import { type ChainFault, CHAIN_START, faultOf } from './chain.ts'
import type { Checkpoint } from './checkpoint.ts'
import { GrowingTree } from './merkle.ts'
import type { AuditEventRow } from './table.ts'

/** The first thing that is wrong with a log, and where. */
export interface LogFault {
  kind: ChainFault['kind'] | 'root' | 'cut' | 'signature' | 'trigger' | 'format'
  why: string
  /** The event it shows at; `null` when it is not about one. */
  event: { seq: number; owner: string; ownerSeq: number; id: string } | null
}

export interface LogSummary {
  events: number
  chains: number
  /** Checkpoints whose root is that of the events. */
  checkpoints: number
  /** Events after the last checkpoint: a cut of these would not show. */
  uncovered: number
  root: Uint8Array
}

/**
 * Goes through all events of a database in its order: content, links, gaps, and the root at each checkpoint. Keeps one
 * hash for each owner and the edge of the tree, however many events there are.
 */
export function verifyLog(
  events: Iterable<AuditEventRow>,
  checkpoints: readonly Checkpoint[],
  onProgress: (events: number) => void = () => {},
): LogFault | LogSummary {
  const tree = new GrowingTree()
  const heads = new Map<string, { ownerSeq: number; hash: Uint8Array }>()
  const waiting = standing(checkpoints)
  const early = rootFault(tree, waiting, null)
  if (early !== null) return early
  for (const event of events) {
    const fault = next(tree, heads, event) ?? rootFault(tree, waiting, event)
    if (fault !== null) return fault
    if (tree.size % PROGRESS === 0) onProgress(tree.size)
  }
  const [cut] = [...waiting.entries()].sort(([a], [b]) => a - b)
  if (cut !== undefined) {
    const why = `a checkpoint covers ${cut[0]} events, but there are only ${tree.size}: the end was cut off, or this is an older copy`
    return { kind: 'cut', why, event: null }
  }
  const covered = checkpoints.at(-1)?.size ?? 0
  return {
    events: tree.size,
    chains: heads.size,
    checkpoints: checkpoints.length,
    uncovered: tree.size - covered,
    root: tree.root(),
  }
}

const PROGRESS = 10_000

/** What has to hold now: checkpoints from before a restart were of another database. By size. */
function standing(checkpoints: readonly Checkpoint[]): Map<number, Checkpoint[]> {
  const restart = checkpoints.findLastIndex(({ restartedBecause }) => restartedBecause !== undefined)
  const bySize = new Map<number, Checkpoint[]>()
  for (const checkpoint of checkpoints.slice(Math.max(0, restart))) {
    bySize.set(checkpoint.size, [...(bySize.get(checkpoint.size) ?? []), checkpoint])
  }
  return bySize
}

function next(
  tree: GrowingTree,
  heads: Map<string, { ownerSeq: number; hash: Uint8Array }>,
  event: AuditEventRow,
): LogFault | null {
  const place = tree.size + 1
  const at = placeOf(event)
  if (event.seq !== place) return { kind: 'gap', why: `event ${place} of the database is missing`, event: at }
  const head = heads.get(event.ownerId)
  const fault = faultOf(event, (head?.ownerSeq ?? 0) + 1, head?.hash ?? CHAIN_START)
  if (fault !== null) return { ...fault, event: at }
  heads.set(event.ownerId, { ownerSeq: event.ownerSeq, hash: event.hash })
  tree.add(event.hash)
  return null
}

function rootFault(
  tree: GrowingTree,
  waiting: Map<number, Checkpoint[]>,
  event: AuditEventRow | null,
): LogFault | null {
  const here = waiting.get(tree.size)
  waiting.delete(tree.size)
  const root = here === undefined ? null : Buffer.from(tree.root())
  const wrong = here?.find((checkpoint) => root?.equals(checkpoint.root) !== true)
  if (wrong === undefined) return null
  const why = `the first ${wrong.size} events are not those of the checkpoint over them: some were taken out, put in or written anew`
  return { kind: 'root', why, event: event === null ? null : placeOf(event) }
}

export function placeOf({ seq, ownerId, ownerSeq, id }: AuditEventRow): NonNullable<LogFault['event']> {
  return { seq, owner: ownerId, ownerSeq, id }
}
