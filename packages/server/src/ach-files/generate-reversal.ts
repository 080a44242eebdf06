import type { WriteContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import { createReversalMaker } from './bytes-maker.ts'
import { generatedFile } from './delivery.ts'
import type { Generated, Generation } from './generate.ts'
import { generatedPlace } from './generated-bytes.ts'
import type { MadeReversal, ReversalOrder } from './make-reversal.ts'
import { mootReversal } from './moot-reversal.ts'
import { traceReversal, turnedParts } from './reversal-store.ts'
import type { AchFileRow } from './table.ts'

interface Order extends Omit<Generation, 'achFileId'> {
  effectiveDate: string
}

/**
 * Makes the bytes of a reversal from those of the file that it takes back: so the money comes from the accounts that
 * were paid, whatever is known of the recipients now.
 * @throws ProblemError `state-conflict` when it is too late, or something came back or was reversed meanwhile
 */
export async function generateReversal(ctx: WriteContext, file: AchFileRow, order: Order): Promise<Generated> {
  const { db, organizationId, vault } = ctx
  const { reverses } = file
  if (reverses === null) throw new Error('A reversal without an original was submitted.')
  const moot = await mootReversal(db, organizationId, file)
  if (moot !== null) throw new ProblemError('state-conflict', `${moot} ${CANCEL_IT}`)
  const sent = await generatedFile(db, vault, organizationId, reverses)
  const entryCount = order.outline.counts.reduce((sum, count) => sum + count, 0)
  const maker = createReversalMaker(orderOf(ctx, file, order, sent), entryCount)
  try {
    let odfi = ''
    for await (const part of turnedParts(db, organizationId, { id: file.id, reverses, outline: order.outline })) {
      odfi ||= part.odfi
      maker.tell({ rows: part.rows })
    }
    const first = await order.takeTraces(odfi, entryCount)
    maker.tell({ end: { firstTraceSequence: first, key: vault.sealingKey(generatedPlace(file.id)) } })
    const made = refuseUnmade(await maker.answer)
    await traceReversal(db, organizationId, { id: file.id, outline: order.outline }, { odfi, first })
    return made
  } finally {
    await maker.end()
  }
}

const CANCEL_IT = 'Cancel this reversal, and make another of what is still to be taken back.'

function orderOf(ctx: WriteContext, file: AchFileRow, order: Order, sent: Uint8Array): ReversalOrder {
  const { connection, created, fileIdModifier, effectiveDate } = order
  const options = {
    fileCreationDate: created.date,
    fileCreationTime: created.time,
    fileIdModifier,
    effectiveEntryDate: effectiveDate,
    at: ctx.now.toISOString(),
    ...(file.reversalDiscoveredAt === null ? {} : { discoveredAt: file.reversalDiscoveredAt }),
  }
  const { immediateDestination, lineEnding } = connection
  return { sent, immediateDestination, lineEnding, options }
}

function refuseUnmade(made: MadeReversal): Generated {
  if ('refused' in made) throw new ProblemError('state-conflict', `This reversal cannot be sent: ${made.refused}.`)
  if (!('isForAnotherBank' in made)) return made
  // A reversal says in its header which bank it is for: the one of the original, and no other gets it.
  throw new ProblemError(
    'state-conflict',
    'The account pays through another bank than the original did, so the reversal would go to the wrong one: ask the bank that has the original.',
  )
}
