import { and, eq } from 'drizzle-orm'
import { idempotencyKeys } from './table.ts'
import type { Reader, Tx } from './transaction.ts'

/** One use of an idempotency key. */
export interface IdempotencyScope {
  /** The organization; in the control plane also a platform or a user. */
  owner: string
  principal: string
  operation: string
  key: string
  /** Tells whether the same thing was asked; keyed where the body may hold a number. */
  bodyHash: string
}

/** What was answered, already masked. */
export interface IdempotencyAnswer {
  status: number
  responseBody: string
  createdAt: Date
}

/** The answer this key got before, or `null` when it is new. */
export async function findIdempotent(
  db: Reader,
  scope: Omit<IdempotencyScope, 'bodyHash'>,
): Promise<(IdempotencyAnswer & { bodyHash: string }) | null> {
  const [row] = await db
    .select()
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.ownerId, scope.owner),
        eq(idempotencyKeys.principal, scope.principal),
        eq(idempotencyKeys.operation, scope.operation),
        eq(idempotencyKeys.key, scope.key),
      ),
    )
    .limit(1)
  if (!row) return null
  const { bodyHash, status, responseBody } = row
  return { bodyHash, status, responseBody, createdAt: new Date(row.createdAt) }
}

/**
 * Records the answer in the transaction of its effect.
 * @throws a unique violation when the key was used meanwhile, which rolls the effect back
 */
export async function insertIdempotent(tx: Tx, scope: IdempotencyScope, answer: IdempotencyAnswer): Promise<void> {
  const { owner, ...rest } = scope
  const { status, responseBody } = answer
  await tx
    .insert(idempotencyKeys)
    .values({ ownerId: owner, ...rest, status, responseBody, createdAt: answer.createdAt.toISOString() })
}
