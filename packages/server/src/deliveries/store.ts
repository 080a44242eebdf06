import { eq } from 'drizzle-orm'
import type { Reader, Tx } from '../storage/transaction.ts'
import { type DeliveryStopRow, deliveryStops, type ServerStopRow, serverDeliveryStop } from './table.ts'

/** Whether an organization's deliveries are stopped. */
export async function findStop(db: Reader, organizationId: string): Promise<DeliveryStopRow | undefined> {
  const [row] = await db.select().from(deliveryStops).where(eq(deliveryStops.organizationId, organizationId)).limit(1)
  return row
}

export function stopWriter(tx: Tx, organizationId: string) {
  return {
    /** A second stop keeps the time of the first. */
    async add(row: Omit<DeliveryStopRow, 'organizationId'>): Promise<void> {
      const { stoppedBy, reason } = row
      await tx
        .insert(deliveryStops)
        .values({ ...row, organizationId })
        .onConflictDoUpdate({ target: deliveryStops.organizationId, set: { stoppedBy, reason } })
    },
    async remove(): Promise<boolean> {
      const gone = await tx
        .delete(deliveryStops)
        .where(eq(deliveryStops.organizationId, organizationId))
        .returning({ at: deliveryStops.stoppedAt })
      return gone.length === 1
    },
  }
}

/** Whether the operator has stopped all deliveries of this server; in the control database. */
export async function findServerStop(control: Reader): Promise<ServerStopRow | undefined> {
  const [row] = await control.select().from(serverDeliveryStop).limit(1)
  return row
}

export function serverStopWriter(tx: Tx) {
  return {
    async add(stoppedAt: string, reason: string): Promise<void> {
      const set = { reason }
      await tx
        .insert(serverDeliveryStop)
        .values({ id: 1, stoppedAt, reason })
        .onConflictDoUpdate({ target: serverDeliveryStop.id, set })
    },
    async remove(): Promise<boolean> {
      const gone = await tx.delete(serverDeliveryStop).returning({ id: serverDeliveryStop.id })
      return gone.length === 1
    },
  }
}
