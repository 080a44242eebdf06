import type { Id } from '@fistworks/contract'
import { FistEvent } from './fist-event.ts'

/** A file was chosen in the list. Cancel it (`preventDefault`) to show the file elsewhere than in the list's place. */
export class AchFileOpenedEvent extends FistEvent<{ achFileId: Id<'ach'> }> {
  constructor(detail: { achFileId: Id<'ach'> }) {
    super('fist-ach-file-opened', detail, { cancelable: true })
  }
}

declare global {
  interface HTMLElementEventMap {
    'fist-ach-file-opened': AchFileOpenedEvent
  }
}
