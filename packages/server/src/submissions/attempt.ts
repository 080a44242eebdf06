import type { SubmissionState } from '@fistworks/contract'
import type { BankSession } from '../banks/bank.ts'
import { remotePath } from '../banks/bank.ts'
import { BankFault } from '../banks/bank-fault.ts'
import { readAcknowledgement } from './acknowledgement.ts'
import { compareRemote, nameCarriesHash, partName } from './evidence.ts'
import type { SubmissionValues } from './store.ts'
import type { Evidence, SubmissionRow } from './table.ts'

/** How one attempt ended. `unknown`: the bank may have the file and nothing here can tell; never sent again by itself. */
export type Ending =
  | { kind: 'delivered'; how: Evidence['how']; detail: string }
  | { kind: 'retry'; problem: string; reason: string }
  | Stop

/** No further try by itself. */
export interface Stop {
  kind: 'failed' | 'unknown'
  problem: string
}

/** An earlier attempt that may have left a part file. `mayHaveRenamed`: it had got as far as giving it its final name. */
export interface EarlierUpload {
  attempt: number
  mayHaveRenamed: boolean
}

/** One attempt, with its doors to the database. Every one of them is fenced. */
export interface Attempt {
  /** As last recorded. */
  row: SubmissionRow
  uploadDirectory: string
  acknowledgementDirectory: string | null
  sweepsAtOnce: boolean
  earlierUploads: readonly EarlierUpload[]
  /** Commits a state before the effect that follows it. */
  record(to: SubmissionState, detail: string, values?: SubmissionValues): Promise<void>
  /** Throws when the lease is gone; `false` when people no longer want the file delivered. */
  mayGoOn(): Promise<boolean>
  bytes(): Promise<Uint8Array>
}

const GONE =
  'The file was put in place at the bank or was about to be, and now it is not there any more. The bank may have taken it. Ask the bank whether it has the file.'
const OTHER = 'The bank already has a file with this name, but it is not ours. Ask the bank what it is.'
const WITHDRAWN = 'The file is no longer released for delivery. Nothing was sent.'

/** Brings the file to the bank or finds out that it is there. Faults of the bank come out as they are. */
export async function attemptAtBank(a: Attempt, session: BankSession): Promise<Ending> {
  const there = await lookForFinal(a, session)
  if (there !== null) return there
  if (a.row.renameAttempt !== null) return resumeRename(a, session, a.row.renameAttempt)

  if (a.earlierUploads.length > 0) {
    for (const earlier of a.earlierUploads) await clearAway(a, session, earlier)
    const late = await lookForFinal(a, session)
    if (late !== null) return late
  }
  return uploadAndPlace(a, session)
}

/** Without its part file, a worker that was paused for long cannot give it the final name any more. */
async function clearAway(a: Attempt, session: BankSession, earlier: EarlierUpload): Promise<void> {
  try {
    await session.remove(partPath(a, earlier.attempt))
  } catch (fault) {
    const isOnlyLitter = !earlier.mayHaveRenamed && fault instanceof BankFault && fault.code === 'noPermission'
    if (!isOnlyLitter) throw fault
  }
}

/** Step one of every attempt: is it there already? */
async function lookForFinal(a: Attempt, session: BankSession): Promise<Ending | null> {
  const found = await compareRemote(session, finalPath(a), a.row)
  if (found === 'absent') return null
  if (found === 'identical')
    return { kind: 'delivered', how: 'read', detail: 'The bank has the file, exactly as it was sent.' }
  if (found === 'sameSize' && (nameCarriesHash(a.row) || a.row.renameAttempt !== null)) {
    return { kind: 'delivered', how: 'size', detail: 'The bank has the file under its name, in its full size.' }
  }
  return { kind: 'unknown', problem: OTHER }
}

/**
 * An earlier attempt may have renamed its part file. A rename happens as a whole: while the part is there it has not
 * happened, and renaming it here makes any late rename of that attempt fail.
 */
async function resumeRename(a: Attempt, session: BankSession, uploadedBy: number): Promise<Ending> {
  const part = await compareRemote(session, partPath(a, uploadedBy), a.row)
  if (part === 'identical' || part === 'sameSize') return place(a, session, uploadedBy)
  if (part === 'different') return { kind: 'unknown', problem: OTHER }
  if (a.row.renameAcknowledgedAt !== null && a.sweepsAtOnce) return swept()
  return whereDidItGo(a, session)
}

async function uploadAndPlace(a: Attempt, session: BankSession): Promise<Ending> {
  const bytes = await a.bytes()
  if (!(await a.mayGoOn())) return { kind: 'failed', problem: WITHDRAWN }
  const { attempt } = a.row
  await a.record('uploading', `Sending ${a.row.sizeBytes} bytes under a temporary name.`)
  await session.uploadExclusive(partPath(a, attempt), bytes)
  const arrived = await compareRemote(session, partPath(a, attempt), a.row)
  if (arrived === 'absent' || arrived === 'different') {
    await session.remove(partPath(a, attempt))
    throw new BankFault('damaged')
  }
  return place(a, session, attempt)
}

async function place(a: Attempt, session: BankSession, uploadedBy: number): Promise<Ending> {
  if (!(await a.mayGoOn())) return withdraw(a, session, uploadedBy)
  await a.record('uploaded', 'The bytes arrived whole. Giving the file its final name.', { renameAttempt: uploadedBy })
  if (!(await a.mayGoOn())) return withdraw(a, session, uploadedBy)
  try {
    await session.rename(partPath(a, uploadedBy), finalPath(a))
  } catch (fault) {
    if (!(fault instanceof BankFault) || fault.isAmbiguous) throw fault
    return afterRefusedRename(a, session, uploadedBy, fault)
  }
  await a.record('renamed', 'The bank gave the file its final name.')
  return verify(a, session, uploadedBy)
}

/** Whoever removed the part file knows that it was not renamed and never will be. */
async function withdraw(a: Attempt, session: BankSession, uploadedBy: number): Promise<Ending> {
  const isGone = await session.remove(partPath(a, uploadedBy))
  return isGone ? { kind: 'failed', problem: WITHDRAWN } : whereDidItGo(a, session)
}

async function verify(a: Attempt, session: BankSession, uploadedBy: number): Promise<Ending> {
  const there = await lookForFinal(a, session)
  if (there !== null) return there
  if ((await session.stat(partPath(a, uploadedBy))) !== null) {
    return { kind: 'retry', problem: 'The bank said it renamed the file, but it did not.', reason: 'rename lied' }
  }
  if (a.sweepsAtOnce) return swept()
  return whereDidItGo(a, session)
}

/** The bank said no. Whether that is so, its directory tells. */
async function afterRefusedRename(
  a: Attempt,
  session: BankSession,
  uploadedBy: number,
  fault: BankFault,
): Promise<Ending> {
  const there = await lookForFinal(a, session)
  if (there !== null) return there
  if ((await session.stat(partPath(a, uploadedBy))) === null) return whereDidItGo(a, session)
  if (fault.isTransient) return { kind: 'retry', problem: fault.message, reason: fault.reason ?? fault.code }
  const isGone = await session.remove(partPath(a, uploadedBy))
  return isGone ? { kind: 'failed', problem: fault.message } : whereDidItGo(a, session)
}

/** Neither name is there: only the bank's own word helps. */
async function whereDidItGo(a: Attempt, session: BankSession): Promise<Ending> {
  const late = await lookForFinal(a, session)
  if (late !== null) return late
  const answer =
    a.acknowledgementDirectory === null ? null : await readAcknowledgement(session, a.acknowledgementDirectory, a.row)
  if (answer?.verdict === 'accepted') {
    return {
      kind: 'delivered',
      how: 'acknowledgement',
      detail: 'The bank has taken the file and acknowledged these bytes.',
    }
  }
  return { kind: 'unknown', problem: GONE }
}

function swept(): Ending {
  return {
    kind: 'delivered',
    how: 'swept',
    detail: 'The bank confirmed the final name and took the file away at once.',
  }
}

function finalPath(a: Attempt): string {
  return remotePath(a.uploadDirectory, a.row.fileName)
}

function partPath(a: Attempt, attempt: number): string {
  return remotePath(a.uploadDirectory, partName(a.row.fileName, attempt))
}
