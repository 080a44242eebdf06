import { type NoteKey, openNote, signNote } from './signed-note.ts'

/** What a checkpoint says (C2SP tlog-checkpoint): of which log, how many events it had, and the root over them. */
export interface Checkpoint {
  origin: string
  size: number
  root: Uint8Array
  /**
   * Set where a person went on from a database that was older than the checkpoint before: why. Such a checkpoint need
   * not follow from the ones before it, and stays in the file for everybody to see.
   */
  restartedBecause?: string
}

const CHECKPOINT = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n((?:[^\n]+\n)*)$/
const RESTARTED = 'restarted because: '

export function signCheckpoint(checkpoint: Checkpoint, signer: NoteKey): string {
  const { origin, size, root, restartedBecause } = checkpoint
  const reason = restartedBecause === undefined ? '' : `${RESTARTED}${restartedBecause}\n`
  return signNote(`${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n${reason}`, signer)
}

/** @returns `null` when the note is not a checkpoint, or not signed by this key for this log */
export function openCheckpoint(note: string, verifier: NoteKey): Checkpoint | null {
  const found = CHECKPOINT.exec(openNote(note, verifier) ?? '')
  if (found === null) return null
  const [, origin = '', size, encoded = '', more = ''] = found
  if (origin !== verifier.name) return null
  const reason = more.split('\n').find((line) => line.startsWith(RESTARTED))
  return {
    origin,
    size: Number(size),
    root: Buffer.from(encoded, 'base64'),
    ...(reason === undefined ? {} : { restartedBecause: reason.slice(RESTARTED.length) }),
  }
}

const NOTE = /(?<=^|\n)[^\n]+\n\d+\n[A-Za-z0-9+/]{43}=\n(?:[^\n—][^\n]*\n)*\n(?:— \S+ [A-Za-z0-9+/]{91}=\n)+/g

/** The notes in a file of checkpoints, oldest first. Half a note, of a crash while it was written, is no note. */
export function notesIn(text: string): string[] {
  return text.match(NOTE) ?? []
}
