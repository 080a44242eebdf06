import type { AuditEvent, Page, PageQuery } from '@fistworks/contract'
import { auditEventStore } from '../audit/audit.ts'
import type { ReadContext } from '../context.ts'
import { listPage } from '../list-page.ts'
import { presentAuditEvent } from './present.ts'

/** What happened in the organization, newest first, in the order of its chain. */
export async function listAuditEvents(ctx: ReadContext, query: PageQuery): Promise<Page<AuditEvent>> {
  const store = auditEventStore(ctx.db, ctx.organizationId)
  return listPage(ctx, {
    name: 'auditEvents',
    query,
    async read(before, limit) {
      const rows = await store.list(before === null ? { limit } : { limit, before: Number(before) })
      return rows.map((row) => ({ id: String(row.ownerSeq), row }))
    },
    present: ({ row }) => presentAuditEvent(row),
  })
}
