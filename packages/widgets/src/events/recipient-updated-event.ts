import type { Recipient } from '@fistworks/contract'
import { FistEvent } from './fist-event.ts'

/** A recipient was changed. */
export class RecipientUpdatedEvent extends FistEvent<{ recipient: Recipient }> {
  constructor(detail: { recipient: Recipient }) {
    super('fist-recipient-updated', detail)
  }
}

declare global {
  interface HTMLElementEventMap {
    'fist-recipient-updated': RecipientUpdatedEvent
  }
}
