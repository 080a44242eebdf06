import { inThisThread, startThread, type Thread } from '../thread.ts'
import { type BytesOrder, type BytesTold, type Made, makingBytes } from './make-bytes.ts'
import { type MadeReversal, makingReversal, type ReversalOrder, type ReversalTold } from './make-reversal.ts'

/** Larger files are made in a thread of their own, so that nobody waits for them. */
const ENTRIES_IN_THIS_THREAD = 2_000

/** Makes the bytes of one file. */
export function createBytesMaker(order: BytesOrder, entryCount: number): Thread<BytesTold, Made> {
  if (entryCount <= ENTRIES_IN_THIS_THREAD) return inThisThread(makingBytes(order))
  return startThread(new URL('./make-bytes-thread', import.meta.url).href, order)
}

/** Makes the bytes of one reversal. */
export function createReversalMaker(order: ReversalOrder, entryCount: number): Thread<ReversalTold, MadeReversal> {
  if (entryCount <= ENTRIES_IN_THIS_THREAD) return inThisThread(makingReversal(order))
  const thread = startThread<ReversalTold, MadeReversal>(new URL('./make-reversal-thread', import.meta.url).href, order)
  order.sent.fill(0)
  return thread
}
