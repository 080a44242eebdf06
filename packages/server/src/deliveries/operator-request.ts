import { appendControlAuditEvent } from '../audit/audit.ts'
import { SERVER } from '../audit/denials.ts'
import { ownedBy } from '../storage/owned-by.ts'
import type { Storage, Tx } from '../storage/transaction.ts'
import { findServerStop, serverStopWriter } from './store.ts'

/** What `fistworks deliveries` asks for, here or over the socket of the running server. */
export type DeliveriesRequest =
  | { do: 'deliveries.status' }
  | { do: 'deliveries.stop'; reason: string }
  | { do: 'deliveries.resume' }

/** The switch of the whole server; the workers of every process read it before each step towards a bank. */
export interface DeliveriesOffice {
  control: Storage
  now(): Date
}

/** Does it and tells of it in lines for a person. */
export async function answerDeliveriesRequest(office: DeliveriesOffice, request: DeliveriesRequest): Promise<string[]> {
  if (request.do === 'deliveries.stop') return stop(office, request.reason)
  if (request.do === 'deliveries.resume') return resume(office)
  const found = await findServerStop(office.control.read)
  if (found === undefined) return ['Files go to the banks, except those of organizations that stopped their own.']
  return [`All deliveries of this server are stopped since ${found.stoppedAt}: ${found.reason}`]
}

async function stop({ control, now }: DeliveriesOffice, reason: string): Promise<string[]> {
  const at = now()
  await ownedBy(SERVER, control).write(async (tx) => {
    await serverStopWriter(tx).add(at.toISOString(), reason)
    await record(tx, at, 'deliveries.stopped', { reason })
  })
  return ['Nothing goes to any bank from now on. A file that a bank was already asked to rename may still arrive.']
}

async function resume({ control, now }: DeliveriesOffice): Promise<string[]> {
  const at = now()
  const wasStopped = await ownedBy(SERVER, control).write(async (tx) => {
    if (!(await serverStopWriter(tx).remove())) return false
    await record(tx, at, 'deliveries.resumed', {})
    return true
  })
  if (!wasStopped) return ['They were not stopped. Nothing was changed.']
  return ['Files go to the banks again; those that waited within half a minute. Cutoffs that passed stay missed.']
}

function record(tx: Tx, at: Date, action: string, data: Record<string, unknown>): Promise<void> {
  return appendControlAuditEvent(tx, SERVER, at, {
    action,
    actor: { type: 'system', id: 'command-line' },
    via: { type: 'commandLine', id: null },
    targetType: 'server',
    targetId: 'deliveries',
    outcome: 'succeeded',
    requestId: null,
    data,
  })
}
