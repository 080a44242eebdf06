import { existsSync } from 'node:fs'
import { ownedBy } from '../storage/owned-by.ts'
import { LIMITS } from '../limits.ts'
import type { Databases } from '../storage/directory.ts'
import { appendControlAuditEvent } from './audit.ts'
import { type AuditLog, AuditLogBroken, type AuditLogOptions, openAuditLog, restartAuditLog } from './audit-log.ts'
import { checkpointFile, checkpointPath } from './checkpoint-file.ts'
import { SERVER } from './denials.ts'
import { openSigningKey } from './signing-key.ts'
import { auditEvents, controlAuditEvents } from './table.ts'

export interface AuditLogsOptions {
  databases: Databases
  dataFolder: string
  /** A second folder, best on another machine, that gets every checkpoint as well. */
  checkpointFolder?: string | undefined
  /** What the logs of a new installation are called after: the host it is reached at. */
  host: string
  now(): Date
  onError(error: unknown): void
}

/** The logs of all databases of this server. */
export interface AuditLogs {
  control: AuditLog
  all: readonly AuditLog[]
  /** Of the database that an organization lives in. */
  of(organizationId: string): Promise<AuditLog>
  /** Signs the log of an organization, in the background: a file of it has reached its bank. */
  checkpointOf(organizationId: string): void
  /** Signs where enough events or enough time has come together. */
  tick(now: Date): Promise<void>
  /** Signs whatever no checkpoint covers. */
  checkpointAll(): Promise<void>
}

/** @throws AuditLogBroken, KeyUnavailable */
export async function openAuditLogs(options: AuditLogsOptions): Promise<AuditLogs> {
  const { onError } = options
  const control = await openAuditLog(controlOf(options))
  const logs = new Map<string, AuditLog>()
  for (const place of tenantsOf(options)) logs.set(place.name, await openAuditLog(place))
  const all = [control, ...logs.values()]
  /** From when on time alone brings the next checkpoint. */
  const dueAt = new Map<AuditLog, number>()

  async function guarded(log: AuditLog, work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) =>
      onError(new Error(`No checkpoint of ${log.name} was written`, { cause: error })),
    )
  }

  async function logOf(organizationId: string): Promise<AuditLog> {
    const name = await options.databases.nameOf(organizationId)
    const log = logs.get(name)
    if (log === undefined) throw new Error(`The database ${name} has no audit log.`)
    return log
  }

  return {
    control,
    all,
    of: logOf,
    checkpointOf(organizationId) {
      void logOf(organizationId).then((log) => guarded(log, log.checkpoint), onError)
    },
    async tick(now) {
      for (const log of all) {
        await guarded(log, async () => {
          const fresh = await log.catchUp()
          const isDue = now.getTime() >= (dueAt.get(log) ?? Number.NEGATIVE_INFINITY)
          if (fresh < (isDue ? 1 : LIMITS.checkpointEvents)) return
          await log.checkpoint()
          dueAt.set(log, now.getTime() + LIMITS.checkpointMinutes * 60_000)
        })
      }
    },
    async checkpointAll() {
      for (const log of all) await guarded(log, async () => (await log.catchUp()) > 0 && log.checkpoint())
    },
  }
}

/** Goes on from databases that do not follow from their checkpoints. @returns what kept each of them from it */
export async function restartAuditLogs(options: AuditLogsOptions, reason: string): Promise<string[]> {
  const broken: { place: AuditLogOptions; why: string }[] = []
  for (const place of [controlOf(options), ...tenantsOf(options)]) {
    const why = await openAuditLog(place).then(
      () => null,
      (error: unknown) => {
        if (error instanceof AuditLogBroken) return error.message
        throw error
      },
    )
    if (why !== null) broken.push({ place, why })
  }
  if (broken.length > 0) await tellOfRestart(options, broken, reason)
  for (const { place } of broken) await restartAuditLog(place, reason)
  return broken.map(({ why }) => why)
}

/** The event is under the first checkpoint after it. */
function tellOfRestart(
  { databases, now }: AuditLogsOptions,
  broken: readonly { place: AuditLogOptions }[],
  reason: string,
) {
  return ownedBy(SERVER, databases.control).write((tx) =>
    appendControlAuditEvent(tx, SERVER, now(), {
      action: 'auditLog.restarted',
      actor: { type: 'system', id: 'command-line' },
      via: { type: 'commandLine', id: null },
      targetType: 'auditLog',
      targetId: broken.map(({ place }) => place.name).join(' '),
      outcome: 'succeeded',
      requestId: null,
      data: { reason },
    }),
  )
}

function controlOf(options: AuditLogsOptions): AuditLogOptions {
  return { ...placesOf(options, 'control'), db: options.databases.control.read, table: controlAuditEvents }
}

function tenantsOf(options: AuditLogsOptions): AuditLogOptions[] {
  return options.databases.named().map(({ name, storage }) => {
    return { ...placesOf(options, name), db: storage.read, table: auditEvents }
  })
}

function placesOf({ dataFolder, checkpointFolder, host, databases, onError }: AuditLogsOptions, name: string) {
  const folders = [dataFolder, ...(checkpointFolder === undefined ? [] : [checkpointFolder])]
  if (checkpointFolder !== undefined && !existsSync(checkpointFolder)) {
    throw new Error(`FISTWORKS_AUDIT_CHECKPOINTS names ${checkpointFolder}, which is not there. Make the folder first.`)
  }
  const names = ['control', ...databases.named().map((each) => each.name)]
  const isInUse = folders.some((folder) => names.some((each) => existsSync(checkpointPath(folder, each))))
  const key = openSigningKey(dataFolder, host, isInUse)
  return {
    name,
    onError,
    signer: key.signerFor(name),
    places: folders.map((folder) => checkpointFile(checkpointPath(folder, name))),
  }
}
