import type { Reader } from '../storage/transaction.ts'
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

export function createStopCheck(control: { read: Reader }): StopCheck {
  return async (db, organizationId) => {
    if ((await findServerStop(control.read)) !== undefined) return OF_SERVER
    return (await findStop(db, organizationId)) === undefined ? null : OF_ORGANIZATION
  }
}
