import { parentPort, workerData } from 'node:worker_threads'
import type { SealingKey } from '../vault/posted-keys.ts'
import { type BatchHead, BytesInParts, type BytesOrder, type BytesPart } from './make-bytes.ts'

/** What a large file is told its thread by, in this order. */
export type Told = { batch: BatchHead } | { entries: BytesPart } | { end: SealingKey }

const parts = new BytesInParts(workerData as BytesOrder)

parentPort?.on('message', (told: Told) => {
  if ('batch' in told) parts.batch(told.batch)
  else if ('entries' in told) parts.entries(told.entries)
  else parentPort?.postMessage(parts.made(told.end))
})
