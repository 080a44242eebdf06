import { type Id, makeId } from '@fistworks/contract'
import { and, eq, gte, sql } from 'drizzle-orm'
import { LIMITS } from '../limits.ts'
import type { Reader } from '../storage/transaction.ts'
import { inboundFiles } from './table.ts'

const DAY_MS = 86_400_000
const LEAST_ID = new Uint8Array(10)

export const ALLOWANCE_USED =
  'More was put down within 24 hours than is taken in that time. The rest stays at the bank and is fetched later.'

/**
 * Of these files those that the banks of one organization may put down within 24 hours. What is kept is kept for years,
 * so nobody may fill the disk that it shares with others.
 */
export async function withinAllowance<T extends { sizeBytes: number }>(
  db: Reader,
  organizationId: Id<'org'>,
  now: Date,
  files: readonly T[],
): Promise<T[]> {
  const first = makeId('inb', now.getTime() - DAY_MS, LEAST_ID)
  const [kept] = await db
    .select({ count: sql<number>`count(*)`, bytes: sql<number>`coalesce(sum(${inboundFiles.sizeBytes}), 0)` })
    .from(inboundFiles)
    .where(and(eq(inboundFiles.organizationId, organizationId), gte(inboundFiles.id, first)))
  let count = LIMITS.inboundFilesPerDay - (kept?.count ?? 0)
  let bytes = LIMITS.inboundBytesPerDay - (kept?.bytes ?? 0)
  return files.filter(({ sizeBytes }) => {
    if (count < 1 || bytes < sizeBytes) return false
    count -= 1
    bytes -= sizeBytes
    return true
  })
}
