import type { Id } from '@fistworks/contract'
import type { BankSession, RemoteEntry } from '../banks/bank.ts'
import { LIMITS } from '../limits.ts'
import { reasonToLeave, shownName } from './names.ts'
import { inboundFileStore, inboundFileWriter } from './store.ts'
import type { Processing } from './process.ts'
import type { InboundNameRow } from './table.ts'

/** How long a file must look the same before it is read. */
export const SETTLE_MS = 2_000
/** Names that are noted in one transaction: a full directory must not keep everybody from the door of the database. */
const NAMES_AT_ONCE = 200
/** Read this often under the same look, a file that stays where it is is not read again. */
const READINGS_ENOUGH = 2

export interface Look {
  /** Looked the same before: to be read. */
  ready: InboundNameRow[]
  /** New, or still growing. */
  unsettled: number
  /** What is left where it is, in words. */
  problems: string[]
}

/**
 * Lists a return directory and notes how every file looks. A file is read when it looked the same
 * some seconds before, so that none is taken while the bank still writes it.
 * @param names only these, as they were asked for; read again even when they look like before
 * @param isCleared whether what is processed is taken away: what lies there still is to be tried again
 */
export async function lookAt(
  work: Processing,
  session: BankSession,
  place: { bankConnectionId: Id<'bcn'>; directory: string },
  names: readonly string[] | null,
  isCleared: boolean,
): Promise<Look> {
  const { files, isAll } = await session.listFiles(place.directory, LIMITS.inboundNames)
  const problems: string[] = isAll ? [] : [TOO_MANY]
  const wanted = names === null ? files : files.filter(({ name }) => names.includes(name))
  for (const name of names ?? []) {
    if (!files.some((file) => file.name === name)) problems.push(`There is no file “${shownName(name)}” at the bank.`)
  }
  const fetched: RemoteEntry[] = []
  for (const file of wanted) {
    const reason = reasonToLeave(file)
    if (reason === null) fetched.push(file)
    else if (names !== null || !/still being written|no file but/.test(reason)) {
      problems.push(`“${shownName(file.name)}” was left at the bank. ${reason}`)
    }
  }
  const rows = await note(work, place.bankConnectionId, fetched, names === null && isAll)
  const isSettled = (row: InboundNameRow) => Date.parse(row.lookedAt) - Date.parse(row.unchangedSince) >= SETTLE_MS
  const processed = isCleared ? await processedAmong(work, rows) : new Set<string>()
  const isToRead = (row: InboundNameRow) =>
    names !== null ||
    row.readings < READINGS_ENOUGH ||
    row.modifiedAt === null ||
    processed.has(row.inboundFileId ?? '')
  const unread = rows.filter(isToRead)
  const ready = unread.filter(isSettled)
  return { ready, unsettled: unread.length - ready.length, problems }
}

const TOO_MANY = `More than ${LIMITS.inboundNames} files lie in the return directory, and only so many are looked at. Ask the bank to clear it, or have processed files moved or deleted.`

async function processedAmong({ storage, organizationId }: Processing, rows: readonly InboundNameRow[]) {
  const store = inboundFileStore(storage.read, organizationId)
  const processed = new Set<string>()
  for (const { inboundFileId } of rows) {
    if (inboundFileId !== null && (await store.find(inboundFileId))?.state === 'processed') processed.add(inboundFileId)
  }
  return processed
}

async function note(
  work: Processing,
  bankConnectionId: Id<'bcn'>,
  files: readonly RemoteEntry[],
  isEverything: boolean,
): Promise<InboundNameRow[]> {
  const { storage, organizationId, lease } = work
  const at = work.now().toISOString()
  const known = await inboundFileStore(storage.read, organizationId).looks(bankConnectionId)
  const before = new Map(known.map((row) => [row.name, row]))
  const rows = files.map(({ name, sizeBytes, modifiedAt }): InboundNameRow => {
    const last = before.get(name)
    const isSame = last !== undefined && last.sizeBytes === sizeBytes && last.modifiedAt === modifiedAt
    const kept = isSame
      ? { unchangedSince: last.unchangedSince, readings: last.readings, inboundFileId: last.inboundFileId }
      : { unchangedSince: at, readings: 0, inboundFileId: null }
    return { organizationId, bankConnectionId, name, sizeBytes, modifiedAt, lookedAt: at, ...kept }
  })
  const within = (change: (writer: ReturnType<typeof inboundFileWriter>) => Promise<unknown>) =>
    storage.write(async (tx) => {
      await lease.assertHeld(tx)
      await change(inboundFileWriter(tx, organizationId))
    })
  for (let from = 0; from < rows.length; from += NAMES_AT_ONCE) {
    await within(async (writer) => {
      for (const row of rows.slice(from, from + NAMES_AT_ONCE)) await writer.look(row)
    })
  }
  if (isEverything) await within((writer) => writer.forgetNotSeenSince(bankConnectionId, at))
  return rows
}
