import type { Reader } from '../storage/transaction.ts'
import { type Checkpoint, openCheckpoint, signCheckpoint } from './checkpoint.ts'
import type { CheckpointFile } from './checkpoint-file.ts'
import { EventTree, type TreeSnapshot } from './event-tree.ts'
import { leavesAfter } from './leaves.ts'
import type { NoteKey } from './signed-note.ts'
import type { AuditTable } from './table.ts'

export interface AuditLogOptions {
  /** Of the database: `main`, `control`. */
  name: string
  db: Reader
  table: AuditTable
  signer: NoteKey
  /** Where checkpoints are kept: beside the database first, and in a second place if there is one. */
  places: readonly CheckpointFile[]
  /** Hears of a second place that cannot be written; it gets the checkpoint later. */
  onError(error: unknown): void
}

/** A signed checkpoint and the tree that it is of. */
export interface SignedTree {
  note: string
  tree: TreeSnapshot
}

/** The log of one database: all its events in one tree, whose checkpoints are signed and kept outside of it. */
export interface AuditLog {
  readonly name: string
  readonly signer: NoteKey
  /** Takes up the events that came since, and says how many there are that no checkpoint covers. */
  catchUp(): Promise<number>
  /** Signs and stores a checkpoint over all events there are; the one before when nothing came since. */
  checkpoint(): Promise<SignedTree>
  /** The hashes of leaves, for a proof. */
  leaves(from: number, to: number): Promise<Uint8Array[]>
}

/** What is there is not what the checkpoints say was there. Nothing is signed over it. */
export class AuditLogBroken extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AuditLogBroken'
  }
}

/**
 * Reads the hashes of all events and holds them against the newest checkpoint of each place.
 * @throws AuditLogBroken when the database is older than a checkpoint, or its events are not those that were signed
 * @throws AuditGap when an event is missing in the middle
 */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  const anchors = options.places.flatMap((place) => anchorOf(options, place))
  const tree = new EventTree()
  await grow(options, tree, anchors)
  const cut = anchors.find(({ checkpoint }) => checkpoint.size > tree.size)
  if (cut !== undefined) {
    throw new AuditLogBroken(
      `${options.name}: the last checkpoint in ${cut.path} covers ${cut.checkpoint.size} events, but the database has ${tree.size}. It was restored from an older copy, or its end was cut off. ${HOW_TO_GO_ON}`,
    )
  }
  const sizes = options.places.map(
    ({ path }) => anchors.find((anchor) => anchor.path === path)?.checkpoint.size ?? null,
  )
  return logOver(options, tree, sizes)
}

/** Signs a checkpoint that says why the log does not go on where it was, and puts it into every place. */
export async function restartAuditLog(options: AuditLogOptions, reason: string): Promise<string> {
  const tree = new EventTree()
  for await (const hash of leavesAfter(options.db, options.table, 0)) tree.add(hash)
  const { size, root } = tree.snapshot()
  const note = signCheckpoint({ origin: options.signer.name, size, root, restartedBecause: reason }, options.signer)
  for (const place of options.places) place.append(note)
  return note
}

const HOW_TO_GO_ON =
  'Look at it with: fistworks audit verify. To go on from this database all the same, stop the server and run: fistworks audit restart --reason "why". That leaves a signed note; the checkpoints before it stay.'

interface Anchor {
  path: string
  checkpoint: Checkpoint
}

function anchorOf({ name, signer }: AuditLogOptions, place: CheckpointFile): Anchor[] {
  const note = place.last()
  if (note === null) return []
  const checkpoint = openCheckpoint(note, signer)
  if (checkpoint !== null) return [{ path: place.path, checkpoint }]
  throw new AuditLogBroken(
    `${name}: the last checkpoint in ${place.path} was not signed by the key of this server for ${signer.name}. The file was changed or belongs to another installation. Put the right file back.`,
  )
}

async function grow(options: AuditLogOptions, tree: EventTree, anchors: readonly Anchor[]): Promise<void> {
  for await (const hash of leavesAfter(options.db, options.table, tree.size)) {
    tree.add(hash)
    refuseOtherRoot(options, tree, anchors)
  }
}

function refuseOtherRoot({ name }: AuditLogOptions, tree: EventTree, anchors: readonly Anchor[]): void {
  for (const { path, checkpoint } of anchors) {
    if (checkpoint.size !== tree.size || Buffer.from(checkpoint.root).equals(tree.snapshot().root)) continue
    throw new AuditLogBroken(
      `${name}: the first ${checkpoint.size} events are not those that the last checkpoint in ${path} was signed over. Some were changed, or the database was restored from an older copy and went on from there. ${HOW_TO_GO_ON}`,
    )
  }
}

/** @param covered how many events the last checkpoint of each place is over; `null` where there is none */
function logOver(options: AuditLogOptions, tree: EventTree, covered: (number | null)[]): AuditLog {
  const { db, table, signer, places } = options
  let queue: Promise<unknown> = Promise.resolve()

  function alone<T>(job: () => Promise<T>): Promise<T> {
    const mine = queue.then(job)
    queue = mine.catch(() => {})
    return mine
  }

  function store(note: string, size: number): void {
    for (const [index, place] of places.entries()) {
      if (covered[index] === size) continue
      try {
        place.append(note)
        covered[index] = size
      } catch (error) {
        if (index === 0) throw error
        options.onError(error)
      }
    }
  }

  async function sign(): Promise<SignedTree> {
    await grow(options, tree, [])
    const snapshot = tree.snapshot()
    const { size, root } = snapshot
    const note = signCheckpoint({ origin: signer.name, size, root }, signer)
    store(note, size)
    return { note, tree: snapshot }
  }

  return {
    name: options.name,
    signer,
    checkpoint: () => alone(sign),
    catchUp: () =>
      alone(async () => {
        await grow(options, tree, [])
        return tree.size - Math.min(...covered.map((size) => size ?? 0))
      }),
    async leaves(from, to) {
      const hashes: Uint8Array[] = []
      for await (const hash of leavesAfter(db, table, from, to)) hashes.push(hash)
      return hashes
    },
  }
}
