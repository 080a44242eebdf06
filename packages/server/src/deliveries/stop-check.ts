import { accessStore } from '../access/access-store.ts'
import type { ReadDb, Reader } from '../storage/transaction.ts'
import { findServerStop, findStop } from './store.ts'

const OF_ORGANIZATION =
  'Deliveries of this organization are stopped. This one waits, and nothing is sent until somebody resumes them.'
const OF_SERVER =
  'The operator of this server has stopped all deliveries. This one waits, and nothing is sent until they are resumed.'

/**
 * Whether a delivery has to wait because somebody stopped it, in words for people; `null` while nothing is stopped. Asked
 * of the databases each time, so a stop is true for every process as soon as it is stored.
 */
export type StopCheck = (db: Reader, organizationId: string) => Promise<string | null>

/** Whether an organization is being closed, or is: then nothing of it is sent any more. */
export type ClosingCheck = (organizationId: string) => Promise<boolean>

export function createClosingCheck(control: { read: ReadDb }): ClosingCheck {
  return async (organizationId) => {
    const organization = await accessStore(control.read).organization(organizationId)
    return organization !== undefined && organization.closingAt !== null
  }
}

/** An organization that is being closed sends nothing anyway, and nobody could resume it: its stop holds nothing up. */
export function createStopCheck(control: { read: ReadDb }): StopCheck {
  const isClosing = createClosingCheck(control)
  return async (db, organizationId) => {
    if ((await findServerStop(control.read)) !== undefined) return OF_SERVER
    if ((await findStop(db, organizationId)) === undefined || (await isClosing(organizationId))) return null
    return OF_ORGANIZATION
  }
}
