import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type BatchEntry, type BatchHead, BytesInParts, type BytesOrder, type Made } from './make-bytes.ts'
import type { Part } from './make-bytes-thread.ts'

/** Larger files are made in a thread of their own, so that nobody waits for them. */
const ENTRIES_IN_THIS_THREAD = 2_000
/** Far above what the largest file needs. */
const THREAD_MEGABYTES = 512

/** Makes the bytes of one file. Call `done` whatever happens. */
export interface BytesMaker {
  batch(head: BatchHead): void
  entries(some: BatchEntry[]): void
  made(): Promise<Made>
  done(): Promise<void>
}

export function createBytesMaker(order: BytesOrder, entryCount: number): BytesMaker {
  return entryCount > ENTRIES_IN_THIS_THREAD ? inThread(order) : inPlace(order)
}

function inPlace(order: BytesOrder): BytesMaker {
  const parts = new BytesInParts(order)
  return {
    batch: (head) => parts.batch(head),
    entries: (some) => parts.entries(some),
    made: async () => parts.made(),
    done: async () => {},
  }
}

function inThread(order: BytesOrder): BytesMaker {
  // The sources run as they are while developing, and what is published runs as JavaScript.
  const extension = extname(import.meta.url)
  const thread = new Worker(new URL(`./make-bytes-thread${extension}`, import.meta.url), {
    workerData: order,
    execArgv: extension === '.ts' ? ['--conditions=@fistworks/source'] : [],
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MEGABYTES },
  })
  const made = once(thread, 'message').then(([answer]) => answer as Made)
  made.catch(() => undefined)
  const tell = (part: Part) => thread.postMessage(part)
  return {
    batch: (batch) => tell({ batch }),
    entries: (entries) => tell({ entries }),
    made() {
      tell({ end: true })
      return made
    },
    async done() {
      await thread.terminate()
    },
  }
}
