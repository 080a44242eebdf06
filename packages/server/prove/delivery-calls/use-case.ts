import type { Worker } from '../../src/jobs/jobs.ts'
import type { Line } from './line.ts'

/** Something that is done again and again, each time with another call that fails. */
export interface UseCase {
  open(): Promise<OpenUseCase>
}

export interface OpenUseCase {
  /** Does it once, to its end. Gives what the guarantee forbids; nothing when it holds. */
  run(line: Line): Promise<string[]>
  close(): Promise<void>
}

/** A worker that goes on after a failed look for work, as a server does. */
export function patient(worker: Worker): Worker {
  return { ...worker, runOnce: () => worker.runOnce().catch(() => true) }
}
