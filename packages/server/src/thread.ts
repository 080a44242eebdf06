import { once } from 'node:events'
import { extname } from 'node:path'
import { parentPort, Worker } from 'node:worker_threads'

/** Far above what the largest file needs; the second keeps what is thrown away soon from piling up. */
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 }

/** One piece of work, mostly in a thread of its own, so that nobody waits for it. It answers once; end it whatever happens. */
export interface Thread<Told, Answer> {
  tell(told: Told): void
  answer: Promise<Answer>
  end(): Promise<void>
}

/** How it is done: what was told last has an answer. */
export type Work<Told, Answer> = (told: Told) => Answer | undefined

/** In this thread: for what is done before another thread has begun. */
export function inThisThread<Told, Answer>(work: Work<Told, Answer>): Thread<Told, Answer> {
  let give: (answer: Answer) => void = () => {}
  const answer = new Promise<Answer>((resolve) => {
    give = resolve
  })
  function tell(told: Told): void {
    const done = work(told)
    if (done !== undefined) give(done)
  }
  return { tell, answer, end: async () => {} }
}

/** For the module of a thread. */
export function doAsTold<Told, Answer>(work: Work<Told, Answer>): void {
  parentPort?.on('message', (told: Told) => {
    const done = work(told)
    if (done !== undefined) parentPort?.postMessage(done)
  })
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
