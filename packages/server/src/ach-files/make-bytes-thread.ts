import { parentPort, workerData } from 'node:worker_threads'
import { type BatchEntry, type BatchHead, BytesInParts, type BytesOrder } from './make-bytes.ts'

/** What a large file is told its thread by, in this order. */
export type Part = { batch: BatchHead } | { entries: BatchEntry[] } | { end: true }

const parts = new BytesInParts(workerData as BytesOrder)

parentPort?.on('message', (part: Part) => {
  if ('batch' in part) parts.batch(part.batch)
  else if ('entries' in part) parts.entries(part.entries)
  else {
    const made = parts.made()
    parentPort?.postMessage(made, 'bytes' in made ? [made.bytes.buffer as ArrayBuffer] : [])
  }
})
