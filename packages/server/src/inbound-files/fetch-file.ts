import { type BankSession, remotePath } from '../banks/bank.ts'
import { newYorkTime } from '../ach-files/new-york-time.ts'
import { LIMITS } from '../limits.ts'
import { keepFile, type Origin } from './keep.ts'
import type { Processing } from './process.ts'
import { inboundFileWriter } from './store.ts'
import type { InboundFileRow, InboundNameRow } from './table.ts'

/**
 * Reads one file of the bank into memory and keeps it. `null` when it changed meanwhile: then it is looked at anew.
 * @throws BankFault `tooLarge` for one that does not end
 */
export async function fetchFile(
  work: Processing,
  session: BankSession,
  { directory, ...origin }: Origin & { directory: string },
  look: InboundNameRow,
): Promise<InboundFileRow | null> {
  const path = remotePath(directory, look.name)
  const bytes = await readWhole(session, path)
  try {
    const after = await session.stat(path)
    if (after === null || !after.isFile || bytes.length !== look.sizeBytes || after.sizeBytes !== bytes.length)
      return null
    const { storage, organizationId, lease, jobId, newId, vault } = work
    const now = work.now()
    const landing = { organizationId, vault, now, today: newYorkTime(now).date, jobId, newId }
    const row = await storage.write(async (tx) => {
      await lease.assertHeld(tx)
      const kept = await keepFile({ ...landing, tx }, { ...look, ...origin, bytes })
      const read = { ...look, inboundFileId: kept.id, readings: look.readings + 1 }
      await inboundFileWriter(tx, organizationId).look(read)
      return kept
    })
    work.checkpoint?.('stored')
    return row
  } finally {
    bytes.fill(0)
  }
}

async function readWhole(session: BankSession, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of session.readFile(path, LIMITS.inboundFileBytes)) chunks.push(chunk)
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
    chunk.fill(0)
  }
  return bytes
}
