import type { AchFile } from '@fistworks/contract'
import { FistEvent } from './fist-event.ts'

/** A draft was saved for the first time. */
export class AchFileCreatedEvent extends FistEvent<{ achFile: AchFile }> {
  constructor(detail: { achFile: AchFile }) {
    super('fist-ach-file-created', detail)
  }
}

declare global {
  interface HTMLElementEventMap {
    'fist-ach-file-created': AchFileCreatedEvent
  }
}
