import type { Server } from './server.ts'
import type { Logger } from './telemetry/log.ts'

/** Longer than the server takes to drain. */
const AT_MOST_MS = 25_000

/**
 * What nobody caught leaves this process in a state that nobody knows: it is logged, what is under way is answered, and
 * the process ends with 1 for whoever starts it again. Everything that matters is in the databases.
 */
export function drainOnUncaught(server: Pick<Server, 'stop'>, log: Logger): void {
  let isEnding = false
  const end = (error: unknown) => {
    log.error({ err: error }, 'something went wrong that nobody expected: the process ends')
    if (isEnding) return
    isEnding = true
    setTimeout(() => process.exit(1), AT_MOST_MS).unref()
    void server.stop().then(
      () => process.exit(1),
      () => process.exit(1),
    )
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}
