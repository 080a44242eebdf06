import { randomInt } from 'node:crypto'
import { hostname } from 'node:os'
import { sql } from 'drizzle-orm'
import { createReviewReminders } from './access-reviews/reminders.ts'
import { createExpiryHandlers } from './ach-files/approval-expiry.ts'
import { authorsOf } from './ach-files/authors.ts'
import { doublesOf } from './ach-files/possible-duplicates.ts'
import { fileForBank, isReleased, onFileProgress } from './ach-files/delivery.ts'
import { overtaken } from './ach-files/moot-reversal.ts'
import type { ApprovalPolicyDependencies } from './approval-policies/service.ts'
import { workforceOf } from './approval-policies/workforce.ts'
import { type AuditLogs, openAuditLogs } from './audit/audit-logs.ts'
import { createDenials, type Denials } from './audit/denials.ts'
import type { AuditDependencies } from './audit-events/routes.ts'
import { createClosingCheck, createStopCheck } from './deliveries/stop-check.ts'
import type { BankConnectionDependencies } from './bank-connections/routes.ts'
import { accessStore } from './access/access-store.ts'
import type { ApiKeyDependencies } from './api-keys/routes.ts'
import { createLegacyEndingHandlers } from './bank-connections/legacy-ending.ts'
import type { Bank } from './banks/bank.ts'
import { createSftpBank, scanHostKey } from './banks/sftp-bank.ts'
import { type Config, keyModeOf } from './config.ts'
import { createNoticeHandlers } from './events/notify.ts'
import { createWorker, type Worker, type WorkerOptions } from './jobs/jobs.ts'
import { INSIDE_LANE, OUTSIDE_LANES } from './lanes.ts'
import { createInboundHandlers } from './inbound-files/handlers.ts'
import { enqueueDuePolls } from './inbound-files/schedule.ts'
import { createMailHandlers } from './mail/mail-job.ts'
import type { Mailer } from './mail/mailer.ts'
import { MAIL_TEMPLATES } from './mail-templates.ts'
import type { KeyOffice } from './keys/office.ts'
import { openKeys } from './keys/open-keys.ts'
import { newId as systemId } from './new-id.ts'
import type { ClosingChecks } from './organizations/close.ts'
import { createClosingHandlers } from './organizations/closing.ts'
import { createRetention } from './retention/retention.ts'
import { type Databases, openDatabases } from './storage/directory.ts'
import type { Storage } from './storage/transaction.ts'
import { createSchedulingHandlers } from './schedules/handlers.ts'
import { createDeliveryHandlers } from './submissions/delivery.ts'
import { type OnItsWay, submissionStore } from './submissions/store.ts'
import type { SubmissionDependencies } from './submissions/routes.ts'
import type { Surroundings } from './surroundings.ts'
import { createLogger, type Logger } from './telemetry/log.ts'
import type { Vault } from './vault/vault.ts'
import { createWebhookHandlers, type WebhookDeliveryDependencies } from './webhooks/deliver.ts'
import type { WebhookPolicy } from './webhooks/routes.ts'
import { createWebhookSender } from './webhooks/webhook-sender.ts'

/** What the process is made of, before anything listens. */
export interface Parts {
  log: Logger
  databases: Databases
  vault: Vault
  denials: Denials
  auditLogs: AuditLogs
  reviewReminders: ReturnType<typeof createReviewReminders>
  retention: ReturnType<typeof createRetention>
  keys: KeyOffice
  workers: readonly Worker[]
  apiKeys: ApiKeyDependencies
  bankConnections: BankConnectionDependencies
  submissions: SubmissionDependencies
  approvalPolicy: ApprovalPolicyDependencies
  closing: ClosingChecks
  audit: AuditDependencies
  webhooks: WebhookPolicy
  /** What time it is for business. */
  now(): Date
  /** What time it is for people; not the same only in a sandbox whose clock was moved. */
  peopleNow(): Date
  newId: typeof systemId
  /** Enqueues the looks into return directories that are due. */
  pollBanks(): Promise<void>
  isReady(): Promise<boolean>
  /** Lets go of keys and databases. */
  close(): Promise<void>
}

/** Opens databases and keys and builds the rooms' dependencies and the workers; starts nothing. */
export async function createParts(
  config: Config,
  mailer: Mailer | null,
  now: () => Date = () => new Date(),
  given: Partial<Surroundings> = {},
): Promise<Parts> {
  const { random = Math.random, newId = systemId, peopleNow = now } = given
  const log = createLogger({ level: config.logLevel })
  const databases = given.databases ?? (await openAll(config, log))
  const wake = () => wakeAll(workers)
  const keys = await openKeys(config, databases, { log, now, onEnqueued: wake }, given)
  const { vault } = keys
  const auditLogs = await openLogs(config, databases, now, log)
  const addresses = { privateRanges: config.privateSftpNetworks, ports: config.sftpPorts }
  const bank = given.bank ?? createSftpBank({ addresses })
  const deliveries = deliveryHandlers({ databases, vault, bank, auditLogs, world: { now, random, newId } })
  const mail = { control: databases.control, mailer, templates: MAIL_TEMPLATES, publicOrigin: config.publicOrigin }
  const checkpoint = () => auditLogs.control.checkpoint()
  const closing = { onFileProgress, checkpoint, onHeld: warnOfHeld(log), now: peopleNow }
  const timeOf = (storage: Storage) => (storage === databases.control ? peopleNow : now)
  const webhooks = { isLoopbackAllowed: config.isWebhookLoopbackAllowed }
  const calls = { send: given.sendWebhook ?? createWebhookSender(webhooks), now, peopleNow, random }
  const handlersOf = (storage: Storage) => ({
    ...deliveries,
    ...inboundHandlers({ databases, vault, bank, now, newId }),
    ...keys.handlers,
    ...createLegacyEndingHandlers({ databases, now }),
    ...createClosingHandlers({ databases, keys: keys.office, ...closing }),
    ...createMailHandlers({ storage, ...mail, now: timeOf(storage) }),
    ...tellingHandlers({ storage, control: databases.control, vault, ...calls }),
  })
  const workers: readonly Worker[] = createWorkers(databases, handlersOf, log, {
    timeOf,
    leaseNow: peopleNow,
    random,
    ...(given.every ? { every: given.every } : {}),
  })
  return {
    log,
    databases,
    vault,
    auditLogs,
    reviewReminders: createReviewReminders(databases.control),
    retention: createRetention(databases),
    keys: keys.office,
    denials: denialsOf(databases, log, () => now().getTime() - peopleNow().getTime()),
    workers,
    now,
    peopleNow,
    newId,
    apiKeys: { keyMode: keyModeOf(config) },
    bankConnections: { bank, scanHostKey: (host, port) => scanHostKey(host, port, { addresses }) },
    submissions: { authorsOf, doublesOf, onFileProgress },
    approvalPolicy: { workforceOf: (id, at) => workforceOf(databases.control.read, id, at) },
    closing: { isSubmitting: (organizationId) => isSubmittingIn(databases, organizationId) },
    audit: { control: databases.control.read, auditLogs },
    webhooks,
    ...upkeepOf({ databases, vault, now, newId }, wake),
  }
}

type InboundParts = Pick<Parts, 'databases' | 'vault' | 'now' | 'newId'> & { bank: Bank }

function inboundHandlers({ databases, vault, bank, now, newId }: InboundParts) {
  return createInboundHandlers({
    databases,
    vaultFor: (organizationId, options) => vault.forOrganization(organizationId, options),
    connect: (settings) => bank.connect(settings),
    now,
    newId: (prefix) => newId(prefix, now()),
  })
}

function upkeepOf(parts: Omit<InboundParts, 'bank'>, wake: () => void): Pick<Parts, 'pollBanks' | 'isReady' | 'close'> {
  const { databases, vault } = parts
  return {
    pollBanks: () => pollBanks(parts, wake),
    isReady: () => isReady(databases),
    close: () => vault.close().then(() => databases.close()),
  }
}

async function pollBanks({ databases, now, newId }: Omit<InboundParts, 'vault' | 'bank'>, wake: () => void) {
  for (const storage of databases.tenants()) {
    const isClosed = (id: string) => isClosedIn(databases.control, id)
    if ((await enqueueDuePolls(storage, now(), (prefix) => newId(prefix, now()), isClosed)) > 0) wake()
  }
}

async function isClosedIn({ read }: Storage, organizationId: string): Promise<boolean> {
  const organization = await accessStore(read).organization(organizationId)
  return organization !== undefined && organization.closedAt !== null
}

function wakeAll(workers: readonly Worker[]): void {
  for (const worker of workers) worker.wake()
}

function denialsOf(databases: Databases, log: Logger, aheadMs: () => number): Denials {
  const onError = (error: unknown) => log.error({ err: error }, 'a refusal could not be written down')
  return createDenials(databases, onError, aheadMs)
}

const warnOfHeld = (log: Logger) => (organizationId: string, held: readonly OnItsWay[]) =>
  log.warn({ organizationId }, `closing waits for somebody to settle ${held.map(({ id }) => id).join(', ')}`)

async function isSubmittingIn(databases: Databases, organizationId: string): Promise<boolean> {
  const { read } = await databases.tenantOf(organizationId)
  return (await submissionStore(read, organizationId).onItsWay()).length > 0
}

interface DeliveryParts extends Pick<Parts, 'databases' | 'vault' | 'auditLogs'> {
  bank: Bank
  world: Pick<Surroundings, 'random' | 'newId'> & { now(): Date }
}

function deliveryHandlers({ databases, vault, auditLogs, bank, world: { now, random, newId } }: DeliveryParts) {
  const delivering = createDeliveryHandlers({
    databases,
    vaultFor: (organizationId) => vault.forOrganization(organizationId),
    connect: (settings) => bank.connect(settings),
    generatedFile: fileForBank,
    isReleased,
    overtaken,
    onFileProgress,
    stopped: createStopCheck(databases.control),
    isClosing: createClosingCheck(databases.control),
    onDelivered: (organizationId) => auditLogs.checkpointOf(organizationId),
    now,
    random,
    newId: (prefix) => newId(prefix, now()),
  })
  const scheduling = createSchedulingHandlers({ databases, vault, now, newId })
  return { ...delivering, ...scheduling, ...createExpiryHandlers({ databases, now }) }
}

/** What tells people and other systems of events. */
const tellingHandlers = (deps: Parameters<typeof createNoticeHandlers>[0] & WebhookDeliveryDependencies) => ({
  ...createNoticeHandlers(deps),
  ...createWebhookHandlers(deps),
})

/** One for each database, and in those of tenants further ones for what waits for other people's servers. */
function createWorkers(
  databases: Databases,
  handlersOf: (storage: Storage) => WorkerOptions['handlers'],
  log: Logger,
  { timeOf, ...world }: Pick<WorkerOptions, 'leaseNow' | 'random' | 'every'> & { timeOf(storage: Storage): () => Date },
): readonly Worker[] {
  const on = (storage: Storage, lane: Pick<WorkerOptions, 'kinds' | 'slots' | 'mostOfOne'>) =>
    createWorker({
      storage,
      owner: `${hostname()}/${process.pid}/${randomInt(1_000_000)}`,
      ...world,
      ...lane,
      now: timeOf(storage),
      handlers: handlersOf(storage),
      onError: (error, job) => log.warn({ err: error, jobId: job?.id, kind: job?.kind }, 'job did not succeed'),
    })
  const databasesOfWork = [databases.control, ...databases.tenants()]
  return [
    ...databasesOfWork.map((storage) => on(storage, INSIDE_LANE)),
    ...databases.tenants().flatMap((storage) => OUTSIDE_LANES.map((lane) => on(storage, lane))),
  ]
}

/** A log that was changed keeps the server from starting. */
async function openLogs(config: Config, databases: Databases, now: () => Date, log: Logger): Promise<AuditLogs> {
  const { dataFolder, checkpointFolder, publicOrigin } = config
  const host = new URL(publicOrigin).host
  try {
    const onError = (error: unknown) => log.error({ err: error }, 'no checkpoint of the audit log was written')
    return await openAuditLogs({ databases, dataFolder, checkpointFolder, host, now, onError })
  } catch (error) {
    await databases.close()
    throw error
  }
}

function openAll({ dataFolder, databases: servers, isSqlGuarded }: Config, log: Logger): Promise<Databases> {
  const onBusy = () => log.warn({ outcome: 'retried' }, 'database was locked')
  return openDatabases({ dataFolder, servers, isGuarded: isSqlGuarded, onBusy })
}

/** Whether every database answers. */
async function isReady(databases: Databases): Promise<boolean> {
  try {
    for (const storage of [databases.control, ...databases.tenants()]) await storage.read.all(sql`SELECT 1`)
    return true
  } catch {
    return false
  }
}
