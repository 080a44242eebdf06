import { type Mail, type Mailer, MailFault } from './mailer.ts'

/** A mailer for requests: what it takes is sent afterwards, so that an answer tells nothing of whether there was a mail. */
export interface MailQueue extends Mailer {
  /** Lets go of what waits, and of nothing that is on its way. */
  close(): void
}

export interface MailQueueOptions {
  mailer: Mailer
  /** Hears of each message that was given up. */
  onLost(error: unknown): void
  /** How long to wait after each failure; past the last the message is given up. */
  retryMs?: readonly number[]
  /** From 0 to below 1. */
  random(): number
}

const CAPACITY = 1_000
const LANES = 4
/** The answer has long left when the work begins. */
const EARLIEST_MS = 100
const LATEST_MS = 400
const RETRY_MS = [2_000, 10_000, 30_000]

/**
 * Keeps mail in memory and sends it soon. For sign-in codes alone: what waits is lost with the process, and the person
 * asks again. What must arrive is a job (`mail-job.ts`).
 */
export function createMailQueue(options: MailQueueOptions): MailQueue {
  const { mailer, onLost, random } = options
  const retryMs = options.retryMs ?? RETRY_MS
  const waiting: { mail: Mail; failures: number }[] = []
  const timers = new Set<NodeJS.Timeout>()
  let held = 0
  let busy = 0

  function later(ms: number, entry: { mail: Mail; failures: number }): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      waiting.push(entry)
      void work()
    }, ms)
    timers.add(timer)
  }

  async function work(): Promise<void> {
    if (busy >= LANES) return
    busy += 1
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await attempt(next)
    busy -= 1
  }

  async function attempt(entry: { mail: Mail; failures: number }): Promise<void> {
    try {
      await mailer.send(entry.mail)
      held -= 1
    } catch (error) {
      const wait = error instanceof MailFault && error.isFinal ? undefined : retryMs[entry.failures]
      if (wait !== undefined) return later(wait, { ...entry, failures: entry.failures + 1 })
      held -= 1
      onLost(error)
    }
  }

  return {
    async send(mail) {
      if (held >= CAPACITY) return onLost(new MailFault('Too much mail waits to be sent.', true))
      held += 1
      later(EARLIEST_MS + random() * (LATEST_MS - EARLIEST_MS), { mail, failures: 0 })
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      waiting.length = 0
    },
  }
}
