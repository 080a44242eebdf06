import type { Id } from '@fistworks/contract'
import { addBankingDays, addDays } from '@fistworks/nacha'
import { recordEvent } from '../events/record-event.ts'
import type { Job, JobOutcome, Lease } from '../jobs/jobs.ts'
import { recipientStore } from '../recipients/store.ts'
import type { Storage } from '../storage/transaction.ts'
import { ALREADY_CHANGED, isAsPaid } from './as-paid.ts'
import { correctionStore, correctionWriter } from './store.ts'

type Reminder = 'dueSoon' | 'overdue'

const DUE_SOON_BANKING_DAYS = 2
/** In the morning of the East coast, in winter and in summer. */
const HOUR = 'T13:00:00Z'

/** When somebody is told that a correction is due in two banking days, and that it should have been applied. */
export function remindersOf(dueOn: string): { what: Reminder; at: Date }[] {
  return [
    { what: 'dueSoon', at: new Date(`${addBankingDays(dueOn, -DUE_SOON_BANKING_DAYS)}${HOUR}`) },
    { what: 'overdue', at: new Date(`${addDays(dueOn, 1)}${HOUR}`) },
  ]
}

export interface ReminderDependencies {
  databases: { tenantOf(organizationId: string): Promise<Storage> }
  now(): Date
}

/** Tells of a correction that nobody decided about; one whose recipient was changed meanwhile needs nobody any more. */
export async function remindOfCorrection(deps: ReminderDependencies, job: Job, lease: Lease): Promise<JobOutcome> {
  const { correctionId, what } = job.payload as { correctionId: string; what: Reminder }
  const organizationId = job.organizationId as Id<'org'>
  const storage = await deps.databases.tenantOf(organizationId)
  await storage.write(async (tx) => {
    await lease.assertHeld(tx)
    const row = await correctionStore(tx, organizationId).find(correctionId)
    if (row === undefined || row.state !== 'open') return
    const recipient =
      row.recipientId === null ? undefined : await recipientStore(tx, organizationId).find(row.recipientId)
    if (row.corrected !== null && row.recipientId !== null && !isAsPaid(row, recipient)) {
      const values = { state: 'alreadyChanged' as const, problem: ALREADY_CHANGED }
      await correctionWriter(tx, organizationId).change(row.id, values)
      return
    }
    await recordEvent(tx, organizationId, {
      type: `correction.${what}`,
      objectType: 'correction',
      objectId: row.id,
      status: row.state,
      at: deps.now(),
      about: { code: row.code, name: row.individualName, dueAt: row.dueOn, achFileId: row.achFileId },
    })
  })
  return { done: true }
}
