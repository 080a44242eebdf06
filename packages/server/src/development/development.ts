import { join } from 'node:path'
import type { Hono } from 'hono'
import type { Config } from '../config.ts'
import type { HttpEnv } from '../http/env.ts'
import type { DevelopmentMailbox } from '../mail/mailbox.ts'
import { organizationStore } from '../organizations/store.ts'
import type { Parts } from '../parts.ts'
import { startSandboxBank } from '../sandbox/sandbox-bank.ts'
import { mountDevelopmentPages } from './pages.ts'
import type { SandboxClock } from './sandbox-clock.ts'
import { seed } from './seed.ts'

/** What only a developer's machine has: a bank and a clock of its own, a mailbox, sample data, and pages that show them. */
export interface Development {
  mount(app: Hono<HttpEnv>): void
  stop(): Promise<void>
}

export async function startDevelopment(
  config: Config,
  parts: Parts,
  { mailbox, clock }: { mailbox: DevelopmentMailbox; clock: SandboxClock },
): Promise<Development> {
  const bank = await startSandboxBank({
    folder: join(config.dataFolder, 'sandbox-bank'),
    host: '127.0.0.1',
    port: config.sandboxBankPort,
    hostKeyFile: join(config.dataFolder, 'sandbox-bank-host-key'),
    now: clock.now,
  })
  await seed(config, parts, bank)
  // What the bank says by now lies there before anybody looks for it.
  clock.onMoved(bank.catchUp)
  clock.onMoved(() => {
    for (const worker of parts.workers) worker.wake()
  })
  const nameOf = async (username: string) => {
    const reach = { organizationId: username }
    const [organization] = await organizationStore(parts.databases.control.read).list(reach, 1, undefined)
    return organization?.name ?? username
  }
  const { publicOrigin } = config
  return {
    mount: (app) => mountDevelopmentPages(app, { mailbox, bank, clock, nameOf, publicOrigin }),
    stop: () => bank.stop(),
  }
}
