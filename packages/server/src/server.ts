import { randomUUID } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { type Access, createAccess } from './access/authenticate.ts'
import { warnOfEndingKeys } from './api-keys/expiry-warning.ts'
import { createApp } from './app.ts'
import { mountFramePage } from './embed-sessions/frame-page.ts'
import { type Config, keyModeOf } from './config.ts'
import { openEntra } from './entra/open-entra.ts'
import { startDevelopment } from './development/development.ts'
import { sandboxClockOf } from './development/sandbox-clock.ts'
import { clientAddress } from './http/client-address.ts'
import { closeHttp, listen } from './http/listen.ts'
import { createRateLimits } from './http/rate-limits.ts'
import { mountSecurityText } from './http/security-text.ts'
import type { HttpDeps } from './http/register.ts'
import { pruneJobs } from './jobs/prune.ts'
import { listenForKeyRequests } from './keys/key-socket.ts'
import { answerOperator } from './keys/operator-request.ts'
import { createMailQueue, type MailQueue } from './mail/mail-queue.ts'
import { DevelopmentMailbox } from './mail/mailbox.ts'
import type { Mailer } from './mail/mailer.ts'
import { createSmtpMailer } from './mail/smtp-mailer.ts'
import { allOperations } from './operations.ts'
import { mountPages, PAGE_FOLDERS } from './pages.ts'
import { createParts, type Parts } from './parts.ts'
import { createSignIn } from './portal-sessions/sign-in.ts'

export interface Server {
  origin: string
  /** Answers what is under way, gives leases back, and closes the databases. */
  stop(): Promise<void>
}

const SWEEP_MS = 15_000

/** Starts everything in this process: API, pages, worker and, in development, the sandbox around them. */
export async function startServer(config: Config): Promise<Server> {
  const smtp = config.mail === null ? null : createSmtpMailer(config.mail)
  const mailbox = config.mode === 'development' ? new DevelopmentMailbox(smtp) : null
  const mailer = mailbox ?? smtp
  const clock = sandboxClockOf(config)
  const parts = await createParts(config, mailer, clock?.now, clock === null ? {} : { peopleNow: clock.peopleNow })
  const development =
    mailbox === null || clock === null ? null : await startDevelopment(config, parts, { mailbox, clock })
  const deps = httpDeps(config, parts)
  const queue = smtp === null ? null : queueFor(mailer ?? smtp, parts)
  const forCodes = queue ?? mailbox
  if (forCodes === null) parts.log.warn('no mail server is set up (FISTWORKS_MAIL): nobody can sign in to the portal')
  const signIn = forCodes === null ? {} : { signIn: createSignIn(deps.access, forCodes, parts.vault) }
  const app = createApp({
    deps,
    operations: allOperations({ ...parts, ...signIn, entra: openEntra(config.entra, parts.peopleNow) }),
    isReady: parts.isReady,
    onError: (error, requestId) => parts.log.error({ err: error, requestId }, 'request failed'),
    onAnswer: (answered) => parts.log.debug(answered, 'answered'),
    newRequestId: () => `req_${randomUUID().replaceAll('-', '')}`,
  })
  development?.mount(app)
  mountFramePage(app, { ...deps, now: parts.peopleNow })
  mountSecurityText(app, { contact: config.securityContact, publicOrigin: config.publicOrigin, now: parts.peopleNow })
  const provider = config.entra === undefined ? null : new URL(config.entra.authority).origin
  mountPages(app, PAGE_FOLDERS, { provider, isSandbox: development !== null })
  const http = await listen(app, config)
  await parts.keys.resume()
  const keySocket = await listenForKeyRequests(config.dataFolder, (request) => answerOperator(parts, request))
  if (keySocket === null) parts.log.warn('the path of the data folder is too long: stop the server to work with keys')
  for (const worker of parts.workers) worker.start()
  clock?.onMoved(() => sweep(parts, deps.access))
  const sweeping = setInterval(() => void sweep(parts, deps.access), SWEEP_MS).unref()
  return {
    origin: config.publicOrigin,
    async stop() {
      await Promise.all([closeHttp(http), ...parts.workers.map((worker) => worker.stop())])
      queue?.close()
      await development?.stop()
      clearInterval(sweeping)
      await parts.denials.close()
      await lookAfterKeys(parts, deps.access)
      await keySocket?.close()
      await parts.auditLogs.checkpointAll()
      await parts.close()
    },
  }
}

/** For codes: what is mailed while a request waits would show in how long it takes. */
function queueFor(mailer: Mailer, { log }: Parts): MailQueue {
  const onLost = (error: unknown) => log.warn({ err: error, kind: 'mail' }, 'a sign-in code was not mailed')
  return createMailQueue({ mailer, onLost, random: Math.random })
}

async function remindOfReviews({ reviewReminders, workers, peopleNow: now, log }: Parts): Promise<void> {
  try {
    if ((await reviewReminders.tick(now())) > 0) for (const worker of workers) worker.wake()
  } catch (error) {
    log.error({ err: error }, 'nobody was reminded of an access review')
  }
}

/** What could not be written now is written later, so that nothing else waits for it. */
async function lookAfterKeys(
  { databases: { control }, workers, peopleNow: now, log }: Parts,
  access: Access,
): Promise<void> {
  try {
    await access.keyUses.flush(control)
    if ((await warnOfEndingKeys(control, now())) > 0) for (const worker of workers) worker.wake()
  } catch (error) {
    log.warn({ err: error }, 'uses of keys were not written, or ends of keys not told')
  }
}

/** Writes what refusals came together and when keys were used, signs what came since, and has keys told of that end. */
export async function sweep(parts: Parts, access: Access): Promise<void> {
  const { denials, auditLogs, peopleNow: now } = parts
  await remindOfReviews(parts)
  await denials.flush(now())
  await auditLogs.tick(now())
  await lookAfterKeys(parts, access)
  await pollBanks(parts)
  await pruneDone(parts)
}

async function pruneDone({ databases, retention, peopleNow, log }: Parts): Promise<void> {
  try {
    for (const storage of [databases.control, ...databases.tenants()]) await pruneJobs(storage, peopleNow())
    await retention.tick(peopleNow())
  } catch (error) {
    log.warn({ err: error }, 'what is finished was not taken away')
  }
}

async function pollBanks(parts: Parts): Promise<void> {
  try {
    await parts.pollBanks()
  } catch (error) {
    parts.log.error({ err: error }, 'the return directories were not looked at')
  }
}

function httpDeps(config: Config, parts: Parts): HttpDeps {
  const { databases, vault, denials, now, peopleNow, newId } = parts
  return {
    databases,
    vault,
    denials,
    now,
    peopleNow,
    newId,
    onCommitted: () => {
      for (const worker of parts.workers) worker.wake()
    },
    access: createAccess({ control: databases.control, keyMode: keyModeOf(config), publicOrigin: config.publicOrigin }),
    rateLimits: createRateLimits(),
    addressOf: (c: Context) =>
      clientAddress(getConnInfo(c).remote.address, c.req.header('x-forwarded-for'), config.trustedProxies),
  }
}
