import { remotePath, type BankSession } from '../banks/bank.ts'
import { BankFault } from '../banks/bank-fault.ts'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import { submissionStore } from '../submissions/store.ts'
import { shownName } from './names.ts'
import type { Processing } from './process.ts'
import { inboundFileWriter } from './store.ts'
import type { InboundFileRow, InboundNameRow } from './table.ts'

/** Names under which a file is moved when there is another of its name already. */
const MOVES_MAX = 9

/**
 * Moves or deletes at the bank what was stored and processed, as the connection says. What is not understood stays, and
 * so does an acknowledgement that the delivery of its file has not read yet. Every step may be repeated.
 * @returns what could not be done, in words; `null` when all is well
 */
export async function clearAway(
  work: Processing,
  session: BankSession,
  connection: BankConnectionRow,
  { look, file }: { look: InboundNameRow; file: InboundFileRow },
): Promise<string | null> {
  const { returnDirectory, afterProcessing, processedDirectory } = connection
  if (returnDirectory === null || afterProcessing === 'leave' || file.state !== 'processed') return null
  if (file.kind === 'acknowledgement' && (await isAwaited(work, connection, look.name))) return null
  const path = remotePath(returnDirectory, look.name)
  const there = await session.stat(path)
  if (there === null || !there.isFile || there.sizeBytes !== file.sizeBytes) return null
  await work.lease.assertHeld()
  try {
    if (afterProcessing === 'delete') await session.remove(path)
    else if (processedDirectory === null)
      return 'Files are to be moved when they are processed, but no directory is set.'
    else await move(session, path, processedDirectory, look.name, file.sha256)
  } catch (fault) {
    if (!(fault instanceof BankFault) || fault.isAmbiguous) throw fault
    return `“${shownName(look.name)}” was processed, but it could not be taken away at the bank. ${fault.message}`
  }
  work.checkpoint?.('cleared')
  await forget(work, look)
  return null
}

/** A rename never overwrites: a file of the same name that was moved before keeps its place. */
async function move(session: BankSession, path: string, directory: string, name: string, sha256: string) {
  const names = [name, `${name}.${sha256.slice(0, 8)}`]
  for (let copy = 2; copy <= MOVES_MAX; copy++) names.push(`${name}.${sha256.slice(0, 8)}-${copy}`)
  for (const target of names) {
    try {
      return await session.rename(path, remotePath(directory, target))
    } catch (fault) {
      if (!(fault instanceof BankFault) || fault.code !== 'nameExists') throw fault
    }
  }
  throw new BankFault('nameExists')
}

async function isAwaited(work: Processing, connection: BankConnectionRow, name: string): Promise<boolean> {
  const store = submissionStore(work.storage.read, work.organizationId)
  const state = await store.stateOfName(connection.id, name.replace(/\.ack$/i, ''))
  return state !== undefined && !['acknowledged', 'rejectedByBank', 'canceled'].includes(state)
}

async function forget({ storage, organizationId, lease }: Processing, look: InboundNameRow): Promise<void> {
  await storage.write(async (tx) => {
    await lease.assertHeld(tx)
    await inboundFileWriter(tx, organizationId).forget(look.bankConnectionId, look.name)
  })
}
