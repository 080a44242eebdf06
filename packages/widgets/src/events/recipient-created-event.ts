import type { Recipient } from '@fistworks/contract'
import { FistEvent } from './fist-event.ts'

/** A recipient was added. */
export class RecipientCreatedEvent extends FistEvent<{ recipient: Recipient }> {
  constructor(detail: { recipient: Recipient }) {
    super('fist-recipient-created', detail)
  }
}

declare global {
  interface HTMLElementEventMap {
    'fist-recipient-created': RecipientCreatedEvent
  }
}
