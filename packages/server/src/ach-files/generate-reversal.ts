import { createHash } from 'node:crypto'
import {
  type AchFile as NachaFile,
  decodeFile,
  encodeFile,
  isAcceptable,
  reverseFile,
  validateFile,
} from '@fistworks/nacha'
import type { WriteContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import { generatedFile } from './delivery.ts'
import type { BatchTraces, Generated, Generation } from './generate.ts'
import { generatedPlace, sealGenerated } from './generated-bytes.ts'
import { mootReversal } from './moot-reversal.ts'
import { reversalStore, type SentEntry, traceReversal } from './reversal-store.ts'
import type { AchFileRow } from './table.ts'

type Order = Pick<Generation, 'achFileId' | 'connection' | 'fileIdModifier' | 'created' | 'takeTraces'> & {
  effectiveDate: string
}

/**
 * Makes the bytes of a reversal from those of the file that it takes back: so the money comes from the accounts that
 * were paid, whatever is known of the recipients now.
 * @throws ProblemError `state-conflict` when it is too late, or something came back or was reversed meanwhile
 */
export async function generateReversal(ctx: WriteContext, file: AchFileRow, order: Order): Promise<Generated> {
  if (file.reverses === null) throw new Error('A reversal without an original was submitted.')
  const store = reversalStore(ctx.db, ctx.organizationId)
  const moot = await mootReversal(ctx.db, ctx.organizationId, file)
  if (moot !== null) throw new ProblemError('state-conflict', `${moot} ${CANCEL_IT}`)
  const originals = new Map((await store.entries(file.reverses)).map((entry) => [entry.id, entry]))
  const turned = await store.entries(file.id)
  const chosen = turned.map(({ reversesEntry }) => originalOf(originals, reversesEntry))
  const odfi = chosen[0]?.traceNumber?.slice(0, 8) ?? ''
  const first = await order.takeTraces(odfi, turned.length)
  const sent = await generatedFile(ctx.db, ctx.vault, ctx.organizationId, file.reverses)
  const decoded = decodeFile(sent)
  if (decoded.file === null) throw new Error(`The bytes of ACH file ${file.reverses} are not a file.`)
  refuseOtherBank(decoded.file, order.connection)
  const { created, fileIdModifier } = order
  const result = reverseFile(decoded.file, {
    fileCreationDate: created.date,
    fileCreationTime: created.time,
    fileIdModifier,
    effectiveEntryDate: order.effectiveDate,
    at: ctx.now.toISOString(),
    ...(file.reversalDiscoveredAt === null ? {} : { discoveredAt: file.reversalDiscoveredAt }),
    select: { entries: chosen.map(({ batchPosition, position }) => ({ batch: batchPosition, entry: position })) },
    firstTraceSequence: first,
  })
  if (result.file === null) {
    const why = result.problems.map(({ message }) => message).join('; ')
    throw new ProblemError('state-conflict', `This reversal cannot be sent: ${why}.`)
  }
  refuseOtherOrder(result.links, turned, originals)
  const bytes = encodeFile(result.file, { lineEnding: order.connection.lineEnding === 'crlf' ? '\r\n' : '\n' })
  const violations = validateFile(bytes, { profile: 'originate' })
  if (!isAcceptable(violations)) {
    const why = violations.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)
    throw new Error(`A reversal of ours was not acceptable: ${[...new Set(why)].join(', ')}.`)
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const sealedBytes = sealGenerated(ctx.vault.sealingKey(generatedPlace(file.id)), bytes)
  const sizeBytes = bytes.length
  bytes.fill(0)
  sent.fill(0)
  for (const [position, traces] of tracesOf(turned, odfi, first).entries()) {
    await traceReversal(ctx.db, ctx.organizationId, file.id, { position, ...traces })
  }
  return { sealedBytes, sizeBytes, sha256 }
}

const CANCEL_IT = 'Cancel this reversal, and make another of what is still to be taken back.'

/** A reversal says in its header which bank it is for: the one of the original, and no other gets it. */
function refuseOtherBank({ header }: NachaFile, connection: Order['connection']): void {
  if (header.immediateDestination.trim() === connection.immediateDestination.trim()) return
  throw new ProblemError(
    'state-conflict',
    'The account pays through another bank than the original did, so the reversal would go to the wrong one: ask the bank that has the original.',
  )
}

function originalOf(originals: ReadonlyMap<string, SentEntry>, id: string | null): SentEntry {
  const entry = originals.get(id ?? '')
  if (entry === undefined) throw new Error('A reversal names an entry that its original does not have.')
  return entry
}

/** What people approved stands in the order of the bytes, or nothing leaves. */
function refuseOtherOrder(
  links: readonly { original: { traceNumber: string }; reversal: { batch: number; entry: number } }[],
  turned: readonly SentEntry[],
  originals: ReadonlyMap<string, SentEntry>,
): void {
  const placeOf = (batch: number, entry: number) => `${batch}/${entry}`
  const made = new Map(links.map(({ original, reversal: at }) => [placeOf(at.batch, at.entry), original.traceNumber]))
  const isSame = turned.every(
    ({ batchPosition, position, reversesEntry }) =>
      made.get(placeOf(batchPosition, position)) === originalOf(originals, reversesEntry).traceNumber,
  )
  if (!isSame || links.length !== turned.length) throw new Error('A reversal was made of other entries than approved.')
}

function tracesOf(turned: readonly SentEntry[], odfi: string, first: number): BatchTraces[] {
  const traces: BatchTraces[] = []
  for (const [index, { batchPosition }] of turned.entries()) traces[batchPosition] ??= { odfi, first: first + index }
  return traces
}
