import type { Id, Submission } from '@fistworks/contract'
import { and, eq } from 'drizzle-orm'
import { authorsOf } from '../../ach-files/authors.ts'
import { fileForBank, isReleased, onFileProgress } from '../../ach-files/delivery.ts'
import { overtaken } from '../../ach-files/moot-reversal.ts'
import { retrieveAchFile } from '../../ach-files/service.ts'
import { submitAchFile } from '../../ach-files/submit.ts'
import { achFiles } from '../../ach-files/table.ts'
import { doublesOf } from '../../ach-files/possible-duplicates.ts'
import { auditEventStore } from '../../audit/audit.ts'
import { sealAuthentication } from '../../bank-connections/authentication.ts'
import type { BankConnectionRow } from '../../bank-connections/table.ts'
import type { BankSession, BankSettings } from '../../banks/bank.ts'
import { createSftpBank } from '../../banks/sftp-bank.ts'
import { BANK_LIMITS } from '../../banks/sftp-session.ts'
import { createClosingCheck, createStopCheck } from '../../deliveries/stop-check.ts'
import { clearAuthentication } from '../../banks/testing/clear-authentication.ts'
import { events } from '../../events/table.ts'
import { createWorker, type Worker, type WorkerOptions } from '../../jobs/jobs.ts'
import { jobs } from '../../jobs/table.ts'
import { newId } from '../../new-id.ts'
import { type Databases } from '../../storage/directory.ts'
import { byHand } from '../../storage/testing/by-hand.ts'
import type { HomeOptions } from '../../storage/testing/home.ts'
import type { Storage } from '../../storage/transaction.ts'
import { BEN, createTestTenants, person, type TestOrganization, type TestTenants } from '../../testing/context.ts'
import { addApproved, addBankAccount, addBankConnection, addRecipient, batchOf } from '../../testing/payments.ts'
import { openLocalKeyFile } from '../../vault/local-key-file.ts'
import { createVault } from '../../vault/vault.ts'
import { enqueueDeadline } from '../create.ts'
import { createDeliveryHandlers } from '../delivery.ts'
import { confirmResolution, resolveSubmission } from '../resolve.ts'
import { retrieveSubmission } from '../service.ts'
import { submissions } from '../table.ts'
import { acknowledging } from '../../testing/acknowledging.ts'

/** How the organization's bank is set up. */
export interface BankSetup {
  settings: BankSettings
  uploadDirectory: string
  acknowledgementDirectory?: string | null
  sweepsAtOnce?: boolean
  encryption?: BankConnectionRow['encryption']
  /** Of who is paid; one that no bank knows unless told. */
  accountNumber?: string
}

/** A file on its way: submitted by people, not yet taken up by a worker. */
export interface OnItsWay {
  id: Id<'sub'>
  achFileId: Id<'ach'>
  fileName: string
  bytes: Buffer
  organization: TestOrganization
  submission(): Promise<Submission>
}

export interface WorkerHooks {
  checkpoint?(state: string): void
  connect?(settings: BankSettings): Promise<BankSession>
  random?(): number
  leaseMs?: number
  heartbeatMs?: number
  /** Around the database as this worker sees it. */
  storage?(storage: Storage): Storage
  /** What this worker takes for the time. */
  now?(): Date
  onError?(error: unknown): void
  /** Its places, and how many of them one organization gets. */
  lane?: Pick<WorkerOptions, 'slots' | 'mostOfOne'>
  /** Instead of the file's own answer. */
  isReleased?(): Promise<boolean>
  /** Instead of the file's own answer. */
  overtaken?(): Promise<string | null>
}

const bank = createSftpBank({
  addresses: { privateRanges: ['127.0.0.1/32'], ports: [] },
  limits: { ...BANK_LIMITS, connectMs: 2_000, readyMs: 5_000, operationMs: 700 },
})

/** Files of real people, with the real worker, to a bank of the test's choice. */
export async function createDeliveries(options?: HomeOptions) {
  const tenants = await createTestTenants(options)
  return {
    tenants,
    submit: (setup: BankSetup) => submit(tenants, setup),
    again: approveAnother,
    instead,
    alsoThrough,
    /** Another file of the same organization, through a bank connection of its own. */
    elsewhere: ({ organization }: OnItsWay, setup: BankSetup) =>
      submitOf(organization, newId('bcn', tenants.clock.now), setup),
    worker: (hooks: WorkerHooks = {}) => createDeliveryWorker(tenants, hooks),
    run: (worker?: Worker) => deliverAll(tenants, worker ?? createDeliveryWorker(tenants)),
    close: () => tenants.close(),
  }
}

export function connectToTestBank(settings: BankSettings): Promise<BankSession> {
  return bank.connect(settings)
}

async function submit(tenants: TestTenants, setup: BankSetup): Promise<OnItsWay> {
  return submitOf(await tenants.organization(), newId('bcn', tenants.clock.now), setup)
}

async function submitOf(organization: TestOrganization, connectionId: Id<'bcn'>, setup: BankSetup): Promise<OnItsWay> {
  const { settings, uploadDirectory, acknowledgementDirectory = null, sweepsAtOnce = false, encryption = null } = setup
  const sealed = await organization.read(async ({ vault }) =>
    sealAuthentication(vault, connectionId, clearAuthentication(settings.authentication)),
  )
  const { host, port, username, hostKeyFingerprints } = settings
  await addBankConnection(organization, {
    id: connectionId,
    host,
    port,
    username,
    hostKeyFingerprints: [...hostKeyFingerprints],
    ...sealed,
    uploadDirectory,
    acknowledgementDirectory,
    sweepsAtOnce,
    encryption,
  })
  return submitThrough(organization, connectionId, setup.accountNumber)
}

/** Another file of the same organization through the same bank connection. */
async function alsoThrough(file: OnItsWay): Promise<OnItsWay> {
  const { bankConnectionId } = await file.submission()
  return submitThrough(file.organization, bankConnectionId)
}

async function submitThrough(
  organization: TestOrganization,
  connectionId: Id<'bcn'>,
  accountNumber?: string,
): Promise<OnItsWay> {
  const account = await addBankAccount(organization, connectionId)
  const recipient = await addRecipient(organization, accountNumber === undefined ? {} : { accountNumber })
  return submitApproved(organization, [batchOf(account.id, recipient.id)])
}

async function submitApproved(
  organization: TestOrganization,
  batches: Parameters<typeof addApproved>[1],
): Promise<OnItsWay> {
  const approved = await addApproved(organization, batches)
  const file = await organization.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => submitAchFile(ctx, approved.id, { ...approved, acknowledgedDuplicates })),
  )
  const { submissionId, generated } = file
  if (submissionId === null || generated === null) throw new Error('The file was not submitted.')
  const bytes = await organization.read((ctx) => fileForBank(ctx.db, ctx.vault, organization.id, file.id))
  return {
    id: submissionId,
    achFileId: file.id,
    fileName: generated.fileName,
    bytes: Buffer.from(bytes),
    organization,
    submission: () => organization.read((ctx) => retrieveSubmission(ctx, submissionId)),
  }
}

/** Another file that makes the same payment of the same organization, submitted by people who know of the first. */
async function instead(file: OnItsWay): Promise<OnItsWay> {
  const { organization, achFileId } = file
  const { batches } = await organization.read((ctx) => retrieveAchFile(ctx, achFileId))
  const [batch] = batches ?? []
  const [entry] = batch?.entries ?? []
  if (batch === undefined || entry === undefined) throw new Error('The file pays nobody.')
  const { recipientId, amountCents } = entry
  const entries = [{ recipientId, amountCents, externalId: 'instead' }]
  return submitApproved(organization, [batchOf(batch.bankAccountId, recipientId, { entries })])
}

/** Another approved file of the same organization, from a bank account of its own; not submitted. */
async function approveAnother({ organization }: OnItsWay): Promise<Id<'ach'>> {
  const account = await addBankAccount(organization)
  const recipient = await addRecipient(organization)
  const { id } = await addApproved(organization, [batchOf(account.id, recipient.id)])
  return id
}

/** Gives a file on its way a cutoff, as if it had been submitted with one. */
export async function setCutoff({ organization, id }: OnItsWay, deliverBy: string): Promise<void> {
  await organization.write(BEN, async (ctx) => {
    await ctx.db
      .update(submissions)
      .set({ deliverBy })
      .where(and(eq(submissions.organizationId, organization.id), eq(submissions.id, id)))
    await enqueueDeadline(ctx, id, deliverBy)
  })
}

/** One person says what the bank answered, another confirms it; neither wrote the file. */
export async function resolveByTwo(file: OnItsWay, outcome: 'delivered' | 'notDelivered'): Promise<void> {
  const { organization, id } = file
  const deps = { authorsOf, doublesOf, onFileProgress }
  const said = { outcome, reason: 'they said so' }
  await organization.write(person('carla'), (ctx) => resolveSubmission(ctx, id, said))
  await organization.write(person('dora'), (ctx) => confirmResolution(deps, ctx, id, { outcome }))
}

/** Databases that somebody set up, and what time it is there. */
export interface Place {
  folder: string
  databases: Databases
  clock: { now: Date }
}

let workers = 0

export function createDeliveryWorker({ folder, databases, clock }: Place, hooks: WorkerHooks = {}): Worker {
  const now = hooks.now ?? (() => clock.now)
  const random = hooks.random ?? (() => 0.5)
  const vault = createVault({ control: databases.control, keyProvider: openLocalKeyFile(folder), now })
  const storage = hooks.storage?.(tenantOf(databases)) ?? tenantOf(databases)
  const handlers = createDeliveryHandlers({
    databases: { tenantOf: async () => storage },
    vaultFor: (organizationId) => vault.forOrganization(organizationId),
    connect: hooks.connect ?? connectToTestBank,
    generatedFile: fileForBank,
    isReleased: hooks.isReleased ?? isReleased,
    overtaken: hooks.overtaken ?? overtaken,
    onFileProgress,
    stopped: createStopCheck(databases.control),
    isClosing: createClosingCheck(databases.control),
    now,
    random,
    newId: (prefix) => newId(prefix, now()),
    ...(hooks.checkpoint ? { checkpoint: hooks.checkpoint } : {}),
  })
  const owner = `worker-${process.pid}-${++workers}`
  const leaseMs = hooks.leaseMs ?? 60_000
  const timing = { leaseMs, ...(hooks.heartbeatMs === undefined ? {} : { heartbeatMs: hooks.heartbeatMs }) }
  const kinds = { only: Object.keys(handlers) }
  const onError = hooks.onError ?? (() => undefined)
  return createWorker({ storage, owner, now, random, kinds, handlers, ...timing, ...hooks.lane, onError })
}

const TURNS_MAX = 60

/** Works until nothing more is to be delivered, moving the clock to each next try. */
export async function deliverAll({ databases, clock }: Place, worker: Worker): Promise<void> {
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    for (let done = 0; done < TURNS_MAX && (await worker.runOnce()); done++);
    const rows = await byHand(tenantOf(databases))
      .read.select({ runAt: jobs.runAt, leaseUntil: jobs.leaseUntil, state: jobs.state })
      .from(jobs)
      .where(eq(jobs.kind, 'submission.deliver'))
    const next = rows
      .map(({ state, runAt, leaseUntil }) => (state === 'ready' ? runAt : state === 'leased' ? leaseUntil : null))
      .filter((at) => at !== null)
      .toSorted()[0]
    if (next === undefined) return
    clock.now = new Date(Math.max(clock.now.getTime(), Date.parse(next)) + 1)
  }
  throw new Error('The delivery does not come to an end.')
}

function tenantOf(databases: Databases): Storage {
  const [storage] = databases.tenants()
  if (storage === undefined) throw new Error('There is no tenant database.')
  return storage
}

/** The state of the file itself, as people see it. */
export async function fileStatus({ organization, achFileId }: OnItsWay): Promise<string> {
  const [row] = await organization.storage.read
    .select({ status: achFiles.status })
    .from(achFiles)
    .where(and(eq(achFiles.organizationId, organization.id), eq(achFiles.id, achFileId)))
  return row?.status ?? 'missing'
}

/** What the audit log says happened to submissions, oldest first. */
export async function auditActions({ organization }: OnItsWay): Promise<string[]> {
  const events = await auditEventStore(organization.storage.read, organization.id).list({ limit: 100 })
  return events
    .map(({ action }) => action)
    .filter((action) => action.startsWith('submission.'))
    .toReversed()
}

/** What the organization was told of submissions, oldest first. */
export async function eventTypes({ organization }: OnItsWay): Promise<string[]> {
  const rows = await organization.storage.read
    .select({ type: events.type })
    .from(events)
    .where(eq(events.organizationId, organization.id))
    .orderBy(events.sequence)
  return rows.map(({ type }) => type).filter((type) => !type.startsWith('achFile.'))
}
