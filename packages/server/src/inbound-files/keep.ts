import { createHash } from 'node:crypto'
import type { Id } from '@fistworks/contract'
import { recordEvent } from '../events/record-event.ts'
import { createPauses } from '../pauses.ts'
import type { Reader } from '../storage/transaction.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import { contextOf, INBOUND, type Landing } from './landing.ts'
import { shownName } from './names.ts'
import { inboundFileStore, inboundFileWriter } from './store.ts'
import type { InboundFileRow } from './table.ts'

/** Sealed in pieces, so that no step takes long and a file of any size is read piece by piece. */
const PART_BYTES = 1024 * 1024

export const partsOf = (sizeBytes: number) => Math.ceil(sizeBytes / PART_BYTES)

const placeOf = (row: string) => ({ table: 'inbound_file_parts', column: 'bytes', row })

/** The bytes that a bank put down, in clear: for their processing, and for showing them masked. */
export async function readKept(
  db: Reader,
  vault: OrganizationVault,
  organizationId: Id<'org'>,
  { id, sizeBytes }: Pick<InboundFileRow, 'id' | 'sizeBytes'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const store = inboundFileStore(db, organizationId)
  const bytes = new Uint8Array(sizeBytes)
  const pause = createPauses()
  for (let position = 0; position < partsOf(sizeBytes); position++) {
    const part = await store.part(id, position)
    if (part === undefined) throw new Error(`A piece of inbound file ${id} is missing.`)
    const clear = vault.open(placeOf(part.id), part.bytes)
    bytes.set(clear, position * PART_BYTES)
    clear.fill(0)
    await pause()
  }
  return bytes
}

/** Where a file was fetched, as its connection led there then. */
export interface Origin {
  destinationHash: string
  server: string
}

/** In hex; taken piece by piece, so that nobody waits for a large file. */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  const pause = createPauses()
  for (let at = 0; at < bytes.length; at += PART_BYTES) {
    hash.update(bytes.subarray(at, at + PART_BYTES))
    await pause()
  }
  return hash.digest('hex')
}

/**
 * Keeps what a bank put down, in the transaction that also notes its name. The same bytes under another name are kept
 * once, and the name is noted.
 */
export async function keepFile(
  landing: Omit<Landing, 'file'>,
  from: Origin & { bankConnectionId: Id<'bcn'>; name: string; bytes: Uint8Array },
): Promise<InboundFileRow> {
  const { tx, organizationId, now, newId } = landing
  const writer = inboundFileWriter(tx, organizationId)
  const sha256 = await sha256Of(from.bytes)
  const known = await inboundFileStore(tx, organizationId).findByContent(from.bankConnectionId, sha256)
  if (known !== undefined) {
    await writer.addName(known.id, from.name, now.toISOString())
    return known
  }
  const row: InboundFileRow = {
    organizationId,
    id: newId('inb'),
    bankConnectionId: from.bankConnectionId,
    name: from.name,
    sizeBytes: from.bytes.length,
    sha256,
    destinationHash: from.destinationHash,
    server: from.server,
    state: 'stored',
    kind: null,
    problem: null,
    round: 1,
    doneEntries: 0,
    entryCount: 0,
    otherCount: 0,
    repeatedCount: 0,
    receivedAt: now.toISOString(),
    processedAt: null,
  }
  await writer.add(row)
  await writer.addName(row.id, row.name, row.receivedAt)
  await addParts(landing, row.id, from.bytes)
  await tell({ ...landing, file: row }, row)
  return row
}

async function addParts({ tx, organizationId, vault }: Omit<Landing, 'file'>, id: Id<'inb'>, bytes: Uint8Array) {
  const writer = inboundFileWriter(tx, organizationId)
  const pause = createPauses()
  for (let position = 0; position < partsOf(bytes.length); position++) {
    const part = `${id}.${position}`
    const piece = bytes.subarray(position * PART_BYTES, (position + 1) * PART_BYTES)
    await writer.addPart({ id: part, inboundFileId: id, position, bytes: vault.seal(placeOf(part), piece) })
    await pause()
  }
}

async function tell(landing: Landing, { id, name, sizeBytes, sha256, bankConnectionId }: InboundFileRow) {
  await contextOf(landing, INBOUND).audit({
    action: 'inboundFile.received',
    targetType: 'inboundFile',
    targetId: id,
    data: { name: shownName(name), sizeBytes, sha256, bankConnectionId },
  })
  await recordEvent(landing.tx, landing.organizationId, {
    type: 'inboundFile.received',
    objectType: 'inboundFile',
    objectId: id,
    status: 'stored',
    at: landing.now,
    about: { name },
  })
}
