import { randomBytes } from 'node:crypto'
import { type Id, type IdPrefix, makeId } from '@fistworks/contract'

/** An id from the system's randomness and the caller's clock. */
export function newId<P extends IdPrefix>(prefix: P, now: Date): Id<P> {
  return makeId(prefix, now.getTime(), randomBytes(10))
}
