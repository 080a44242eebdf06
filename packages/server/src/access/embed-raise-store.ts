import { and, eq } from 'drizzle-orm'
import { platforms } from '../storage/table.ts'
import type { ReadDb, Tx } from '../storage/transaction.ts'
import { embedRaises } from './table.ts'

/** What a person has added to an embed session for one frame, and what the frame is told of the platform. */
export function embedRaiseStore(db: Tx | ReadDb) {
  return {
    /** @param secretHash in hex */
    find: (organizationId: string, embedSessionId: string, secretHash: string) =>
      db
        .select()
        .from(embedRaises)
        .where(
          and(
            eq(embedRaises.organizationId, organizationId),
            eq(embedRaises.embedSessionId, embedSessionId),
            eq(embedRaises.secretHash, Buffer.from(secretHash, 'hex')),
          ),
        )
        .get(),
    platform: (id: string) => db.select().from(platforms).where(eq(platforms.id, id)).get(),
  }
}

/** Adds nothing when this frame was raised before. @returns whether it was added */
export async function addEmbedRaise(tx: Tx, row: typeof embedRaises.$inferInsert): Promise<boolean> {
  const added = await tx.insert(embedRaises).values(row).onConflictDoNothing().returning({ at: embedRaises.createdAt })
  return added.length === 1
}
