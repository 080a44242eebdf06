import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

/** Far above what the largest file needs; the second keeps what is thrown away soon from piling up. */
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 }

/** A thread for one piece of work that would keep everybody waiting. It answers once; end it whatever happens. */
export interface Thread<Told, Answer> {
  tell(told: Told): void
  answer: Promise<Answer>
  end(): Promise<void>
}

/**
 * @param module URL of the module without its extension
 * @param workerData what it finds as `workerData`
 */
export function startThread<Told, Answer>(module: string, workerData: unknown): Thread<Told, Answer> {
  // The sources run as they are while developing, and what is published runs as JavaScript.
  const extension = extname(import.meta.url)
  const thread = new Worker(new URL(`${module}${extension}`), {
    workerData,
    execArgv: extension === '.ts' ? ['--conditions=@fistworks/source'] : [],
    resourceLimits: LIMITS,
  })
  const answer = once(thread, 'message').then(([told]) => told as Answer)
  // Whoever waits for it hears of a failure; until then it must not end the process.
  answer.catch(() => undefined)
  return {
    tell: (told) => thread.postMessage(told),
    answer,
    async end() {
      await thread.terminate()
    },
  }
}
