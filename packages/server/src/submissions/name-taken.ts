import type { Id } from '@fistworks/contract'
import { and, eq } from 'drizzle-orm'
import type { Reader } from '../storage/transaction.ts'
import { submissions } from './table.ts'

/** Whether a file of this name went to a bank, or is on its way there. */
export async function isNameTaken(
  db: Reader,
  organizationId: string,
  bankConnectionId: Id<'bcn'>,
  fileName: string,
): Promise<boolean> {
  const [row] = await db
    .select({ id: submissions.id })
    .from(submissions)
    .where(
      and(
        eq(submissions.organizationId, organizationId),
        eq(submissions.bankConnectionId, bankConnectionId),
        eq(submissions.fileName, fileName),
      ),
    )
    .limit(1)
  return row !== undefined
}
