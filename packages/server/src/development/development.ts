import { join } from 'node:path'
import type { Hono } from 'hono'
import type { Config } from '../config.ts'
import type { HttpEnv } from '../http/env.ts'
import type { DevelopmentMailbox } from '../mail/mailbox.ts'
import type { Parts } from '../parts.ts'
import { startSandboxBank } from '../sandbox/sandbox-bank.ts'
import { mountDevelopmentPages } from './pages.ts'
import { seed } from './seed.ts'

/** What only a developer's machine has: a bank of its own, a mailbox, sample data, and pages that show them. */
export interface Development {
  mount(app: Hono<HttpEnv>): void
  stop(): Promise<void>
}

export async function startDevelopment(
  config: Config,
  parts: Parts,
  mailbox: DevelopmentMailbox,
): Promise<Development> {
  const bank = await startSandboxBank({
    folder: join(config.dataFolder, 'sandbox-bank'),
    host: '127.0.0.1',
    port: config.sandboxBankPort,
    hostKeyFile: join(config.dataFolder, 'sandbox-bank-host-key'),
  })
  await seed(config, parts, bank)
  return {
    mount: (app) => mountDevelopmentPages(app, { mailbox, bank, publicOrigin: config.publicOrigin }),
    stop: () => bank.stop(),
  }
}
