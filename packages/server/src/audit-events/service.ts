import type { AuditCheckpointList, AuditEvent, AuditEventQuery, AuditExport, Page } from '@fistworks/contract'
import type { AuditLogs } from '../audit/audit-logs.ts'
import { publicText } from '../audit/signed-note.ts'
import { type TrailPosition, trailOf } from '../audit/trail.ts'
import type { AuditEntry, ReadContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { listPage } from '../list-page.ts'
import { ProblemError } from '../problem-error.ts'
import type { ReadDb } from '../storage/transaction.ts'
import { scrub } from '../telemetry/scrub.ts'
import { EXPORT_TYPES, exportLines } from './export-lines.ts'
import { presentAuditEvent } from './present.ts'

export interface AuditDependencies {
  /** Keys, sessions and members leave their events there. */
  control: ReadDb
  auditLogs: AuditLogs
}

/** What happened in the organization, newest first. */
export function listAuditEvents(
  deps: Pick<AuditDependencies, 'control'>,
  ctx: ReadContext,
  query: AuditEventQuery,
): Promise<Page<AuditEvent>> {
  const { limit, after, ...filter } = query
  const trail = trailOf({ tenant: ctx.db, control: deps.control }, ctx.organizationId)
  return listPage(ctx, {
    name: 'auditEvents',
    filter,
    query: { ...(limit === undefined ? {} : { limit }), ...(after === undefined ? {} : { after }) },
    async read(before, most) {
      const found = await trail.list(filter, before === null ? null : (JSON.parse(before) as TrailPosition), most)
      return found.map(({ plane, row }) => ({ id: JSON.stringify({ at: row.at, plane, seq: row.seq }), row }))
    },
    present: ({ row }) => presentAuditEvent(row),
  })
}

/** What both logs that tell of the organization were signed over, and the keys to check it with. */
export async function listAuditCheckpoints(deps: AuditDependencies, ctx: ReadContext): Promise<AuditCheckpointList> {
  const logs = [await deps.auditLogs.of(ctx.organizationId), deps.auditLogs.control]
  const signed = logs.map(async (log) => {
    const { note } = await log.checkpoint()
    return { type: 'auditCheckpoint' as const, log: log.name, publicKey: publicText(log.signer), note }
  })
  return { data: await Promise.all(signed) }
}

export interface ExportedFile {
  contentType: string
  fileName: string
  lines: AsyncIterable<string>
}

/**
 * Events as one file. Its own event is written before the first of it leaves, and is in it.
 * @throws ProblemError `limit-exceeded` for more events than one file takes
 */
export function exportAuditEvents(
  deps: AuditDependencies,
  ctx: ReadContext,
  asked: AuditExport,
): { audit: AuditEntry; open(): Promise<ExportedFile> } {
  const { format, ...filter } = asked
  const entry = { action: 'auditEvents.exported', targetType: 'organization', targetId: ctx.organizationId }
  async function open(): Promise<ExportedFile> {
    const [tenant, control] = [await deps.auditLogs.of(ctx.organizationId), deps.auditLogs.control]
    const logs = {
      tenant: { log: tenant, signed: await tenant.checkpoint() },
      control: { log: control, signed: await control.checkpoint() },
    }
    const upTo = { tenant: logs.tenant.signed.tree.size, control: logs.control.signed.tree.size }
    const trail = trailOf({ tenant: ctx.db, control: deps.control }, ctx.organizationId)
    if ((await trail.count(filter, upTo)) > LIMITS.auditExportEvents) {
      const most = LIMITS.auditExportEvents.toLocaleString('en-US')
      throw new ProblemError('limit-exceeded', `One export has at most ${most} events. Ask for a shorter time.`)
    }
    const at = ctx.now.toISOString()
    const { organizationId } = ctx
    const lines = exportLines({ organizationId, at, asked, logs, events: trail.all(filter, upTo) })
    const fileName = `audit-${at.slice(0, 10)}.${format === 'ocsf' ? 'ocsf.jsonl' : format}`
    return { contentType: EXPORT_TYPES[format], fileName, lines }
  }
  return { audit: { ...entry, data: { format, filter: scrub(filter) } }, open }
}
