import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { SealingKey } from '../vault/posted-keys.ts'
import { type BatchHead, BytesInParts, type BytesOrder, type BytesPart, type Made } from './make-bytes.ts'
import type { Told } from './make-bytes-thread.ts'

/** Larger files are made in a thread of their own, so that nobody waits for them. */
const ENTRIES_IN_THIS_THREAD = 2_000
/** Far above what the largest file needs; the second keeps what is thrown away soon from piling up. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 }

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
  // The sources run as they are while developing, and what is published runs as JavaScript.
  const extension = extname(import.meta.url)
  const thread = new Worker(new URL(`./make-bytes-thread${extension}`, import.meta.url), {
    workerData: order,
    execArgv: extension === '.ts' ? ['--conditions=@fistworks/source'] : [],
    resourceLimits: THREAD_LIMITS,
  })
  const made = once(thread, 'message').then(([answer]) => answer as Made)
  made.catch(() => undefined)
  const tell = (told: Told) => thread.postMessage(told)
  return {
    batch: (batch) => tell({ batch }),
    entries: (entries) => tell({ entries }),
    made(key) {
      tell({ end: key })
      return made
    },
    async done() {
      await thread.terminate()
    },
  }
}
