import { basename } from 'node:path'
import { expectedTriggers, triggerFault } from '../storage/migrate.ts'
import { type OfflineFile, openOffline } from '../storage/offline-file.ts'
import type { AuditEventRow } from './table.ts'
import type { LogFault } from './verify-log.ts'

/** The audit log in a database file that nobody has to have open. */
export interface OfflineLog {
  /** `main`, `control`: the name of the file. */
  name: string
  triggers(): LogFault | null
  events(): Iterable<AuditEventRow>
  count(): number
  close(): void
}

/** @throws Error when the file is no database of ours */
export function openOfflineLog(path: string): OfflineLog {
  const file = openOffline(path)
  const kind = kindOf(file, path)
  return {
    name: basename(path).replace(/\.db$/, ''),
    triggers() {
      const found = [...file.rows(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)]
      const why = triggerFault(expectedTriggers(kind), found as { name: string; sql: string }[])
      return why === null ? null : { kind: 'trigger', why, event: null }
    },
    events: () => file.rows(selectOf(file, kind)) as Iterable<unknown> as Iterable<AuditEventRow>,
    count: () => Number([...file.rows(`SELECT count(*) AS count FROM ${TABLES[kind].table}`)][0]?.['count']),
    close: file.close,
  }
}

const TABLES = {
  control: { table: 'control_audit_events', owner: 'owner_id' },
  tenant: { table: 'audit_events', owner: 'organization_id' },
} as const
type Kind = keyof typeof TABLES

function kindOf(file: OfflineFile, path: string): Kind {
  const tables = new Set([...file.rows(`SELECT name FROM sqlite_schema WHERE type = 'table'`)].map(({ name }) => name))
  const kind = (Object.keys(TABLES) as Kind[]).find((each) => tables.has(TABLES[each].table))
  if (kind === undefined) throw new Error(`${path} has no audit log.`)
  return kind
}

/** Databases from before there were formats have no columns for them. */
function selectOf(file: OfflineFile, kind: Kind): string {
  const { table, owner } = TABLES[kind]
  const columns = new Set([...file.rows(`SELECT name FROM pragma_table_info('${table}')`)].map(({ name }) => name))
  const since2 = columns.has('format')
    ? 'format, via_type AS viaType, via_id AS viaId, user_agent AS userAgent'
    : '1 AS format, NULL AS viaType, NULL AS viaId, NULL AS userAgent'
  return `SELECT seq, ${owner} AS ownerId, org_seq AS ownerSeq, id, at, actor_type AS actorType, actor_id AS actorId,
    actor_name AS actorName, action, target_type AS targetType, target_id AS targetId, outcome, request_id AS requestId,
    ip, data_json AS dataJson, prev_hash AS previousHash, hash, ${since2} FROM ${table} ORDER BY seq`
}
