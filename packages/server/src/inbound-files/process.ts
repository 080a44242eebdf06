import type { Id, IdPrefix } from '@fistworks/contract'
import { newYorkTime } from '../ach-files/new-york-time.ts'
import { landCorrections } from '../corrections/land-corrections.ts'
import { recordEvent } from '../events/record-event.ts'
import type { Lease } from '../jobs/jobs.ts'
import { landReturns, type ReturnAnswer } from '../returns/land-returns.ts'
import { matchAnswers } from '../returns/match.ts'
import { watchRates } from '../returns/watch-rates.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import type { BankAnswer } from './bank-answer.ts'
import { readKept, sha256Of } from './keep.ts'
import { contextOf, INBOUND, type Landing } from './landing.ts'
import { shownName } from './names.ts'
import { type InboundReader, openInbound } from './reader.ts'
import { inboundFileStore, inboundFileWriter } from './store.ts'
import type { InboundFileRow } from './table.ts'

/**
 * Entries that are taken over in one transaction: a file with more is taken over in several, each entry in one. Few
 * enough that nobody waits long for the door of the database.
 */
export const ENTRIES_PER_SLICE = 200

export interface Processing {
  storage: Storage
  vault: OrganizationVault
  organizationId: Id<'org'>
  lease: Lease
  jobId: string
  now(): Date
  newId<P extends IdPrefix>(prefix: P): Id<P>
  /** Called after each commit: where the crash tests pull the plug. */
  checkpoint?: ((what: string) => void) | undefined
}

/** Somebody else went on with the file. */
class Overtaken extends Error {}

/** Reads a kept file to its end, from where it was left. Whoever is overtaken stops and changes nothing. */
export async function processInboundFile(work: Processing, id: Id<'inb'>): Promise<InboundFileRow | undefined> {
  const find = () => inboundFileStore(work.storage.read, work.organizationId).find(id)
  const row = await find()
  if (row === undefined || row.state !== 'stored') return row
  const bytes = await readKept(work.storage.read, work.vault, work.organizationId, row)
  try {
    if ((await sha256Of(bytes)) !== row.sha256)
      throw new Error(`The bytes of inbound file ${id} are not the ones that were stored.`)
    const reader = await openInbound(bytes)
    await takeOver(work, row, reader).finally(reader.done)
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
  } finally {
    bytes.fill(0)
  }
  return find()
}

async function takeOver(work: Processing, row: InboundFileRow, reader: InboundReader): Promise<void> {
  const { found } = reader
  if (found.kind === 'answers') return takeOverAnswers(work, row, reader, found.entryCount)
  if (found.kind === 'acknowledgement') {
    await inOneGo(work, row, (landing) => finish(landing, row, { kind: 'acknowledgement' }))
    return
  }
  return inOneGo(work, row, (landing) => setAside(landing, row, found.problem))
}

async function takeOverAnswers(
  work: Processing,
  start: InboundFileRow,
  reader: InboundReader,
  entryCount: number,
): Promise<void> {
  let row = start
  do {
    const until = Math.min(entryCount, row.doneEntries + ENTRIES_PER_SLICE)
    const answers = await reader.answers(row.doneEntries, until)
    const before = row
    row = await inOneGo(work, before, async (landing) => {
      if (before.doneEntries === 0) await watchRates(landing)
      const values = {
        doneEntries: until,
        entryCount,
        otherCount: before.otherCount + (until - before.doneEntries) - answers.length,
        repeatedCount: before.repeatedCount + (await land(landing, answers)),
      }
      if (until < entryCount) return advance(landing, before, values)
      await watchRates(landing)
      return finish(landing, before, { ...values, kind: 'answers' })
    })
  } while (row.state === 'stored')
}

async function land(landing: Landing, answers: readonly BankAnswer[]): Promise<number> {
  const matches = await matchAnswers(landing, answers)
  const isCorrection = ({ category }: BankAnswer) => category === 'noc' || category === 'refusedNoc'
  const returns = answers.filter((answer): answer is ReturnAnswer => !isCorrection(answer))
  const repeated = await landReturns(landing, returns, matches)
  return repeated + (await landCorrections(landing, answers.filter(isCorrection), matches))
}

function inOneGo<T>(work: Processing, row: InboundFileRow, change: (landing: Landing) => Promise<T>): Promise<T> {
  const { storage, vault, organizationId, lease, jobId, newId } = work
  const now = work.now()
  const landing = { organizationId, vault, file: row, now, today: newYorkTime(now).date, jobId, newId }
  return storage
    .write(async (tx: Tx) => {
      await lease.assertHeld(tx)
      return change({ ...landing, tx })
    })
    .then((result) => {
      work.checkpoint?.('slice')
      return result
    })
}

async function advance(
  { tx, organizationId }: Landing,
  row: InboundFileRow,
  values: Partial<InboundFileRow>,
): Promise<InboundFileRow> {
  if (!(await inboundFileWriter(tx, organizationId).change(row, values))) throw new Overtaken()
  return { ...row, ...values }
}

async function finish(landing: Landing, row: InboundFileRow, values: Partial<InboundFileRow>): Promise<InboundFileRow> {
  const processedAt = landing.now.toISOString()
  const after = await advance(landing, row, { ...values, state: 'processed', problem: null, processedAt })
  const { name, kind, doneEntries, otherCount, repeatedCount } = after
  await contextOf(landing, INBOUND).audit({
    action: 'inboundFile.processed',
    targetType: 'inboundFile',
    targetId: row.id,
    data: { name: shownName(name), kind, entries: doneEntries, others: otherCount, repeated: repeatedCount },
  })
  return after
}

/** What is not understood is kept, and somebody is told. */
async function setAside(landing: Landing, row: InboundFileRow, problem: string): Promise<void> {
  await advance(landing, row, { state: 'notUnderstood', kind: null, problem })
  await contextOf(landing, INBOUND).audit({
    action: 'inboundFile.notUnderstood',
    targetType: 'inboundFile',
    targetId: row.id,
    outcome: 'failed',
    data: { name: shownName(row.name), problem },
  })
  await recordEvent(landing.tx, landing.organizationId, {
    type: 'inboundFile.notUnderstood',
    objectType: 'inboundFile',
    objectId: row.id,
    status: 'notUnderstood',
    at: landing.now,
    about: { name: row.name, reason: problem },
  })
}
