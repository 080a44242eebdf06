import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SubmissionState } from '@fistworks/contract'
import fc from 'fast-check'
import { type Fault, type FaultySftpServer, filesIn } from '../../banks/testing/faulty-sftp-server.ts'
import { MONDAY } from '../../testing/context.ts'
import { auditActions, type createDeliveries, eventTypes, fileStatus, type OnItsWay } from './delivery.ts'

/** What goes wrong while one file is delivered. */
export interface FaultSchedule {
  faults: Fault[]
  sweepsAtOnce: boolean
}

const FAULTY_REQUESTS = ['OPEN', 'WRITE', 'CLOSE', 'RENAME', 'STAT', 'READ', 'REMOVE'] as const
const FAULT_KINDS = ['dropBefore', 'dropAfter', 'lieDone', 'lieFailed', 'failure', 'noPermission', 'wrongSize'] as const

const faultOf = (requests: readonly (typeof FAULTY_REQUESTS)[number][], atMost: number) =>
  fc.record({
    request: fc.constantFrom(...requests),
    at: fc.integer({ min: 1, max: atMost }),
    what: fc.constantFrom(...FAULT_KINDS),
  })
/** The rename is where a file can be lost or doubled, so it goes wrong more often than anything else. */
export const faultSchedules: fc.Arbitrary<FaultSchedule> = fc.record({
  faults: fc
    .tuple(fc.array(faultOf(['RENAME'], 3), { maxLength: 3 }), fc.array(faultOf(FAULTY_REQUESTS, 8), { maxLength: 4 }))
    .map(([atRename, elsewhere]) => [...atRename, ...elsewhere]),
  sweepsAtOnce: fc.boolean(),
})
/** How a delivery may end: with how many copies at the bank, and what the file says then. */
const ENDS: Partial<Record<SubmissionState, { copies: readonly number[]; status: readonly string[] }>> = {
  done: { copies: [1], status: ['delivered'] },
  acknowledged: { copies: [1], status: ['acknowledged'] },
  failed: { copies: [0], status: ['failed'] },
  unknown: { copies: [0, 1], status: ['needsAttention'] },
  canceled: { copies: [0], status: ['submitted', 'canceled'] },
}

export interface ScheduleResult {
  state: string
  copies: number
  /** What the guarantee forbids; empty when it holds. */
  breaches: string[]
}

/**
 * Delivers one file while everything in the schedule goes wrong, and compares what the bank has with what we say.
 * The bank ends with exactly one complete copy, or a person is asked; never two, never a part under the final name.
 */
export async function runFaultSchedule(
  deliveries: Awaited<ReturnType<typeof createDeliveries>>,
  server: FaultySftpServer,
  schedule: FaultSchedule,
): Promise<ScheduleResult> {
  deliveries.tenants.clock.now = MONDAY
  await empty(server)
  server.sweep(schedule.sweepsAtOnce)
  const { sweepsAtOnce } = schedule
  const file = await deliveries.submit({ settings: server.settings, uploadDirectory: '/inbox', sweepsAtOnce })
  server.plan(schedule.faults)
  await deliveries.run()

  const result = await judgeDelivery(server, file)
  const audited = await auditActions(file)
  if (audited.length !== 1) result.breaches.push('not one audit event')
  if (String(await eventTypes(file)) !== String(audited)) result.breaches.push('people are told something else')
  return result
}

/** Holds what we say about a delivery that has come to its end against what the bank has. */
export async function judgeDelivery(server: FaultySftpServer, file: OnItsWay): Promise<ScheduleResult> {
  const { state, problem } = await file.submission()
  const found = [...(await filesIn(server.inbox)), ...(await filesIn(server.taken))]
  const copies = found.filter(({ name }) => name.startsWith(file.fileName))
  const breaches: string[] = []
  if (copies.length > 1) breaches.push(`${copies.length} copies`)
  if (copies.some(({ bytes }) => !bytes.equals(file.bytes))) breaches.push('a part under the final name')
  const end = ENDS[state]
  if (end === undefined) return { state, copies: copies.length, breaches: [...breaches, `left in ${state}`] }
  if (!end.copies.includes(copies.length)) breaches.push(`${state} with ${copies.length} copies`)
  if ((state === 'failed' || state === 'unknown') && problem === null) breaches.push('nobody is told why')
  const status = await fileStatus(file)
  if (!end.status.includes(status)) breaches.push(`the file is ${status}`)
  return { state, copies: copies.length, breaches }
}

/** Takes everything away that the bank has. */
export async function empty(server: FaultySftpServer): Promise<void> {
  for (const folder of [server.inbox, server.taken]) {
    for (const { name } of await filesIn(folder)) await rm(join(folder, name))
  }
}
