import { startAskedThread } from '../thread.ts'
import { answersIn, type BankAnswer, entryCountOf } from './bank-answer.ts'
import { type Recognized, recognize } from './recognize.ts'

/** Larger files are read in a thread of their own, so that nobody waits for them. */
const BYTES_IN_THIS_THREAD = 256 * 1024

/** What a file is, without what is in it. */
export type Found = Exclude<Recognized, { kind: 'answers' }> | { kind: 'answers'; entryCount: number }

/** A file that is being read. Call `done` whatever happens. */
export interface InboundReader {
  found: Found
  /** What the entries from one position to before another answer. */
  answers(from: number, until: number): Promise<BankAnswer[]>
  done(): Promise<void>
}

export type Asked = 'found' | { from: number; until: number }
export type Told = { found: Found } | { answers: BankAnswer[] }

/** @param bytes of a large file are taken away from the caller */
export async function openInbound(bytes: Uint8Array<ArrayBuffer>): Promise<InboundReader> {
  if (bytes.length <= BYTES_IN_THIS_THREAD) return openHere(bytes)
  const module = new URL('./reader-thread', import.meta.url).href
  const thread = startAskedThread<Asked, Told>(module, bytes, [bytes.buffer])
  try {
    const told = await thread.ask('found')
    if (!('found' in told)) throw new Error('A thread did not say what a file is.')
    return {
      found: told.found,
      async answers(from, until) {
        const part = await thread.ask({ from, until })
        return 'answers' in part ? part.answers : []
      },
      done: () => thread.end(),
    }
  } catch (error) {
    await thread.end()
    throw error
  }
}

function openHere(bytes: Uint8Array): InboundReader {
  const recognized = recognize(bytes)
  return {
    found: foundOf(recognized),
    answers: async (from, until) => answersOf(recognized, from, until),
    done: async () => {},
  }
}

export function foundOf(recognized: Recognized): Found {
  if (recognized.kind !== 'answers') return recognized
  return { kind: 'answers', entryCount: entryCountOf(recognized.file) }
}

export function answersOf(recognized: Recognized, from: number, until: number): BankAnswer[] {
  return recognized.kind === 'answers' ? [...answersIn(recognized.file, from, until)] : []
}
