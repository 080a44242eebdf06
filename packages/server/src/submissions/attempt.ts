import type { SubmissionState } from '@fistworks/contract'
import type { BankSession } from '../banks/bank.ts'
import { remotePath } from '../banks/bank.ts'
import { BankFault } from '../banks/bank-fault.ts'
import { shownName } from '../inbound-files/names.ts'
import { OTHER_FILE, readAcknowledgement } from './acknowledgement.ts'
import { compareRemote, nameCarriesHash, partName } from './evidence.ts'
import type { SubmissionValues } from './store.ts'
import type { Evidence, SubmissionRow } from './table.ts'

/** How one attempt ended. `unknown`: the bank may have the file and nothing here can tell; never sent again by itself. */
export type Ending =
  | { kind: 'delivered'; how: Evidence['how']; detail: string }
  | { kind: 'retry'; problem: string; reason: string; notBefore?: Date | null }
  | LookAgain
  | Held
  | Pointless
  | Stop

/** The bank may have the file; a later look may tell. Nothing is sent meanwhile. */
export interface LookAgain {
  kind: 'lookAgain'
  problem: string
}

/** It waits until deliveries are resumed. It is certain that nothing is at the bank. */
export interface Held {
  kind: 'wait'
  problem: string
}

/** No further try by itself. */
export interface Stop {
  kind: 'failed' | 'unknown'
  problem: string
}

/** There is no sense in sending it any more. It is certain that nothing is at the bank. */
export interface Pointless {
  kind: 'canceled'
  problem: string
}

export type Obstacle = Held | Pointless | { kind: 'failed'; problem: string }

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
  /** Where the bank may show what it took. */
  otherDirectories: readonly string[]
  sweepsAtOnce: boolean
  earlierUploads: readonly EarlierUpload[]
  /** Commits a state before the effect that follows it. */
  record(to: SubmissionState, detail: string, values?: SubmissionValues): Promise<void>
  /** What keeps the file from being put at the bank now, `null` when nothing does. Throws when the lease is gone. */
  obstacle(): Promise<Obstacle | null>
  bytes(): Promise<Uint8Array>
}

const GONE =
  'The file was put in place at the bank or was about to be, and now it is not there any more. The bank may have taken it. Ask the bank whether it has the file.'
const VANISHED =
  'The file arrived whole under a temporary name, and then it was gone. The bank may have taken it. Ask the bank whether it has the file.'

/** How many names of the bank's are told. */
const TRACES_MAX = 5

/** Brings the file to the bank or finds out that it is there. Faults of the bank come out as they are. */
export async function attemptAtBank(a: Attempt, session: BankSession): Promise<Ending> {
  const there = await lookForFinal(a, session)
  if (there !== null) return there
  if (a.row.renameAttempt !== null) return resumeRename(a, session, a.row.renameAttempt)

  if (a.earlierUploads.length > 0) {
    for (const earlier of a.earlierUploads) await clearAway(a, session, earlier)
    const late = await lookForFinal(a, session)
    if (late !== null) return late
    // People may have been told wrongly that the bank has nothing: its own answer to an earlier try says more.
    if (await hasAnswered(a, session)) return ANSWERED
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
  return a.row.renameAttempt === null
    ? { kind: 'unknown', problem: OTHER_FILE }
    : { kind: 'lookAgain', problem: OTHER_FILE }
}

/**
 * An earlier attempt may have renamed its part file. A rename happens as a whole: while the part is there it has not
 * happened, and renaming it here makes any late rename of that attempt fail.
 */
async function resumeRename(a: Attempt, session: BankSession, uploadedBy: number): Promise<Ending> {
  const part = await compareRemote(session, partPath(a, uploadedBy), a.row)
  if (part === 'identical' || part === 'sameSize') return place(a, session, uploadedBy, part === 'identical')
  if (part === 'different') return { kind: 'lookAgain', problem: OTHER_FILE }
  if (a.row.renameAcknowledgedAt !== null && a.sweepsAtOnce) return swept()
  return whereDidItGo(a, session)
}

async function uploadAndPlace(a: Attempt, session: BankSession): Promise<Ending> {
  const bytes = await a.bytes()
  const obstacle = await a.obstacle()
  if (obstacle !== null) return obstacle
  const { attempt } = a.row
  await a.record('uploading', `Sending ${a.row.sizeBytes} bytes under a temporary name.`)
  await session.uploadExclusive(partPath(a, attempt), bytes)
  const arrived = await compareRemote(session, partPath(a, attempt), a.row)
  if (arrived === 'absent') return { kind: 'unknown', problem: VANISHED }
  if (arrived === 'different') {
    await session.remove(partPath(a, attempt))
    throw new BankFault('damaged')
  }
  return place(a, session, attempt, arrived === 'identical')
}

async function place(a: Attempt, session: BankSession, uploadedBy: number, wasRead: boolean): Promise<Ending> {
  const before = await a.obstacle()
  if (before !== null) return withdraw(a, session, uploadedBy, before)
  await a.record('uploaded', 'The bytes arrived whole. Giving the file its final name.', {
    renameAttempt: uploadedBy,
    renameAcknowledgedAt: null,
  })
  const obstacle = await a.obstacle()
  if (obstacle !== null) return withdraw(a, session, uploadedBy, obstacle)
  try {
    await session.rename(partPath(a, uploadedBy), finalPath(a))
  } catch (fault) {
    if (!(fault instanceof BankFault) || fault.isAmbiguous) throw fault
    return afterRefusedRename(a, session, uploadedBy, fault)
  }
  await a.record('renamed', 'The bank gave the file its final name.')
  return (wasRead ? await standsWhole(a, session) : null) ?? verify(a, session, uploadedBy)
}

/** Whoever removed the part file knows that it was not renamed and never will be. */
async function withdraw(a: Attempt, session: BankSession, uploadedBy: number, obstacle: Obstacle): Promise<Ending> {
  const isGone = await session.remove(partPath(a, uploadedBy))
  return isGone ? obstacle : whereDidItGo(a, session)
}

/** These bytes were read under their temporary name a moment ago and then renamed: their size tells the rest. */
async function standsWhole(a: Attempt, session: BankSession): Promise<Ending | null> {
  const found = await session.stat(finalPath(a))
  if (!found?.isFile || found.sizeBytes !== a.row.sizeBytes) return null
  return { kind: 'delivered', how: 'read', detail: 'The bank has the file, exactly as it was sent.' }
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
  if (await hasAnswered(a, session)) return ANSWERED
  if (a.row.renameAttempt === null) return { kind: 'unknown', problem: VANISHED }
  return { kind: 'lookAgain', problem: `${GONE}${await traces(a, session)}` }
}

const ANSWERED: Ending = {
  kind: 'delivered',
  how: 'acknowledgement',
  detail: 'The bank has taken the file: its answer to it is there.',
}

async function hasAnswered(a: Attempt, session: BankSession): Promise<boolean> {
  if (a.acknowledgementDirectory === null) return false
  const answer = await readAcknowledgement(session, a.acknowledgementDirectory, a.row)
  return answer?.verdict === 'accepted' || answer?.verdict === 'rejected'
}

/** Names at the bank that begin like the file: no proof, but something to ask about. */
async function traces(a: Attempt, session: BankSession): Promise<string> {
  const found = new Set<string>()
  for (const directory of [a.uploadDirectory, ...a.otherDirectories]) {
    for (const name of await namesIn(session, directory)) {
      if (name.startsWith(a.row.fileName)) found.add(`${a.row.fileName}${shownName(name.slice(a.row.fileName.length))}`)
    }
  }
  return found.size === 0 ? '' : ` In its directories there is: ${[...found].slice(0, TRACES_MAX).join(', ')}.`
}

async function namesIn(session: BankSession, directory: string): Promise<string[]> {
  try {
    return await session.listDirectory(directory)
  } catch (fault) {
    if (fault instanceof BankFault && !fault.isAmbiguous) return []
    throw fault
  }
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
