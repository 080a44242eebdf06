import type { AchFile } from '@fistworks/contract'
import { FistEvent } from './fist-event.ts'

/** A file was saved, decided on, submitted or canceled. */
export class AchFileChangedEvent extends FistEvent<{ achFile: AchFile }> {
  constructor(detail: { achFile: AchFile }) {
    super('fist-ach-file-changed', detail)
  }
}

declare global {
  interface HTMLElementEventMap {
    'fist-ach-file-changed': AchFileChangedEvent
  }
}
