import type { Failure } from '../internal/failure.ts'
import { FistEvent } from './fist-event.ts'

/** Something could not be done; the element shows it as well. */
export class FistErrorEvent extends FistEvent<{ failure: Failure }> {
  constructor(detail: { failure: Failure }) {
    super('fist-error', detail)
  }
}

declare global {
  interface HTMLElementEventMap {
    'fist-error': FistErrorEvent
  }
}
