import { startThread } from '../thread.ts'
import type { SealingKey } from '../vault/posted-keys.ts'
import { type BatchHead, BytesInParts, type BytesOrder, type BytesPart, type Made } from './make-bytes.ts'
import type { Told } from './make-bytes-thread.ts'

/** Larger files are made in a thread of their own, so that nobody waits for them. */
const ENTRIES_IN_THIS_THREAD = 2_000

/** Makes the bytes of one file. Call `done` whatever happens. */
export interface BytesMaker {
  batch(head: BatchHead): void
  entries(part: BytesPart): void
  made(key: SealingKey): Promise<Made>
  done(): Promise<void>
}

export function createBytesMaker(order: BytesOrder, entryCount: number): BytesMaker {
  return entryCount > ENTRIES_IN_THIS_THREAD ? inThread(order) : inPlace(order)
}

function inPlace(order: BytesOrder): BytesMaker {
  const parts = new BytesInParts(order)
  return {
    batch: (head) => parts.batch(head),
    entries: (part) => parts.entries(part),
    made: async (key) => parts.made(key),
    done: async () => {},
  }
}

function inThread(order: BytesOrder): BytesMaker {
  const thread = startThread<Told, Made>(new URL('./make-bytes-thread', import.meta.url).href, order)
  return {
    batch: (batch) => thread.tell({ batch }),
    entries: (entries) => thread.tell({ entries }),
    made(key) {
      thread.tell({ end: key })
      return thread.answer
    },
    done: () => thread.end(),
  }
}
