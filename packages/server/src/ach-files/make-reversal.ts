import { createHash } from 'node:crypto'
import { decodeFile, encodeFile, isAcceptable, reverseFile, validateFile } from '@fistworks/nacha'
import type { Work } from '../thread.ts'
import type { SealingKey } from '../vault/posted-keys.ts'
import { sealGenerated } from './generated-bytes.ts'
import { rowsIn } from './part-rows.ts'

type Options = Parameters<typeof reverseFile>[1]

export interface ReversalOrder {
  /** The bytes of the file that is taken back. They are erased. */
  sent: Uint8Array
  /** Routing number of the bank that it goes to. */
  immediateDestination: string
  lineEnding: 'lf' | 'crlf'
  options: Omit<Options, 'select' | 'firstTraceSequence'>
}

/** An entry of the reversal beside the one that it takes back; that is null where there is none. */
export type TurnedRow = [
  position: number,
  batch: number,
  originalBatch: number | null,
  originalPosition: number | null,
  originalTrace: string | null,
]

/** JSON of `TurnedRow`s in the order of the file, then the end. */
export type ReversalTold = { rows: string } | { end: { firstTraceSequence: number; key: SealingKey } }

/** The sealed bytes, with the size and the SHA-256 in hex of the clear ones; or why there are none. */
export type MadeReversal =
  | { sealedBytes: Uint8Array; sizeBytes: number; sha256: string }
  | { isForAnotherBank: true }
  | { refused: string }

interface Turned {
  batch: number
  position: number
  original: { batch: number; entry: number; trace: string }
}

export function makingReversal(order: ReversalOrder): Work<ReversalTold, MadeReversal> {
  const turned: Turned[] = []
  return (told) => {
    if ('end' in told) {
      try {
        return made(order, turned, told.end)
      } finally {
        order.sent.fill(0)
      }
    }
    for (const row of rowsIn<TurnedRow>(told.rows)) turned.push(turnedOf(row))
    return undefined
  }
}

function turnedOf([position, batch, originalBatch, entry, trace]: TurnedRow): Turned {
  if (originalBatch === null || entry === null || trace === null) {
    throw new Error('A reversal names an entry that its original does not have.')
  }
  return { batch, position, original: { batch: originalBatch, entry, trace } }
}

/** @throws Error when the codec makes something else than what was approved */
function made(
  { sent, immediateDestination, lineEnding, options }: ReversalOrder,
  turned: readonly Turned[],
  { firstTraceSequence, key }: { firstTraceSequence: number; key: SealingKey },
): MadeReversal {
  const { file: original } = decodeFile(sent)
  if (original === null) throw new Error('What was sent to the bank is not a file.')
  if (original.header.immediateDestination.trim() !== immediateDestination.trim()) return { isForAnotherBank: true }
  const select = { entries: turned.map(({ original: { batch, entry } }) => ({ batch, entry })) }
  const { file, links, problems } = reverseFile(original, { ...options, select, firstTraceSequence })
  if (file === null) return { refused: problems.map(({ message }) => message).join('; ') }
  refuseOtherOrder(links, turned)
  const bytes = encodeFile(file, { lineEnding: lineEnding === 'crlf' ? '\r\n' : '\n' })
  const violations = validateFile(bytes, { profile: 'originate' })
  if (!isAcceptable(violations)) {
    const why = violations.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)
    throw new Error(`A reversal of ours was not acceptable: ${[...new Set(why)].join(', ')}.`)
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const sealedBytes = sealGenerated(key, bytes)
  bytes.fill(0)
  return { sealedBytes, sizeBytes: bytes.length, sha256 }
}

/** What people approved stands in the order of the bytes, or nothing leaves. */
function refuseOtherOrder(
  links: readonly { original: { traceNumber: string }; reversal: { batch: number; entry: number } }[],
  turned: readonly Turned[],
): void {
  const placeOf = (batch: number, entry: number) => `${batch}/${entry}`
  const traces = new Map(links.map(({ original, reversal: at }) => [placeOf(at.batch, at.entry), original.traceNumber]))
  const isSame = turned.every(
    ({ batch, position, original }) => traces.get(placeOf(batch, position)) === original.trace,
  )
  if (!isSame || links.length !== turned.length) throw new Error('A reversal was made of other entries than approved.')
}
