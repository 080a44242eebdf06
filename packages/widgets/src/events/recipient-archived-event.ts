import type { Recipient } from '@fistworks/contract'
import { FistEvent } from './fist-event.ts'

/** A recipient was archived. */
export class RecipientArchivedEvent extends FistEvent<{ recipient: Recipient }> {
  constructor(detail: { recipient: Recipient }) {
    super('fist-recipient-archived', detail)
  }
}

declare global {
  interface HTMLElementEventMap {
    'fist-recipient-archived': RecipientArchivedEvent
  }
}
