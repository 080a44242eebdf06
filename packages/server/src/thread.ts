import { once } from 'node:events'
import { extname } from 'node:path'
import { parentPort, type Transferable, Worker } from 'node:worker_threads'

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
  const thread = workerOf(module, workerData, [])
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

/** A thread that is asked one thing after the other; end it whatever happens. */
interface AskedThread<Asked, Answer> {
  /** @throws what ended the thread */
  ask(asked: Asked): Promise<Answer>
  end(): Promise<void>
}

/** @param moved what of `workerData` the thread takes over instead of a copy */
export function startAskedThread<Asked, Answer>(
  module: string,
  workerData: unknown,
  moved: readonly Transferable[],
): AskedThread<Asked, Answer> {
  const thread = workerOf(module, workerData, moved)
  let fault: unknown = null
  // Between two questions nobody hears of it.
  thread.on('error', (error) => (fault = error))
  return {
    async ask(asked) {
      if (fault !== null) throw fault
      const answered = once(thread, 'message')
      thread.postMessage(asked)
      const [answer] = await answered
      return answer as Answer
    },
    async end() {
      await thread.terminate()
    },
  }
}

function workerOf(module: string, workerData: unknown, moved: readonly Transferable[]): Worker {
  // The sources run as they are while developing, and what is published runs as JavaScript.
  const extension = extname(import.meta.url)
  return new Worker(new URL(`${module}${extension}`), {
    workerData,
    transferList: [...moved],
    execArgv: extension === '.ts' ? ['--conditions=@fistworks/source'] : [],
    resourceLimits: LIMITS,
  })
}
